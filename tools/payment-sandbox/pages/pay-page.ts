import type { PaymentIntent } from '../model.ts';
import { formatAmount } from '../payments/intent-parameters.ts';
import {
  brandList,
  cardFields,
  errorSummary,
  type FieldsView,
  lock,
  testCardButtons,
} from './card-fields.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';

export interface PayView extends FieldsView {
  intent: PaymentIntent;
  merchantName: string;
  returnUrl: string;
  cancelUrl: string | undefined;
}

/** The page that takes a card for an intent: a form that works without scripts, and test cards at one press. */
export function payPage(view: PayView): Page {
  const { intent, merchantName, cancelUrl, errors } = view;
  const amount = formatAmount(intent.amount, intent.currency);
  const hasErrors = Object.keys(errors).length > 0;
  return {
    title: `${hasErrors ? 'Error: ' : ''}Pay ${amount} to ${merchantName}`,
    status: hasErrors ? 422 : 200,
    formTargets: [view.returnUrl],
    body: html`
<div class="frame wide">
<header class="order">
${cancelUrl !== undefined && html`<div><a class="back" href="${cancelUrl}"><span aria-hidden="true">←</span> Back to ${merchantName}</a></div>`}
<div>
<p class="merchant"><span class="initial" aria-hidden="true">${merchantName.charAt(0)}</span> ${merchantName}</p>
<p class="amount">${amount}</p>
${intent.description !== null && html`<p class="soft">${intent.description}</p>`}
</div>
<p class="soft assurance">${lock}<span>You are not charged on this page. You check everything once more at ${merchantName} before you order.</span></p>
</header>
<main class="sheet">
<div class="heading"><h1>Card details</h1>
${brandList}</div>
${errorSummary(errors)}
<form method="post" novalidate autocomplete="on">
${cardFields(view)}
<button class="primary" type="submit">Continue to review</button>
${testCardButtons()}
</form>
</main>
<footer>Payment sandbox: a stand-in for Stripe on this machine.</footer>
</div>`,
  };
}
