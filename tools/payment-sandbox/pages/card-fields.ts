import type { TestCard } from '../cards.ts';
import { testCards } from '../test-cards.ts';
import type { CardFields, FieldErrors } from './card-form.ts';
import { type Html, html } from './html.ts';

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

export interface FieldsView {
  fields: CardFields;
  errors: FieldErrors;
}

/** Number, expiry, security code and name, with what was typed and what is wrong with it; never the code. */
export function cardFields(view: FieldsView): Html {
  return html`${fieldOf(numberField, view)}
<div class="pair">${fieldOf(expiryField, view)}${fieldOf(codeField, view)}</div>
${fieldOf(nameField, view)}`;
}

/** What is wrong, with links to the fields; nothing when nothing is. */
export function errorSummary(errors: FieldErrors): Html | false {
  if (Object.keys(errors).length === 0) return false;
  const items = inOrder.flatMap(({ name }) => {
    const message = errors[name];
    return message === undefined ? [] : [html`<li><a href="#${name}">${message}</a></li>`];
  });
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary-heading">
<h2 id="summary-heading">Check your card details</h2><ul>${items}</ul></div>`;
}

/** The test cards, each at one press. */
export function testCardButtons(): Html {
  return html`<section class="tests" aria-labelledby="tests-heading">
<div><h2 id="tests-heading">Or use a test card</h2><p class="soft">One press fills in the card and goes on.</p></div>
<ul>${testCards.filter((card) => card.hasButton).map(testCardButton)}</ul>
</section>`;
}

const brands = ['Visa', 'Mastercard', 'Amex'];
export const brandList = html`<ul class="brands" aria-label="Cards taken">${brands.map((brand) => html`<li>${brand}</li>`)}</ul>`;

function fieldOf(field: Field, view: FieldsView): Html {
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

export const lock = html`<svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
 stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/></svg>`;
