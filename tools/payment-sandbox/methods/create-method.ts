import { createHmac } from 'node:crypto';
import { ApiError, docUrl, invalidParameter } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import type { Call } from '../call.ts';
import { type CardDetails, cardById, cardByNumber, problemsOf, type TestCard } from '../cards.ts';
import type { PaymentMethod } from '../model.ts';
import { newId } from '../state/ids.ts';
import type { BillingDetailsInput, PaymentMethodData } from './method-parameters.ts';
import { accountByIban } from './test-accounts.ts';

/** A payment method before it is kept, and the name of how it behaves. The number is in neither. */
export interface MadeMethod {
  method: PaymentMethod;
  /** A test card's id or a test account's name; absent where there is nothing to choose. */
  card: string | undefined;
}

/** @throws ApiError 402 `card_error` for a number, date or security code that cannot be */
export function createPaymentMethod(call: Call, input: PaymentMethodData): PaymentMethod {
  return keepMethod(call, makeMethod(call, input));
}

/** The same without keeping it. */
export function makeMethod(call: Call, input: PaymentMethodData): MadeMethod {
  const made = ofType(call, input);
  return {
    card: made.card,
    method: {
      ...made.method,
      allow_redisplay: input.allow_redisplay ?? 'unspecified',
      billing_details: mergeBilling(made.method.billing_details, input.billing_details),
      metadata: mergeMetadata({}, input.metadata),
    },
  };
}

export function keepMethod(call: Call, { method, card }: MadeMethod): PaymentMethod {
  call.sandbox.objects.save('payment_method', method);
  if (card !== undefined) {
    call.sandbox.db.run('insert into test_cards (payment_method, card) values (?, ?)', method.id, card);
  }
  return method;
}

/** The method that one of Stripe's test ids stands for: a new one each time. */
export function makeTestMethod(call: Call, test: TestCard): MadeMethod {
  const expYear = new Date(call.sandbox.clock()).getUTCFullYear() + 1;
  const card = { number: test.number, expMonth: 12, expYear, cvc: undefined };
  return { method: cardMethod(call, test, card), card: test.id };
}

export function mergeBilling(
  before: PaymentMethod['billing_details'],
  change: BillingDetailsInput | undefined,
): PaymentMethod['billing_details'] {
  const { address, ...person } = change ?? {};
  return {
    ...merge(before, person),
    address: merge({ ...emptyAddress, ...before.address }, address ?? {}),
  };
}

function ofType(call: Call, input: PaymentMethodData): MadeMethod {
  if (input.type === 'card') return ofCard(call, input.card);
  if (input.type === 'sepa_debit') return ofAccount(call, input.sepa_debit?.iban);
  const bare = bareMethod(call, input.type);
  if (input.type === 'link') {
    return { method: { ...bare, link: { email: input.billing_details?.email ?? null } }, card: undefined };
  }
  const details = input.type === 'paypal' ? { country: null, payer_email: null, payer_id: null } : {};
  return { method: { ...bare, [input.type]: details }, card: undefined };
}

function ofCard(call: Call, input: PaymentMethodData['card']): MadeMethod {
  if (!input) throw invalidParameter('card', 'Missing required param: card.', 'parameter_missing');
  if ('token' in input) {
    const test = cardById(input.token.replace(/^tok_/, 'pm_card_'));
    if (!test) throw invalidParameter('card[token]', `No such token: '${input.token}'`, 'resource_missing');
    return makeTestMethod(call, test);
  }
  const { exp_month: expMonth, exp_year: year } = input;
  const card: CardDetails = {
    number: input.number.replaceAll(/[ -]/g, ''),
    expMonth,
    expYear: year < 100 ? 2000 + year : year,
    cvc: input.cvc,
  };
  const problem = problemsOf(card, new Date(call.sandbox.clock()))[0];
  const test = cardByNumber(card.number);
  if (problem || !test) {
    throw new ApiError(402, {
      code: problem?.code ?? 'incorrect_number',
      ...(problem?.declineCode !== undefined && { decline_code: problem.declineCode }),
      doc_url: docUrl(problem?.code ?? 'incorrect_number'),
      message: problem?.message ?? 'Your card number is incorrect.',
      param: problem?.field ?? 'number',
      type: 'card_error',
    });
  }
  return { method: cardMethod(call, test, card), card: test.id };
}

function ofAccount(call: Call, typed: string | undefined): MadeMethod {
  const iban = typed?.replaceAll(/\s/g, '').toUpperCase();
  if (!iban) throw invalidParameter('sepa_debit', 'Missing required param: sepa_debit.', 'parameter_missing');
  const account = accountByIban(iban);
  if (!account) {
    throw invalidParameter(
      'sepa_debit[iban]',
      'The IBAN that was given is not a test account.',
      'invalid_iban',
    );
  }
  const details = {
    bank_code: iban.slice(4, 12),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: fingerprintOf(iban),
    generated_from: null,
    last4: iban.slice(-4),
  };
  return { method: { ...bareMethod(call, 'sepa_debit'), sepa_debit: details }, card: account.name };
}

function cardMethod(call: Call, test: TestCard, card: CardDetails): PaymentMethod {
  return {
    ...bareMethod(call, 'card'),
    card: {
      brand: test.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: card.cvc === undefined ? null : 'unchecked',
      },
      country: test.country ?? 'US',
      display_brand: test.brand,
      exp_month: card.expMonth,
      exp_year: card.expYear,
      fingerprint: fingerprintOf(card.number),
      funding: test.funding ?? 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [test.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  };
}

function bareMethod(call: Call, type: PaymentMethodData['type']): PaymentMethod {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: emptyAddress, email: null, name: null, phone: null, tax_id: null },
    created: call.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type,
  };
}

const emptyAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

/** The same number always gives the same 16 characters, from which the number cannot be read. */
function fingerprintOf(number: string): string {
  return createHmac('sha256', 'payment-sandbox')
    .update(number)
    .digest('base64url')
    .replaceAll(/[-_]/g, '0')
    .slice(0, 16);
}

function merge<T extends object>(before: T, change: { [K in keyof T]?: T[K] | undefined }): T {
  const merged = { ...before };
  for (const key in change) {
    const value = change[key];
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}
