import type { SessionItem } from '../checkout/terms.ts';
import { kindOf } from '../methods/kinds.ts';
import type { CheckoutSession, PaymentMethod } from '../model.ts';
import { formatAmount } from '../payments/intent-parameters.ts';
import {
  brandList,
  cardFields,
  errorSummary,
  type FieldsView,
  lock,
  testCardButtons,
} from './card-fields.ts';
import { type Html, html } from './html.ts';
import type { Page } from './layout.ts';

export interface CheckoutView extends FieldsView {
  session: CheckoutSession;
  items: readonly SessionItem[];
  saved: readonly PaymentMethod[];
  merchantName: string;
  /** Why the last try did not work, as a sentence. */
  problem: string | undefined;
  /** When absent, 422 if something is wrong and 200 if not. */
  status: number | undefined;
  email: string;
}

/** The page of a Checkout session: pays here and now, by card or another way; works without scripts. */
export function checkoutPage(view: CheckoutView): Page {
  const { session, merchantName, problem, errors } = view;
  const isWrong = problem !== undefined || Object.keys(errors).length > 0;
  const amount = session.mode === 'payment' ? amountOf(session) : undefined;
  const title =
    amount === undefined ? `Save a way to pay at ${merchantName}` : `Pay ${amount} to ${merchantName}`;
  const others = session.payment_method_types.filter((type) => type !== 'card');
  return {
    title: `${isWrong ? 'Error: ' : ''}${title}`,
    status: view.status ?? (isWrong ? 422 : 200),
    formTargets: [session.success_url].filter((url) => url !== null),
    body: html`
<div class="frame wide">
<header class="order">
${session.cancel_url !== null && html`<div><a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span> Back to ${merchantName}</a></div>`}
<div>
<p class="merchant"><span class="initial" aria-hidden="true">${merchantName.charAt(0)}</span> ${merchantName}</p>
${amount !== undefined && html`<p class="amount">${amount}</p>`}
</div>
${view.items.length > 0 && html`<dl>${view.items.map(itemLine)}</dl>`}
<p class="soft assurance">${lock}<span>${amount === undefined ? 'You are not charged. Your way to pay is saved for later.' : 'You pay on this page, and go back to the shop afterwards.'}</span></p>
</header>
<main class="sheet">
${problem !== undefined && html`<div class="summary" role="alert" tabindex="-1" autofocus><h2>${problem}</h2></div>`}
${errorSummary(errors)}
${view.saved.length > 0 && savedForm(view)}
${session.payment_method_types.includes('card') && cardForm(view)}
${others.length > 0 && otherForm(view, others)}
</main>
<footer>Payment sandbox: a stand-in for Stripe on this machine.</footer>
</div>`,
  };
}

function cardForm(view: CheckoutView): Html {
  const { session } = view;
  const canSave = session.saved_payment_method_options?.payment_method_save === 'enabled';
  return html`<div class="heading"><h1>${session.mode === 'setup' ? 'Save a card' : 'Pay by card'}</h1>
${brandList}</div>
<form method="post" novalidate autocomplete="on">
${emailField(view, 'card-email')}
${cardFields(view)}
${canSave && html`<label class="tick"><input type="checkbox" name="save"> Save for my next order</label>`}
<button class="primary" type="submit">${payLabel(session)}</button>
${testCardButtons()}
</form>`;
}

function savedForm(view: CheckoutView): Html {
  return html`<section class="ways" aria-labelledby="saved-heading"><h2 id="saved-heading">Your saved cards</h2>
<form method="post"><ul>${view.saved.map(
    (method) =>
      html`<li><button class="plain" type="submit" name="saved" value="${method.id}">${savedLabel(method)}</button></li>`,
  )}</ul></form></section>`;
}

function otherForm(view: CheckoutView, types: readonly string[]): Html {
  return html`<section class="ways" aria-labelledby="others-heading"><h2 id="others-heading">Other ways to pay</h2>
<form method="post">
${emailField(view, 'other-email')}
<ul>${types.map((type) => {
    const { label, hint } = kindOf(type);
    return html`<li><button class="plain" type="submit" name="method" value="${type}">Pay with ${label}</button>
<p class="soft">${hint}</p></li>`;
  })}</ul></form></section>`;
}

function emailField(view: CheckoutView, id: string): Html | false {
  if (view.session.customer_email !== null || view.session.customer !== null) return false;
  return html`<div class="field"><label for="${id}">E-mail</label>
<input id="${id}" name="email" type="email" value="${view.email}" autocomplete="email" inputmode="email" maxlength="320"></div>`;
}

function payLabel(session: CheckoutSession): string {
  if (session.mode === 'setup') return 'Save card';
  const amount = amountOf(session);
  return session.submit_type === 'book' ? `Book for ${amount}` : `Pay ${amount}`;
}

function itemLine(item: SessionItem): Html {
  const quantity = item.quantity > 1 ? ` × ${item.quantity}` : '';
  return html`<dt>${item.description}${quantity}</dt><dd>${formatAmount(item.amount_total, item.currency)}</dd>`;
}

function savedLabel(method: PaymentMethod): string {
  if (!method.card) return `Pay with ${kindOf(method.type).label}`;
  const brand = method.card.display_brand ?? method.card.brand;
  return `Pay with ${brand.charAt(0).toUpperCase()}${brand.slice(1)} ending ${method.card.last4}`;
}

function amountOf(session: CheckoutSession): string {
  return formatAmount(session.amount_total ?? 0, session.currency ?? 'usd');
}
