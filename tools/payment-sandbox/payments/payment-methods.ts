import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { ApiError, docUrl, missingResource } from '../api/errors.ts';
import { expand, integer, mergeMetadata, metadata, text, unsettableText } from '../api/parameters.ts';
import { type Call, findOrRefuse, type Operation, operation } from '../call.ts';
import { type CardDetails, cardById, cardByNumber, problemsOf, type TestCard } from '../cards.ts';
import type { PaymentMethod } from '../model.ts';
import { textOf } from '../state/database.ts';
import { newId } from '../state/ids.ts';

const address = z.strictObject({
  city: unsettableText.optional(),
  country: unsettableText.optional(),
  line1: unsettableText.optional(),
  line2: unsettableText.optional(),
  postal_code: unsettableText.optional(),
  state: unsettableText.optional(),
});

const billingDetails = z.strictObject({
  address: address.optional(),
  email: unsettableText.optional(),
  name: unsettableText.optional(),
  phone: unsettableText.optional(),
});

/** What a payment method is made of; also `payment_method_data` of an intent. */
export const paymentMethodData = z.strictObject({
  type: z.literal('card', { error: "the sandbox takes type 'card' only" }),
  card: z.strictObject({ number: text, exp_month: integer, exp_year: integer, cvc: text.optional() }),
  billing_details: billingDetails.optional(),
  metadata: metadata.optional(),
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(),
});

export type PaymentMethodData = z.output<typeof paymentMethodData>;

export const paymentMethodOperations: Operation[] = [
  operation({
    name: 'payment_methods.create',
    method: 'POST',
    path: '/v1/payment_methods',
    input: paymentMethodData.extend(expand),
    run: (call, input) => createPaymentMethod(call, input),
  }),
  operation({
    name: 'payment_methods.retrieve',
    method: 'GET',
    path: '/v1/payment_methods/:id',
    input: z.strictObject(expand),
    run(call) {
      const test = cardById(call.id);
      return test ? { ...testMethod(call, test), id: call.id } : findOrRefuse(call, 'payment_method');
    },
  }),
];

/** @throws ApiError 402 `card_error` for a number, date or security code that cannot be */
export function createPaymentMethod(call: Call, input: PaymentMethodData): PaymentMethod {
  const { exp_month: expMonth, exp_year: year } = input.card;
  const card: CardDetails = {
    number: input.card.number.replaceAll(/[ -]/g, ''),
    expMonth,
    expYear: year < 100 ? 2000 + year : year,
    cvc: input.card.cvc,
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
  const made = newCardMethod(call, test, card);
  const { address, ...person } = input.billing_details ?? {};
  const method: PaymentMethod = {
    ...made,
    allow_redisplay: input.allow_redisplay ?? 'unspecified',
    billing_details: {
      ...made.billing_details,
      ...withoutUndefined(person),
      address: { ...emptyAddress, ...withoutUndefined(address ?? {}) },
    },
    metadata: mergeMetadata({}, input.metadata),
  };
  return keep(call, method, test);
}

/**
 * The payment method that an id names. One of the test ids (`pm_card_visa`) makes a new method each time, as with Stripe.
 *
 * @throws ApiError 404 `resource_missing`
 */
export function usePaymentMethod(call: Call, id: string): PaymentMethod {
  const test = cardById(id);
  if (test) return keep(call, testMethod(call, test), test);
  return findOrRefuse(call, 'payment_method', id);
}

/** How the card behind a payment method behaves. */
export function testCardOf(call: Call, method: PaymentMethod): TestCard {
  const row = call.sandbox.db.first('select card from test_cards where payment_method = ?', method.id);
  const card = row && cardById(textOf(row, 'card'));
  if (!card) throw missingResource('payment_method', method.id, 'payment_method');
  return card;
}

function keep(call: Call, method: PaymentMethod, test: TestCard): PaymentMethod {
  call.sandbox.objects.save('payment_method', method);
  call.sandbox.db.run('insert into test_cards (payment_method, card) values (?, ?)', method.id, test.id);
  return method;
}

function testMethod(call: Call, test: TestCard): PaymentMethod {
  const expYear = new Date(call.sandbox.clock()).getUTCFullYear() + 1;
  return newCardMethod(call, test, { number: test.number, expMonth: 12, expYear, cvc: undefined });
}

function newCardMethod(call: Call, test: TestCard, card: CardDetails): PaymentMethod {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: emptyAddress, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: test.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: card.cvc === undefined ? null : 'unchecked',
      },
      country: 'US',
      display_brand: test.brand,
      exp_month: card.expMonth,
      exp_year: card.expYear,
      fingerprint: fingerprintOf(card.number),
      funding: test.id.endsWith('_debit') ? 'debit' : 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [test.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: call.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
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

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(value));
}
