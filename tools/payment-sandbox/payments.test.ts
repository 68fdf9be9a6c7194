import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCards } from './test-cards.ts';
import {
  manualIntent,
  refusal,
  returnUrl,
  startTestSandbox,
  stripeAt,
  type TestSandbox,
} from './testing/test-sandbox.ts';

let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

function confirm(intent: Stripe.PaymentIntent, method = 'pm_card_visa') {
  return stripe.paymentIntents.confirm(intent.id, { payment_method: method, return_url: returnUrl });
}

describe('paying', () => {
  test('holds the money, then captures it', async () => {
    const intent = await manualIntent(stripe);
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      metadata: { order: 'SK-1' },
      amount: 4200,
    });

    const held = await confirm(intent);
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 4200, amount_received: 0 });

    const paid = await stripe.paymentIntents.capture(intent.id, { expand: ['latest_charge'] });
    expect(paid).toMatchObject({
      status: 'succeeded',
      amount_capturable: 0,
      amount_received: 4200,
      latest_charge: { object: 'charge', captured: true, amount_captured: 4200, amount_refunded: 0 },
    });
    expect(paid.lastResponse).toMatchObject({
      statusCode: 200,
      requestId: expect.stringMatching(/^req_\w{14}$/),
    });
    expect(paid.lastResponse.apiVersion).toBe('2026-10-28.endive');
  });

  test('charges at once when capture is automatic', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'eur',
      payment_method: 'pm_card_mastercard',
      confirm: true,
      return_url: returnUrl,
    });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 1000 });
  });

  test.each(testCards.filter((card) => card.decline && !card.isChallenged))(
    '$id is refused: $effect',
    async (card) => {
      const intent = await manualIntent(stripe);
      const error = await refusal(confirm(intent, card.id));
      expect(error).toMatchObject({
        type: 'StripeCardError',
        rawType: 'card_error',
        statusCode: 402,
        code: card.decline?.code,
        decline_code: card.decline?.declineCode ?? '', // the SDK's word for none
        message: card.decline?.message,
        doc_url: expect.stringContaining('https://stripe.com/docs/error-codes/'),
        payment_intent: { id: intent.id, status: 'requires_payment_method', payment_method: null },
      });
    },
  );

  test('takes another card after a refused one, and charges once', async () => {
    const intent = await manualIntent(stripe);
    await refusal(confirm(intent, 'pm_card_chargeDeclined'));
    const refused = await stripe.paymentIntents.retrieve(intent.id);
    expect(refused.last_payment_error).toMatchObject({
      code: 'card_declined',
      decline_code: 'generic_decline',
    });

    await expect(confirm(intent)).resolves.toMatchObject({
      status: 'requires_capture',
      last_payment_error: null,
    });
    const charges = await stripe.charges.list({ payment_intent: intent.id });
    expect(charges.data.map((charge) => charge.status)).toEqual(['succeeded', 'failed']);
  });

  test('keeps nothing of a card but brand, last four, expiry and fingerprint', async () => {
    const card = { number: '4242424242424242', exp_month: 4, exp_year: 2044, cvc: '123' };
    const [one, two] = await Promise.all(
      [1, 2].map(() => stripe.paymentMethods.create({ type: 'card', card })),
    );
    expect(one?.card).toMatchObject({ brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2044 });
    expect(one?.card?.fingerprint).toBe(two?.card?.fingerprint);
    expect(JSON.stringify(await stripe.paymentMethods.retrieve(one?.id ?? ''))).not.toContain(
      '4242424242424242',
    );
  });

  test.each([
    ['4242424242424241', 'incorrect_number', 'number'],
    ['4539578763621486', 'card_declined', 'number'],
  ])('refuses the number %s as %s', async (number, code, param) => {
    const card = { number, exp_month: 4, exp_year: 2044, cvc: '123' };
    const error = await refusal(stripe.paymentMethods.create({ type: 'card', card }));
    expect(error).toMatchObject({ type: 'StripeCardError', code, param });
  });
});

describe('wrong transitions', () => {
  test('the amount stands once the payment is confirmed; words and metadata do not', async () => {
    const intent = await manualIntent(stripe);
    await expect(stripe.paymentIntents.update(intent.id, { amount: 5000 })).resolves.toMatchObject({
      amount: 5000,
    });
    await confirm(intent);

    const error = await refusal(stripe.paymentIntents.update(intent.id, { amount: 1 }));
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      payment_intent: { status: 'requires_capture', amount: 5000 },
    });
    const described = await stripe.paymentIntents.update(intent.id, {
      description: 'Order',
      metadata: { order: '', a: 'b' },
    });
    expect(described).toMatchObject({ description: 'Order', metadata: { a: 'b' }, amount: 5000 });
    expect(described.metadata).not.toHaveProperty('order');
  });

  test('an intent is confirmed, captured and cancelled once', async () => {
    const intent = await manualIntent(stripe);
    const unexpected = { code: 'payment_intent_unexpected_state', statusCode: 400 };
    expect(await refusal(stripe.paymentIntents.confirm(intent.id, { return_url: returnUrl }))).toMatchObject(
      unexpected,
    );
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject(unexpected);
    await confirm(intent);
    expect(await refusal(confirm(intent))).toMatchObject(unexpected);
    await stripe.paymentIntents.capture(intent.id);
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject(unexpected);
    expect(await refusal(stripe.paymentIntents.cancel(intent.id))).toMatchObject(unexpected);
  });

  test('with automatic payment methods, a confirmation needs a return URL', async () => {
    const intent = await manualIntent(stripe);
    const error = await refusal(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }));
    expect(error).toMatchObject({ statusCode: 400, message: expect.stringContaining('return_url') });
  });
});

describe('capture, cancel, refund', () => {
  test('captures a part and lets go of the rest', async () => {
    const intent = await manualIntent(stripe, 5000);
    await confirm(intent);
    const error = await refusal(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 5001 }));
    expect(error).toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' });

    const paid = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 3000,
      expand: ['latest_charge'],
    });
    expect(paid).toMatchObject({
      amount: 5000,
      amount_received: 3000,
      latest_charge: { amount: 5000, amount_captured: 3000, amount_refunded: 2000, refunded: false },
    });
    const tooMuch = await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 3001 }));
    expect(tooMuch.message).toContain('greater than unrefunded amount on charge ($30.00)');
  });

  test('cancels, and lets go of what was held', async () => {
    const intent = await manualIntent(stripe);
    await confirm(intent);
    const canceled = await stripe.paymentIntents.cancel(intent.id, {
      cancellation_reason: 'abandoned',
      expand: ['latest_charge'],
    });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
      amount_capturable: 0,
      canceled_at: expect.any(Number),
      latest_charge: { captured: false, refunded: true, amount_refunded: 4200 },
    });
    expect(await refusal(confirm(intent))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  test('refunds no more than was taken', async () => {
    const intent = await manualIntent(stripe);
    const none = await refusal(stripe.refunds.create({ payment_intent: intent.id }));
    expect(none.message).toContain('does not have a successful charge');
    await confirm(intent);
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toThrow(
      'has not been captured',
    );
    await stripe.paymentIntents.capture(intent.id);

    const part = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 1200,
      reason: 'requested_by_customer',
      metadata: { return: 'R1' },
    });
    expect(part).toMatchObject({ status: 'succeeded', amount: 1200, metadata: { return: 'R1' } });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 3001 })).rejects.toMatchObject({
      param: 'amount',
    });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).resolves.toMatchObject({
      amount: 3000,
    });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });

    const refunds = await stripe.refunds.list({ payment_intent: intent.id });
    expect(refunds.data.map((refund) => refund.amount)).toEqual([3000, 1200]);
    await expect(stripe.refunds.retrieve(part.id)).resolves.toMatchObject({ id: part.id });
  });

  test('ten refunds of a half at once: two succeed', async () => {
    const intent = await manualIntent(stripe);
    await confirm(intent);
    await stripe.paymentIntents.capture(intent.id);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => stripe.refunds.create({ payment_intent: intent.id, amount: 2100 })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2);
  });
});

describe('parameters', () => {
  test.each([
    [{ amount: 49, currency: 'usd' }, 'amount', 'amount_too_small'],
    [{ amount: 0, currency: 'usd' }, 'amount', 'parameter_invalid_integer'],
    [{ amount: 10.5, currency: 'usd' }, 'amount', 'parameter_invalid_integer'],
    [{ amount: 100_000_000, currency: 'usd' }, 'amount', 'amount_too_large'],
    [{ amount: 500, currency: 'USD' }, 'currency', undefined],
    [{ amount: 500, currency: 'zzz' }, 'currency', undefined],
    [{ amount: 500, currency: 'usd', metadata: { note: 'x'.repeat(501) } }, 'metadata[note]', undefined],
  ])('%j is refused for %s', async (parameters, param, code) => {
    const error = await refusal(stripe.paymentIntents.create(parameters));
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, param, code });
  });

  test('a missing one, an unknown one, and an id that names nothing', async () => {
    const raw = (path: string, body: object) => refusal(stripe.rawRequest('POST', path, body));
    expect(await raw('/v1/payment_intents', { amount: 500 })).toMatchObject({
      code: 'parameter_missing',
      param: 'currency',
    });
    expect(await raw('/v1/payment_intents', { amount: 500, currency: 'usd', amuont: 1 })).toMatchObject({
      code: 'parameter_unknown',
      param: 'amuont',
    });
    expect(await refusal(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'intent',
      message: "No such payment_intent: 'pi_none'",
    });
  });

  test.each(['sk_live_secret', 'pk_test_public', 'nonsense'])('the key %s is refused', async (key) => {
    const error = await refusal(stripeAt(sandbox.url, key).paymentIntents.list());
    expect(error).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
  });

  test('lists page by cursor, newest first, and filter by time', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) made.unshift((await manualIntent(stripe)).id);
    const first = await stripe.paymentIntents.list({ limit: 3 });
    expect(first.data.map((intent) => intent.id)).toEqual(made.slice(0, 3));
    expect(first.has_more).toBe(true);
    const next = await stripe.paymentIntents.list({ limit: 2, starting_after: made[2] ?? '' });
    expect(next.data.map((intent) => intent.id)).toEqual(made.slice(3));
    const before = await stripe.paymentIntents.list({ limit: 2, ending_before: made[2] ?? '' });
    expect(before.data.map((intent) => intent.id)).toEqual(made.slice(0, 2));
    const later = await stripe.paymentIntents.list({ created: { gte: Math.floor(Date.now() / 1000) + 60 } });
    expect(later.data).toEqual([]);
    const all = await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 1000 });
    expect(new Set(all.map((intent) => intent.id)).size).toBe(all.length);
  });
});
