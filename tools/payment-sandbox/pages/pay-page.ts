import { type TestCard, testCards } from '../cards.ts';
import type { PaymentIntent } from '../model.ts';
import { formatAmount } from '../payments/intent-parameters.ts';
import type { CardFields, FieldErrors } from './card-form.ts';
import { type Html, html } from './html.ts';
import type { Page } from './layout.ts';

export interface PayView {
  intent: PaymentIntent;
  merchantName: string;
  returnUrl: string;
  cancelUrl: string | undefined;
  fields: CardFields;
  errors: FieldErrors;
}

interface Field {
  name: 'number' | 'exp' | 'cvc' | 'name';
  label: string;
  hint?: string;
  autocomplete: string;
  inputmode: 'numeric' | 'text';
  maxlength: number;
}

const numberField: Field = {
  name: 'number',
  label: 'Card number',
  autocomplete: 'cc-number',
  inputmode: 'numeric',
  maxlength: 30,
};
const expiryField: Field = {
  name: 'exp',
  label: 'Expiry date',
  hint: 'MM / YY',
  autocomplete: 'cc-exp',
  inputmode: 'numeric',
  maxlength: 9,
};
const codeField: Field = {
  name: 'cvc',
  label: 'Security code',
  hint: '3 digits, on the back',
  autocomplete: 'cc-csc',
  inputmode: 'numeric',
  maxlength: 4,
};
const nameField: Field = {
  name: 'name',
  label: 'Name on card',
  autocomplete: 'cc-name',
  inputmode: 'text',
  maxlength: 200,
};
const inOrder = [numberField, expiryField, codeField, nameField];

const brands = ['Visa', 'Mastercard', 'Amex'];

/** The hosted payment page: a card form that works without scripts, and test cards at one press. */
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
<ul class="brands" aria-label="Cards taken">${brands.map((brand) => html`<li>${brand}</li>`)}</ul></div>
${hasErrors && errorSummary(errors)}
<form method="post" novalidate autocomplete="on">
${fieldOf(numberField, view)}
<div class="pair">${fieldOf(expiryField, view)}${fieldOf(codeField, view)}</div>
${fieldOf(nameField, view)}
<button class="primary" type="submit">Continue to review</button>
<section class="tests" aria-labelledby="tests-heading">
<div><h2 id="tests-heading">Or use a test card</h2><p class="soft">One press fills in the card and goes on.</p></div>
<ul>${testCards.filter((card) => card.hasButton).map(testCardButton)}</ul>
</section>
</form>
</main>
<footer>Payment sandbox: a stand-in for Stripe on this machine.</footer>
</div>`,
  };
}

function errorSummary(errors: FieldErrors): Html {
  const items = inOrder.flatMap(({ name }) => {
    const message = errors[name];
    return message === undefined ? [] : [html`<li><a href="#${name}">${message}</a></li>`];
  });
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary-heading">
<h2 id="summary-heading">Check your card details</h2><ul>${items}</ul></div>`;
}

function fieldOf(field: Field, view: PayView): Html {
  const { name, label, hint } = field;
  const error = view.errors[name];
  const value = name === 'cvc' ? '' : view.fields[name];
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="field">
<label for="${name}">${label}</label>
${hint !== undefined && html`<span class="hint" id="${name}-hint">${hint}</span>`}
${error !== undefined && html`<span class="error" id="${name}-error">${error}</span>`}
<input id="${name}" name="${name}" type="text" value="${value}" autocomplete="${field.autocomplete}"
 inputmode="${field.inputmode}" maxlength="${field.maxlength}" spellcheck="false" required${
   error !== undefined && html` aria-invalid="true"`
 }${describedBy !== '' && html` aria-describedby="${describedBy}"`}>
</div>`;
}

function testCardButton(card: TestCard): Html {
  const mark = card.decline ? 'declined' : card.isChallenged ? 'asks' : 'succeeds';
  const number = card.number.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
  return html`<li><button type="submit" name="test_card" value="${card.number}">
<span class="mark ${mark}" aria-hidden="true"></span>
<span class="effect">${card.effect}</span> <span class="number">${number}</span></button></li>`;
}

const lock = html`<svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
 stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/></svg>`;
