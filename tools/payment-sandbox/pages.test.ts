import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manualIntent, returnUrl, startTestSandbox, type TestSandbox } from './testing/test-sandbox.ts';

let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox({ merchantName: 'Tea & <Sons>' });
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

const good = { number: '4242 4242 4242 4242', exp: '04 / 44', cvc: '123', name: 'Ada <b>Lovelace' };

function payUrl(intent: Stripe.PaymentIntent, change: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_secret: intent.client_secret ?? '',
    return_url: returnUrl,
    ...change,
  });
  return `${sandbox.url}/pay/${intent.id}?${query}`;
}

function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

function locationOf(answer: Response): URL {
  return new URL(answer.headers.get('location') ?? '');
}

describe('the payment page', () => {
  test('shows amount and merchant, runs no scripts, and may go back to the shop', async () => {
    const intent = await manualIntent(stripe, 123_456);
    const page = await fetch(payUrl(intent, { cancel_url: 'http://shop.test/checkout' }));
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain('$1,234.56');
    expect(text).toContain('Tea &amp; &lt;Sons&gt;');
    expect(text).not.toContain('<script');
    expect(text).toContain('href="http://shop.test/checkout"');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://shop.test;");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('attaches the card without confirming, and sends the browser back', async () => {
    const intent = await manualIntent(stripe);
    const answer = await post(payUrl(intent), good);
    expect(answer.status).toBe(303);
    expect(Object.fromEntries(locationOf(answer).searchParams)).toEqual({
      step: 'payment',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'collected',
    });
    const attached = await stripe.paymentIntents.retrieve(intent.id, { expand: ['payment_method'] });
    expect(attached).toMatchObject({
      status: 'requires_confirmation',
      latest_charge: null,
      payment_method: { card: { last4: '4242' }, billing_details: { name: 'Ada <b>Lovelace' } },
    });
  });

  test('a test card is one press', async () => {
    const intent = await manualIntent(stripe);
    const answer = await post(payUrl(intent), {
      number: '',
      exp: '',
      cvc: '',
      name: '',
      test_card: '4000000000000002',
    });
    expect(locationOf(answer).searchParams.get('redirect_status')).toBe('collected');
    await expect(stripe.paymentIntents.confirm(intent.id, { return_url: returnUrl })).rejects.toMatchObject({
      decline_code: 'generic_decline',
    });
  });

  test.each([
    ['a digit is wrong', { number: '4242 4242 4242 4241' }, 'This card number is not right'],
    ['the card is real', { number: '4539 5787 6362 1486' }, 'This is not a test card'],
    ['nothing was typed', { number: '' }, 'Enter the card number.'],
    ['the card is expired', { exp: '01/20' }, 'This card has expired'],
    ['the month cannot be', { exp: '13/44' }, 'as month and year'],
    ['the date is missing', { exp: '' }, 'Enter the expiry date.'],
    ['the code is short', { cvc: '12' }, 'This security code is not right'],
    ['the name is missing', { name: ' ' }, 'Enter the name on the card.'],
  ])('when %s, says so and keeps the rest', async (_case, change, message) => {
    const intent = await manualIntent(stripe);
    const answer = await post(payUrl(intent), { ...good, ...change });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('<title>Error: ');
    expect(text.split(message)).toHaveLength(3); // in the summary and at its field
    expect(text.match(/aria-invalid="true"/g)).toHaveLength(1);
    if (!('name' in change)) expect(text).toContain('value="Ada &lt;b&gt;Lovelace"');
    expect(text).not.toContain('value="123"');
    await expect(stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({ payment_method: null });
  });

  test('a wrong secret shows no payment, a wrong return address no form', async () => {
    const intent = await manualIntent(stripe);
    for (const url of [
      payUrl(intent, { client_secret: 'wrong' }),
      `${sandbox.url}/pay/pi_none?client_secret=x`,
    ]) {
      expect((await fetch(url)).status).toBe(404);
      expect((await post(url, good)).status).toBe(404);
    }
    for (const wrong of ['javascript:alert(1)', 'data:text/html,x', '/local', '']) {
      const answer = await fetch(payUrl(intent, { return_url: wrong }));
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain('<form');
    }
  });

  test('a payment that is made is not asked for again', async () => {
    const intent = await manualIntent(stripe);
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: returnUrl });
    const text = await (await post(payUrl(intent), good)).text();
    expect(text).toContain('This payment is already made');
  });
});

describe('3-D Secure', () => {
  async function challenged(method: string): Promise<{ intent: Stripe.PaymentIntent; url: string }> {
    const made = await manualIntent(stripe);
    const intent = await stripe.paymentIntents.confirm(made.id, {
      payment_method: method,
      return_url: returnUrl,
    });
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url' },
      latest_charge: null,
    });
    return { intent, url: intent.next_action?.redirect_to_url?.url ?? '' };
  }

  test('done: the money is held', async () => {
    const { intent, url } = await challenged('pm_card_threeDSecure2Required');
    expect(await (await fetch(url)).text()).toContain('Complete authentication');
    const answer = await post(url, { outcome: 'complete' });
    expect(answer.status).toBe(303);
    expect(locationOf(answer).href).toContain(
      'http://shop.test/checkout/return?step=payment&payment_intent=',
    );
    expect(locationOf(answer).searchParams.get('redirect_status')).toBe('succeeded');
    const held = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(held).toMatchObject({
      status: 'requires_capture',
      next_action: null,
      latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } },
    });

    const twice = await post(url, { outcome: 'fail' });
    expect(locationOf(twice).searchParams.get('redirect_status')).toBe('succeeded');
    expect(locationOf(await fetch(url, { redirect: 'manual' })).host).toBe('shop.test');
  });

  test('failed: another card is asked for', async () => {
    const { intent, url } = await challenged('pm_card_authenticationRequired');
    const answer = await post(url, { outcome: 'fail' });
    expect(locationOf(answer).searchParams.get('redirect_status')).toBe('failed');
    await expect(stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      latest_charge: null,
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  test('done, and then refused by the bank', async () => {
    const { intent, url } = await challenged('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds');
    const answer = await post(url, { outcome: 'complete' });
    expect(locationOf(answer).searchParams.get('redirect_status')).toBe('failed');
    await expect(stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: 'insufficient_funds' },
    });
  });

  test('a new amount makes the question moot', async () => {
    const { intent, url } = await challenged('pm_card_threeDSecure2Required');
    await stripe.paymentIntents.update(intent.id, { amount: 9900 });
    await post(url, { outcome: 'complete' });
    await expect(stripe.paymentIntents.retrieve(intent.id)).resolves.toMatchObject({
      status: 'requires_confirmation',
      latest_charge: null,
    });
  });

  test('nobody answers without the secret', async () => {
    const { intent } = await challenged('pm_card_threeDSecure2Required');
    expect(
      (await post(`${sandbox.url}/3ds/${intent.id}?client_secret=x`, { outcome: 'complete' })).status,
    ).toBe(404);
  });
});
