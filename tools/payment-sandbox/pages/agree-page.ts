import type { MethodKind } from '../methods/kinds.ts';
import type { PaymentIntent, PaymentMethod, SetupIntent } from '../model.ts';
import { formatAmount } from '../payments/intent-parameters.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';

/** Stands for the page of the cardholder's bank, or of a provider such as Klarna. */
export function agreePage(view: {
  intent: PaymentIntent | SetupIntent;
  method: PaymentMethod | undefined;
  kind: MethodKind;
  merchantName: string;
  /** Where the browser may end up afterwards. */
  targets: readonly string[];
  isFramed: boolean;
}): Page {
  const { intent, method, kind, merchantName } = view;
  const words = kind.isRedirect ? providerWords(kind.label) : bankWords;
  return {
    title: `${words.title}: ${merchantName}`,
    formTargets: view.targets,
    isFramed: view.isFramed,
    body: html`
<div class="frame narrow">
<main class="sheet">
<div><p class="merchant">${words.page}</p><h1>${words.question}</h1></div>
<dl>
<dt>Shop</dt><dd>${merchantName}</dd>
${intent.object === 'payment_intent' && html`<dt>Amount</dt><dd>${formatAmount(intent.amount, intent.currency)}</dd>`}
${method?.card !== undefined && html`<dt>Card</dt><dd>${nameOf(method.card)} ending ${method.card.last4}</dd>`}
</dl>
<form method="post">
<button class="primary" type="submit" name="outcome" value="complete">${words.yes}</button>
<button class="plain" type="submit" name="outcome" value="fail">${words.no}</button>
</form>
<p class="soft">${words.hint}</p>
</main>
<footer>Payment sandbox: a stand-in for Stripe on this machine.</footer>
</div>`,
  };
}

const bankWords = {
  title: 'Confirm it is you',
  page: 'Your bank (3-D Secure test page)',
  question: 'Is this payment yours?',
  yes: 'Complete authentication',
  no: 'Fail authentication',
  hint: 'A real bank would ask for a code or its app here. Failing sends you back to choose another card.',
};

function providerWords(label: string): typeof bankWords {
  return {
    title: `Pay with ${label}`,
    page: `${label} (test page)`,
    question: `Pay with ${label}?`,
    yes: 'Authorise test payment',
    no: 'Fail test payment',
    hint: `${label} would ask you to log in here. Failing sends you back to choose another way to pay.`,
  };
}

function nameOf(card: NonNullable<PaymentMethod['card']>): string {
  const brand = card.display_brand ?? card.brand;
  return brand.charAt(0).toUpperCase() + brand.slice(1);
}
