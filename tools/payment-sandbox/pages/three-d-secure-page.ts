import type { PaymentIntent, PaymentMethod } from '../model.ts';
import { formatAmount } from '../payments/intent-parameters.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';

/** Stands for the page of the cardholder's bank. */
export function threeDSecurePage(view: {
  intent: PaymentIntent;
  method: PaymentMethod | undefined;
  merchantName: string;
  returnUrl: string | undefined;
}): Page {
  const { intent, method, merchantName, returnUrl } = view;
  const brand = method?.card.display_brand ?? 'card';
  return {
    title: `Confirm it is you: ${merchantName}`,
    formTargets: returnUrl === undefined ? [] : [returnUrl],
    body: html`
<div class="frame narrow">
<main class="sheet">
<div><p class="merchant">Your bank (3-D Secure test page)</p><h1>Is this payment yours?</h1></div>
<dl>
<dt>Shop</dt><dd>${merchantName}</dd>
<dt>Amount</dt><dd>${formatAmount(intent.amount, intent.currency)}</dd>
${method !== undefined && html`<dt>Card</dt><dd>${brand.charAt(0).toUpperCase() + brand.slice(1)} ending ${method.card.last4}</dd>`}
</dl>
<form method="post">
<button class="primary" type="submit" name="outcome" value="complete">Complete authentication</button>
<button class="plain" type="submit" name="outcome" value="fail">Fail authentication</button>
</form>
<p class="soft">A real bank would ask for a code or its app here. Failing sends you back to choose another card.</p>
</main>
<footer>Payment sandbox: a stand-in for Stripe on this machine.</footer>
</div>`,
  };
}
