import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  manualIntent,
  refusal,
  returnUrl,
  startTestSandbox,
  type TestSandbox,
} from './testing/test-sandbox.ts';

const day = 24 * 60 * 60 * 1000;
let now = Date.now();
let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox({ clock: () => now });
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

const parameters = { amount: 2000, currency: 'usd', metadata: { a: '1', b: '2' } } as const;

test('the same call again gets the same answer, and nothing happens', async () => {
  const first = await stripe.paymentIntents.create(parameters, { idempotencyKey: 'replay' });
  const again = await stripe.paymentIntents.create(
    { metadata: { b: '2', a: '1' }, currency: 'usd', amount: 2000 },
    { idempotencyKey: 'replay' },
  );
  expect(again).toEqual(first);
  expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed');
  expect(again.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
  });
});

test('other parameters under the same key are refused', async () => {
  await stripe.paymentIntents.create(parameters, { idempotencyKey: 'mismatch' });
  const error = await refusal(
    stripe.paymentIntents.create({ ...parameters, amount: 2001 }, { idempotencyKey: 'mismatch' }),
  );
  expect(error).toMatchObject({
    type: 'StripeIdempotencyError',
    rawType: 'idempotency_error',
    statusCode: 400,
  });
});

test('20 confirmations at once under one key make one charge', async () => {
  const intent = await manualIntent(stripe);
  const confirmations = await Promise.all(
    Array.from({ length: 20 }, () =>
      stripe.paymentIntents.confirm(
        intent.id,
        { payment_method: 'pm_card_visa', return_url: returnUrl },
        { idempotencyKey: `confirm-${intent.id}` },
      ),
    ),
  );
  expect(new Set(confirmations.map((answer) => answer.latest_charge)).size).toBe(1);
  expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1);
});

test('20 confirmations at once under 20 keys make one charge too', async () => {
  const intent = await manualIntent(stripe);
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: returnUrl }),
    ),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1);
});

test('a second call while the first still runs is told so', async () => {
  await sandbox.control('POST', '/faults', {
    operation: 'payment_intents.create',
    kind: 'slow',
    delay_ms: 300,
  });
  const first = stripe.paymentIntents.create(parameters, { idempotencyKey: 'busy' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const error = await refusal(stripe.paymentIntents.create(parameters, { idempotencyKey: 'busy' }));
  expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  await expect(first).resolves.toMatchObject({ amount: 2000 });
});

test('refused cards and injected 500s are remembered, wrong parameters are not', async () => {
  const intent = await manualIntent(stripe);
  const confirm = () =>
    stripe.paymentIntents.confirm(
      intent.id,
      { payment_method: 'pm_card_chargeDeclined', return_url: returnUrl },
      { idempotencyKey: 'declined' },
    );
  const [first, again] = [await refusal(confirm()), await refusal(confirm())];
  expect(again).toMatchObject({ code: 'card_declined', statusCode: 402, charge: first.charge });
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });

  await sandbox.control('POST', '/faults', { operation: 'payment_intents.create', kind: 'error_500' });
  for (const expected of [undefined, 'true']) {
    const error = await refusal(stripe.paymentIntents.create(parameters, { idempotencyKey: 'broken' }));
    expect(error).toMatchObject({ type: 'StripeAPIError', statusCode: 500 });
    expect(error.headers?.['idempotent-replayed']).toBe(expected);
  }

  const wrong = { ...parameters, amount: 1 };
  await refusal(stripe.paymentIntents.create(wrong, { idempotencyKey: 'wrong first' }));
  await expect(
    stripe.paymentIntents.create(parameters, { idempotencyKey: 'wrong first' }),
  ).resolves.toMatchObject({ amount: 2000 });
});

test('a call that came too often may be made again under its key', async () => {
  await sandbox.control('POST', '/faults', { operation: '*', kind: 'rate_limited' });
  const call = () => stripe.paymentIntents.create(parameters, { idempotencyKey: 'too often' });
  expect(await refusal(call())).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  await expect(call()).resolves.toMatchObject({ amount: 2000 });
});

test('an answer that never came can be asked for again', async () => {
  await sandbox.control('POST', '/faults', {
    operation: 'payment_intents.create',
    kind: 'timeout_after_success',
    delay_ms: 5_000,
  });
  const lost = stripe.paymentIntents.create(parameters, { idempotencyKey: 'lost', timeout: 200 });
  expect(await refusal(lost)).toMatchObject({ type: 'StripeConnectionError' });
  const found = await stripe.paymentIntents.create(parameters, { idempotencyKey: 'lost' });
  expect(found.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' });
});

test('a key is forgotten after a day', async () => {
  const first = await stripe.paymentIntents.create(parameters, { idempotencyKey: 'daily' });
  now += day - 1000;
  const same = await stripe.paymentIntents.create(parameters, { idempotencyKey: 'daily' });
  now += 2000;
  const fresh = await stripe.paymentIntents.create(parameters, { idempotencyKey: 'daily' });
  expect(same.id).toBe(first.id);
  expect(fresh.id).not.toBe(first.id);
});
