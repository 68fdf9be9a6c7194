/** The card form in the frame: it alone sees the number, and sends it to the API itself. */
import { askApi } from './ask-api.ts';
import {
  brandOf,
  digitsOf,
  expiryOf,
  type FieldName,
  type FieldProblem,
  formatNumber,
  problemsIn,
} from './card-input.ts';
import { followNumber, formatWhileTyping } from './field-formatting.ts';
import { applyAppearance, nameCountries, say, showProblem, showRow, view } from './frame-view.ts';
import {
  type BillingDetails,
  type ElementError,
  envelope,
  type FrameOptions,
  type FromFrame,
  type ToFrame,
} from './protocol.ts';
import { listWays, type SavedCard, shownTypes, type Way } from './ways.ts';
import { type Words, wordsFor } from './words.ts';

const shop = new URLSearchParams(window.location.search).get('origin') ?? '';
const here = window.location.origin;
const withPostcode = ['US', 'GB', 'CA'];

interface Session {
  payment_method_preference: { ordered_payment_method_types: string[] };
  customer: {
    payment_methods: { id: string; card: { brand: string; last4: string } }[];
    save_usage?: string;
  } | null;
}

let options: FrameOptions | undefined;
let words: Words = wordsFor('en');
let way: Way = { type: 'card' };
let isChosen = false;
let savedUsage: string | undefined;

const inputs: Record<FieldName, HTMLInputElement> = {
  number: view.number,
  expiry: view.expiry,
  cvc: view.cvc,
  postcode: view.postcode,
};

function tell(message: FromFrame): void {
  window.parent.postMessage({ [envelope]: message }, shop);
}

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || event.origin !== shop) return;
  const message: ToFrame | undefined = event.data?.[envelope];
  if (message?.kind === 'init') void start(message.options);
  else if (message?.kind === 'update') void update(message.options);
  else if (message?.kind === 'focus') view.number.focus();
  else if (message?.kind === 'blur' && document.activeElement instanceof HTMLElement)
    document.activeElement.blur();
  else if (message?.kind === 'clear') clear();
  else if (message?.kind === 'request') {
    const { id, work } = message;
    const answer = work.name === 'submit' ? Promise.resolve(submit()) : send(work);
    void answer.then((result) => tell({ kind: 'reply', id, result }));
  }
});

async function start(given: FrameOptions): Promise<void> {
  options = given;
  words = wordsFor(given.locale);
  document.documentElement.lang = words === wordsFor('en') ? 'en' : 'de';
  for (const id of ['number', 'expiry', 'cvc', 'country', 'postcode'] as const) say(`${id}-label`, words[id]);
  say('save-label', words.save);
  say('tests-label', words.tests);
  view.expiry.placeholder = words.expiryHint;
  view.cvc.placeholder = words.cvcHint;
  applyAppearance(given.appearance);
  nameCountries(given.locale);
  const country = given.defaults.address?.country ?? /-([A-Z]{2})$/.exec(given.locale)?.[1];
  if (country) view.country.value = country;
  view.postcode.value = given.defaults.address?.postal_code ?? '';
  showRow('country', given.asksCountry);
  followCountry();
  if (await readSession()) tell({ kind: 'ready' });
}

async function update(change: Partial<FrameOptions>): Promise<void> {
  if (!options) return;
  options = { ...options, ...change };
  if (change.appearance) applyAppearance(change.appearance);
  if (change.terms) await readSession();
}

/** Asks which ways to pay there are for what is to be paid, and which cards are saved. */
async function readSession(): Promise<boolean> {
  if (!options) return false;
  const { customerSessionClientSecret: secret, ...terms } = options.terms;
  const answer = await askApi<Session>(here, options.publishableKey, 'GET', 'elements/sessions', {
    type: 'deferred_intent',
    locale: options.locale,
    deferred_intent: {
      mode: terms.mode,
      amount: terms.amount,
      currency: terms.currency,
      capture_method: terms.captureMethod,
      setup_future_usage: terms.setupFutureUsage,
      payment_method_types: terms.paymentMethodTypes,
    },
    customer_session_client_secret: secret,
  });
  if ('error' in answer) {
    tell({ kind: 'loaderror', error: answer.error });
    return false;
  }
  const session = answer.value;
  const saved: SavedCard[] = (session.customer?.payment_methods ?? []).map(({ id, card }) => ({
    id,
    brand: card.brand,
    last4: card.last4,
  }));
  savedUsage = session.customer?.save_usage;
  const types = shownTypes(session.payment_method_preference.ordered_payment_method_types);
  choose(listWays(types, saved, words, isChosen ? way : undefined, choose));
  return true;
}

function choose(chosen: Way): void {
  way = chosen;
  isChosen = true;
  const isNewCard = way.type === 'card' && way.savedId === undefined;
  view.card.hidden = !isNewCard;
  view.tests.hidden = !isNewCard;
  view.saveRow.hidden = !isNewCard || savedUsage === undefined;
  view.note.hidden = way.type === 'card' || way.type === 'link';
  view.note.textContent = words.redirect;
  tellChange();
}

function problems(): FieldProblem[] {
  if (way.type !== 'card' || way.savedId !== undefined) return [];
  const { number, expiry, cvc, postcode } = inputs;
  const asks = options?.asksCountry && withPostcode.includes(view.country.value);
  return problemsIn(
    {
      number: number.value,
      expiry: expiry.value,
      cvc: cvc.value,
      postcode: asks ? postcode.value : undefined,
    },
    words,
  );
}

function tellChange(): void {
  const empty = way.type === 'card' && Object.values(inputs).every((input) => input.value === '');
  tell({
    kind: 'change',
    change: { empty, complete: problems().length === 0, value: { type: way.type } },
  });
}

function submit(): { error: ElementError } | { value: object } {
  const found = problems();
  for (const [name, input] of Object.entries(inputs)) {
    showProblem(input, found.find((problem) => problem.field === name)?.error.message);
  }
  const [first] = found;
  if (!first) return { value: { selectedPaymentMethod: way.type } };
  inputs[first.field].focus();
  return { error: first.error };
}

async function send(work: { path: string; parameters: object; billing: BillingDetails }) {
  const checked = submit();
  if ('error' in checked || !options) return checked;
  const billing = billingFor(work.billing);
  const parameters =
    way.savedId === undefined
      ? {
          ...work.parameters,
          payment_method_data: { ...methodData(), billing_details: billing },
          ...saving(),
        }
      : {
          ...work.parameters,
          payment_method: way.savedId,
          customer_session_client_secret: options.terms.customerSessionClientSecret,
        };
  const answer = await askApi(here, options.publishableKey, 'POST', work.path, parameters);
  if ('error' in answer) showRefusal(answer.error);
  return answer;
}

function methodData(): object {
  if (way.type !== 'card') return { type: way.type };
  const expiry = expiryOf(view.expiry.value);
  return {
    type: 'card',
    card: {
      number: digitsOf(view.number.value),
      exp_month: expiry?.month,
      exp_year: expiry?.year,
      cvc: digitsOf(view.cvc.value),
    },
    ...(view.save.checked && !view.saveRow.hidden && { allow_redisplay: 'always' }),
  };
}

function saving(): object {
  return view.save.checked && !view.saveRow.hidden ? { setup_future_usage: savedUsage } : {};
}

/** What the shop tells counts more than what this form asked. */
function billingFor(told: BillingDetails): BillingDetails {
  const { defaults, asksCountry } = options ?? { defaults: {}, asksCountry: false };
  const asked: Record<string, string> = asksCountry ? { country: view.country.value } : {};
  if (asksCountry && withPostcode.includes(view.country.value))
    asked.postal_code = view.postcode.value.trim();
  return { ...defaults, ...told, address: { ...defaults.address, ...asked, ...told.address } };
}

/** A card that the API refuses is shown at its field. */
function showRefusal(error: ElementError): void {
  const fields: Record<string, FieldName> = {
    number: 'number',
    exp_month: 'expiry',
    exp_year: 'expiry',
    cvc: 'cvc',
  };
  const field = fields[error.param ?? ''];
  if (field) showProblem(inputs[field], error.message);
}

function followCountry(): void {
  showRow('postcode', options?.asksCountry === true && withPostcode.includes(view.country.value));
}

function clear(): void {
  for (const input of Object.values(inputs)) {
    input.value = '';
    showProblem(input, undefined);
  }
  followNumber();
  tellChange();
}

view.country.addEventListener('change', followCountry);
formatWhileTyping();
view.form.addEventListener('input', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.getAttribute('aria-invalid') === 'true') {
    showProblem(event.target, undefined);
  }
  tellChange();
});
for (const [name, input] of Object.entries(inputs)) {
  input.addEventListener('blur', () => {
    if (input.value === '') return;
    showProblem(input, problems().find((problem) => problem.field === name)?.error.message);
  });
}
view.form.addEventListener('submit', (event) => event.preventDefault());
view.form.addEventListener('focusin', () => tell({ kind: 'focus' }));
view.form.addEventListener('focusout', () => tell({ kind: 'blur' }));
view.form.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') tell({ kind: 'escape' });
});
view.tests.addEventListener('click', (event) => {
  const number = event.target instanceof HTMLButtonElement ? event.target.dataset.number : undefined;
  if (number === undefined) return;
  view.number.value = formatNumber(number);
  view.expiry.value = `12 / ${String(new Date().getFullYear() + 3).slice(2)}`;
  view.cvc.value = brandOf(number) === 'amex' ? '1234' : '123';
  if (view.postcode.value === '') view.postcode.value = '94103';
  for (const input of Object.values(inputs)) showProblem(input, undefined);
  followNumber();
  tellChange();
});

new ResizeObserver(() =>
  tell({ kind: 'height', height: Math.ceil(view.form.getBoundingClientRect().height) + 8 }),
).observe(view.form);
tell({ kind: 'hello' });
