import { readdir, readFile } from 'node:fs/promises';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, returnUrl, startTestSandbox, stripeAt, type TestSandbox } from '../testing/test-sandbox.ts';

let now = Date.now();
let sandbox: TestSandbox;
let stripe: Stripe;
let browser: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox({ clock: () => now });
  stripe = sandbox.stripe;
  browser = stripeAt(sandbox.url, 'pk_test_souk');
});
afterAll(() => sandbox.close());

const card = { number: '4242424242424242', exp_month: 4, exp_year: 2044, cvc: '123' };
const data = { type: 'card', card, billing_details: { name: 'Ada', address: { country: 'DE' } } };

async function tokenFromBrowser(input: object = { payment_method_data: data }): Promise<string> {
  const made = await browser.rawRequest('POST', '/v1/confirmation_tokens', input);
  return 'id' in made ? String(made.id) : '';
}

function intentFor(amount = 4200, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    capture_method: 'manual',
    automatic_payment_methods: { enabled: true },
    ...more,
  });
}

test('a browser makes one with the publishable key; the server sees what it is for and pays with it, once', async () => {
  const id = await tokenFromBrowser();
  const token = await stripe.confirmationTokens.retrieve(id);
  expect(token).toMatchObject({
    object: 'confirmation_token',
    expires_at: token.created + 12 * 60 * 60,
    payment_intent: null,
    payment_method_preview: {
      type: 'card',
      card: { brand: 'visa', last4: '4242', fingerprint: expect.any(String) },
      billing_details: { name: 'Ada', address: { country: 'DE' } },
    },
  });
  expect(token.payment_method_preview).not.toHaveProperty('id');

  const intent = await intentFor();
  const held = await stripe.paymentIntents.confirm(intent.id, {
    confirmation_token: id,
    return_url: returnUrl,
    expand: ['payment_method'],
  });
  expect(held).toMatchObject({
    status: 'requires_capture',
    payment_method: { card: { fingerprint: token.payment_method_preview?.card?.fingerprint } },
  });
  await expect(stripe.confirmationTokens.retrieve(id)).resolves.toMatchObject({ payment_intent: intent.id });

  const again = stripe.paymentIntents.confirm((await intentFor()).id, {
    confirmation_token: id,
    return_url: returnUrl,
  });
  expect(await refusal(again)).toMatchObject({
    type: 'StripeInvalidRequestError',
    statusCode: 400,
    param: 'confirmation_token',
  });
});

test('a declined one is used up too', async () => {
  const id = await tokenFromBrowser({
    payment_method_data: { ...data, card: { ...card, number: '4000000000000002' } },
  });
  const intent = await intentFor();
  const pay = () =>
    stripe.paymentIntents.confirm(intent.id, { confirmation_token: id, return_url: returnUrl });
  expect(await refusal(pay())).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline' });
  expect(await refusal(pay())).toMatchObject({ param: 'confirmation_token' });
});

test('it carries the return URL, the address and the wish to save', async () => {
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method: 'pm_card_visa',
    return_url: returnUrl,
    setup_future_usage: 'on_session',
    shipping: {
      name: 'Ada',
      address: { line1: 'Street 1', country: 'DE', postal_code: '10115', city: 'Berlin' },
    },
  });
  const intent = await intentFor(4200, { customer: customer.id });
  const held = await stripe.paymentIntents.confirm(intent.id, { confirmation_token: token.id });
  expect(held).toMatchObject({
    status: 'requires_capture',
    setup_future_usage: 'on_session',
    shipping: { name: 'Ada', address: { city: 'Berlin' } },
  });
  const saved = await stripe.customers.listPaymentMethods(customer.id);
  expect(saved.data.map((method) => method.card?.last4)).toEqual(['4242']);
});

test('it lapses after twelve hours', async () => {
  const id = await tokenFromBrowser();
  now += 12 * 60 * 60 * 1000;
  const intent = await intentFor();
  const late = stripe.paymentIntents.confirm(intent.id, { confirmation_token: id, return_url: returnUrl });
  expect((await refusal(late)).message).toContain('expired');
});

describe('a browser', () => {
  test('does little with its key', async () => {
    const intent = await intentFor(4200, { metadata: { secret: 'yes' } });
    for (const call of [
      () => browser.paymentIntents.create({ amount: 100, currency: 'usd' }),
      () => browser.refunds.create({ payment_intent: intent.id }),
      () => browser.customers.list(),
      async () => browser.confirmationTokens.retrieve(await tokenFromBrowser()),
    ]) {
      expect(await refusal(call())).toMatchObject({ statusCode: 401, code: 'secret_key_required' });
    }
    expect(await refusal(browser.paymentIntents.retrieve(intent.id))).toMatchObject({
      statusCode: 400,
      param: 'client_secret',
    });
    const wrong = browser.paymentIntents.retrieve(intent.id, { client_secret: 'pi_x_secret_y' });
    expect(await refusal(wrong)).toMatchObject({ statusCode: 404, code: 'resource_missing' });

    const seen = await browser.paymentIntents.retrieve(intent.id, {
      client_secret: intent.client_secret ?? '',
    });
    expect(seen).toMatchObject({ id: intent.id, status: 'requires_payment_method', amount: 4200 });
    expect(seen).not.toHaveProperty('metadata');
    expect(seen).not.toHaveProperty('customer');
  });

  test('is told what is wrong with a card, in Stripe’s words', async () => {
    const tries: [object, object][] = [
      [{ number: '4242424242424241' }, { code: 'incorrect_number', param: 'number' }],
      [{ exp_year: 2020 }, { code: 'invalid_expiry_year', param: 'exp_year' }],
      [{ cvc: '12' }, { code: 'invalid_cvc', param: 'cvc' }],
      [{ number: '4539578763621486' }, { code: 'card_declined', decline_code: 'live_mode_test_card' }],
    ];
    for (const [change, expected] of tries) {
      const made = tokenFromBrowser({ payment_method_data: { ...data, card: { ...card, ...change } } });
      expect(await refusal(made)).toMatchObject({ type: 'StripeCardError', statusCode: 402, ...expected });
    }
    expect(await refusal(tokenFromBrowser({}))).toMatchObject({ code: 'parameter_missing' });
  });

  test('may ask from any page', async () => {
    const answer = await fetch(`${sandbox.url}/v1/confirmation_tokens`, {
      method: 'OPTIONS',
      headers: { origin: 'http://shop.test', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });
});

test('no number reaches the disk', async () => {
  await tokenFromBrowser();
  for (const file of await readdir(sandbox.dataDir)) {
    expect((await readFile(`${sandbox.dataDir}/${file}`)).includes('4242424242424242')).toBe(false);
  }
});
