import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { refusal, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let now = Date.now();
let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox({ clock: () => now });
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

const successUrl = 'http://shop.test/done?session={CHECKOUT_SESSION_ID}';
const cancelUrl = 'http://shop.test/checkout/payment';

function session(more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      { quantity: 2, price_data: { currency: 'usd', unit_amount: 2100, product_data: { name: 'Teapot' } } },
    ],
    payment_intent_data: { capture_method: 'manual', metadata: { checkout_id: 'c1' } },
    client_reference_id: 'c1',
    success_url: successUrl,
    cancel_url: cancelUrl,
    ...more,
  });
}

function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

const pay = (of: Stripe.Checkout.Session, card = '4242424242424242') =>
  post(of.url ?? '', { test_card: card, email: 'ada@example.com' });
const locationOf = (answer: Response) => answer.headers.get('location') ?? '';
const read = (id: string) => stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });

describe('paying', () => {
  test('holds the money and leads back; the intent is known from then on', async () => {
    const made = await session({ customer_email: 'ada@example.com' });
    expect(made).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 4200,
      payment_intent: null,
      expires_at: made.created + 24 * 60 * 60,
    });
    expect(made).not.toHaveProperty('line_items');
    const page = await (await fetch(made.url ?? '')).text();
    for (const words of ['$42.00', 'Teapot × 2', 'Pay with Klarna', `href="${cancelUrl}"`]) {
      expect(page).toContain(words);
    }
    expect(page).not.toContain('<script');

    const answer = await pay(made);
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toBe(`http://shop.test/done?session=${made.id}`);
    const done = await read(made.id);
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid', // held, not taken
      url: null,
      payment_intent: { status: 'requires_capture', amount: 4200, metadata: { checkout_id: 'c1' } },
      customer_details: { email: 'ada@example.com' },
    });
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(made.id);
    await stripe.paymentIntents.capture(String(intent));
    await expect(read(made.id)).resolves.toMatchObject({ payment_status: 'paid' });
    // Back after paying leads to the shop, not to a form.
    expect(locationOf(await pay(made))).toContain('/done');
    expect(locationOf(await fetch(made.url ?? '', { redirect: 'manual' }))).toContain('/done');
  });

  test('a declined card stays on the page with a sentence; another one pays', async () => {
    const made = await session();
    const answer = await pay(made, '4000000000009995');
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Your card has insufficient funds. Nothing was charged.');
    await expect(read(made.id)).resolves.toMatchObject({ status: 'open', payment_intent: null });
    expect(locationOf(await pay(made))).toContain('/done');
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(made.id);
    const charges = await stripe.charges.list({ payment_intent: String(intent) });
    expect(charges.data.map((charge) => charge.status)).toEqual(['succeeded', 'failed']);
  });

  test.each([
    ['a card of 3-D Secure', { test_card: '4000000000003220' }, '/3ds/'],
    ['Klarna', { method: 'klarna' }, '/authorize/'],
    ['PayPal', { method: 'paypal' }, '/authorize/'],
    ['Afterpay', { method: 'afterpay_clearpay' }, '/authorize/'],
  ])('%s asks first: no leads back to the page, yes to the shop', async (_, fields, path) => {
    const made = await session({ customer_email: 'ada@example.com' });
    const asked = await post(made.url ?? '', fields);
    expect(locationOf(asked)).toContain(path);
    const refused = await post(locationOf(asked), { outcome: 'fail' });
    const back = await fetch(locationOf(refused));
    expect(back.status).toBe(200);
    expect(await back.text()).toContain('The payment was not confirmed. Nothing was charged.');

    const again = locationOf(await post(locationOf(refused), fields));
    const policy = (await fetch(again)).headers.get('content-security-policy');
    expect(policy).toContain('http://shop.test');
    const agreed = await post(again, { outcome: 'complete' });
    // Complete already: nothing depends on the browser's coming back.
    await expect(read(made.id)).resolves.toMatchObject({
      status: 'complete',
      payment_intent: { status: 'requires_capture' },
    });
    const last = await fetch(locationOf(agreed), { redirect: 'manual' });
    expect(locationOf(last)).toBe(`http://shop.test/done?session=${made.id}`);
  });

  test('twenty posts at once charge once', async () => {
    const made = await session();
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay(made)));
    expect(new Set(answers.map(locationOf))).toEqual(new Set([`http://shop.test/done?session=${made.id}`]));
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(made.id);
    expect((await stripe.charges.list({ payment_intent: String(intent) })).data).toHaveLength(1);
  });

  test('saves a card for a customer and offers it the next time', async () => {
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
    const options = { customer, saved_payment_method_options: { payment_method_save: 'enabled' as const } };
    const first = await session(options);
    await post(first.url ?? '', { test_card: '4242424242424242', save: 'on' });
    const [saved] = (await stripe.customers.listPaymentMethods(customer)).data;
    expect(saved).toMatchObject({ card: { last4: '4242' }, allow_redisplay: 'always' });

    const second = await session(options);
    expect(await (await fetch(second.url ?? '')).text()).toContain('Pay with Visa ending 4242');
    expect(locationOf(await post(second.url ?? '', { saved: saved?.id ?? '' }))).toContain('/done');
    const third = await session({ customer: (await stripe.customers.create({})).id });
    const foreign = await post(third.url ?? '', { saved: saved?.id ?? '' });
    expect(foreign.status).toBe(422);
  });

  test('a debit is complete and unpaid until the bank answers', async () => {
    const made = await session({
      payment_intent_data: {},
      line_items: [
        { quantity: 1, price_data: { currency: 'eur', unit_amount: 900, product_data: { name: 'Tea' } } },
      ],
    });
    const answer = await post(made.url ?? '', { method: 'sepa_debit' });
    expect(locationOf(answer)).toContain('/done');
    await expect(read(made.id)).resolves.toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    });
    now += 2_000;
    await vi.waitFor(
      async () =>
        expect(await read(made.id)).toMatchObject({
          payment_status: 'paid',
          payment_intent: { status: 'succeeded' },
        }),
      5_000,
    );
  });
});

describe('saving without paying', () => {
  test('mode setup leaves a setup intent and a saved card', async () => {
    const { id: customer } = await stripe.customers.create({});
    const made = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer,
      success_url: successUrl,
      cancel_url: cancelUrl,
      setup_intent_data: { metadata: { user: '1' } },
    });
    expect(made).toMatchObject({ payment_status: 'no_payment_required', amount_total: null });
    expect(locationOf(await pay(made))).toContain('/done');
    const done = await stripe.checkout.sessions.retrieve(made.id, { expand: ['setup_intent'] });
    expect(done).toMatchObject({
      status: 'complete',
      setup_intent: { status: 'succeeded', metadata: { user: '1' } },
    });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });
});

describe('the end of a session', () => {
  test('expiring one closes its page and cancels what was begun', async () => {
    const made = await session();
    const asked = await pay(made, '4000000000003220');
    await expect(stripe.checkout.sessions.expire(made.id)).resolves.toMatchObject({
      status: 'expired',
      url: null,
    });
    await post(locationOf(asked), { outcome: 'complete' });
    const [intent] = (await stripe.paymentIntents.list({ limit: 1 })).data;
    expect(intent).toMatchObject({ status: 'canceled', latest_charge: null });
    const page = await pay(made);
    expect(page.status).toBe(410);
    expect(await page.text()).toContain(`href="${cancelUrl}"`);
    expect((await refusal(stripe.checkout.sessions.expire(made.id))).message).toContain(
      'status of `expired`',
    );
  });

  test('it lapses by itself, and tells of it', async () => {
    const made = await session({ expires_at: Math.floor(now / 1000) + 31 * 60 });
    now += 32 * 60 * 1000;
    await session(); // something that looks at the clock
    await vi.waitFor(async () => expect((await read(made.id)).status).toBe('expired'), 5_000);
    const events = await stripe.events.list({ type: 'checkout.session.expired' });
    expect(events.data[0]?.data.object).toMatchObject({ id: made.id });
  });

  test('line items are listed, and sessions found by their intent', async () => {
    const made = await session();
    const items = await stripe.checkout.sessions.listLineItems(made.id);
    expect(items.data).toMatchObject([
      { object: 'item', description: 'Teapot', quantity: 2, amount_total: 4200 },
    ]);
    const shown = await stripe.checkout.sessions.retrieve(made.id, { expand: ['line_items'] });
    expect(shown.line_items?.data).toHaveLength(1);
    await pay(made);
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(made.id);
    const found = await stripe.checkout.sessions.list({ payment_intent: String(intent) });
    expect(found.data.map((one) => one.id)).toEqual([made.id]);
  });
});

describe('refusals', () => {
  test.each([
    [{ expires_at: 1 }, 'expires_at', 'at least 30 minutes'],
    [{ expires_at: 4_000_000_000 }, 'expires_at', 'less than 24 hours'],
    [{ line_items: [] }, 'line_items', ''],
    [{ customer: 'cus_none' }, 'customer', 'No such customer'],
    [{ success_url: 'nonsense' }, 'success_url', 'Not a valid URL'],
    [{ mode: 'setup' as const }, 'line_items', '`setup` mode'],
  ])('%j is refused for %s', async (change, param, words) => {
    const error = await refusal(session(change));
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', param });
    expect(error.message).toContain(words);
  });

  test('one that is not there', async () => {
    const error = await refusal(stripe.checkout.sessions.retrieve('cs_test_none'));
    expect(error).toMatchObject({ statusCode: 404, message: "No such checkout.session: 'cs_test_none'" });
    expect((await fetch(`${sandbox.url}/c/pay/cs_test_none`)).status).toBe(404);
  });
});
