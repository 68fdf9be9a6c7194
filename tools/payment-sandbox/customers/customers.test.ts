import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, returnUrl, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

describe('customers', () => {
  test('are made, changed, listed and deleted', async () => {
    const made = await stripe.customers.create({
      email: 'ada@example.com',
      name: 'Ada',
      metadata: { user: '1' },
      address: { line1: 'Street 1', country: 'DE' },
    });
    expect(made).toMatchObject({ object: 'customer', email: 'ada@example.com', address: { city: null } });
    const changed = await stripe.customers.update(made.id, {
      name: 'Ada L',
      phone: '',
      metadata: { user: '' },
    });
    expect(changed).toMatchObject({ name: 'Ada L', email: 'ada@example.com', phone: null, metadata: {} });
    const found = await stripe.customers.list({ email: 'ada@example.com' });
    expect(found.data.map((customer) => customer.id)).toEqual([made.id]);

    await expect(stripe.customers.del(made.id)).resolves.toMatchObject({ id: made.id, deleted: true });
    await expect(stripe.customers.retrieve(made.id)).resolves.toMatchObject({ deleted: true });
    expect(await refusal(stripe.customers.update(made.id, { name: 'x' }))).toMatchObject({ statusCode: 404 });
  });

  test('one that is not there is refused, in Stripe’s words', async () => {
    const error = await refusal(stripe.customers.retrieve('cus_none'));
    expect(error).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such customer: 'cus_none'",
    });
    const intent = stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer: 'cus_none' });
    expect(await refusal(intent)).toMatchObject({ code: 'resource_missing', param: 'customer' });
  });
});

describe('saved methods', () => {
  test('pay again and again for their customer, and for nobody else', async () => {
    const [ada, eve] = await Promise.all([stripe.customers.create({}), stripe.customers.create({})]);
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: ada.id });
    expect(method).toMatchObject({ customer: ada.id });
    const pay = (customer?: string) =>
      stripe.paymentIntents.create({
        amount: 900,
        currency: 'usd',
        ...(customer !== undefined && { customer }),
        payment_method: method.id,
        confirm: true,
        off_session: true,
        return_url: returnUrl,
      });
    for (const _ of [1, 2]) await expect(pay(ada.id)).resolves.toMatchObject({ status: 'succeeded' });
    expect((await refusal(pay(eve.id))).message).toContain('does not have a payment method');
    expect((await refusal(pay())).message).toContain('attached to a customer');

    const listed = await stripe.paymentMethods.list({ customer: ada.id, type: 'card' });
    expect(listed.data.map((one) => one.id)).toEqual([method.id]);
    await expect(stripe.paymentMethods.detach(method.id)).resolves.toMatchObject({ customer: null });
    expect((await stripe.customers.listPaymentMethods(ada.id)).data).toEqual([]);
    expect((await refusal(pay(ada.id))).message).toContain('may not be used again');
    const attached = stripe.paymentMethods.attach(method.id, { customer: ada.id });
    expect((await refusal(attached)).message).toContain('may not be used again');
  });

  test('one that belongs to nobody pays once', async () => {
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    const pay = () =>
      stripe.paymentIntents.create({
        amount: 900,
        currency: 'usd',
        payment_method: method.id,
        confirm: true,
        return_url: returnUrl,
      });
    await expect(pay()).resolves.toMatchObject({ status: 'succeeded' });
    expect((await refusal(pay())).message).toContain('may not be used again');
  });

  test('paying can save, also after 3-D Secure', async () => {
    const { id: customer } = await stripe.customers.create({});
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer,
      setup_future_usage: 'off_session',
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
      return_url: returnUrl,
    });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
    await fetch(intent.next_action?.redirect_to_url?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'complete' }),
      redirect: 'manual',
    });
    const saved = await stripe.customers.listPaymentMethods(customer);
    expect(saved.data.map((method) => method.card?.last4)).toEqual(['3220']);
  });

  test('with nobody there to ask, a card that asks is declined', async () => {
    const { id: customer } = await stripe.customers.create({});
    const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
    const pay = stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer,
      payment_method: method.id,
      confirm: true,
      off_session: true,
      return_url: returnUrl,
    });
    expect(await refusal(pay)).toMatchObject({ statusCode: 402, code: 'authentication_required' });
  });

  test('go with their customer', async () => {
    const { id: customer } = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const [saved] = (await stripe.customers.listPaymentMethods(customer)).data;
    await stripe.customers.del(customer);
    await expect(stripe.paymentMethods.retrieve(saved?.id ?? '')).resolves.toMatchObject({ customer: null });
  });
});

describe('setup intents', () => {
  const setup = (more: Partial<Stripe.SetupIntentCreateParams> = {}) =>
    stripe.setupIntents.create({
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      ...more,
    });

  test('save a card without a payment', async () => {
    const { id: customer } = await stripe.customers.create({});
    const intent = await setup({ customer, metadata: { user: '1' } });
    expect(intent).toMatchObject({ status: 'requires_payment_method', usage: 'off_session' });
    const done = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(done).toMatchObject({ status: 'succeeded', metadata: { user: '1' } });
    const saved = await stripe.customers.listPaymentMethods(customer);
    expect(saved.data.map((method) => method.id)).toEqual([done.payment_method]);
    expect(await refusal(stripe.setupIntents.confirm(intent.id))).toMatchObject({
      code: 'setup_intent_unexpected_state',
      setup_intent: { status: 'succeeded' },
    });
  });

  test.each([
    ['complete', 'succeeded'],
    ['fail', 'requires_payment_method'],
  ])('3-D Secure, %s: %s', async (outcome, status) => {
    const intent = await setup();
    const asked = await stripe.setupIntents.confirm(intent.id, {
      payment_method: 'pm_card_authenticationRequired',
      return_url: returnUrl,
    });
    expect(asked.status).toBe('requires_action');
    const answer = await fetch(asked.next_action?.redirect_to_url?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ outcome }),
      redirect: 'manual',
    });
    const back = new URL(answer.headers.get('location') ?? '').searchParams;
    expect(back.get('setup_intent')).toBe(intent.id);
    expect(back.get('redirect_status')).toBe(outcome === 'complete' ? 'succeeded' : 'failed');
    await expect(stripe.setupIntents.retrieve(intent.id)).resolves.toMatchObject({ status });
  });

  test('a card that the bank refuses is not saved; one that only payments are refused with is', async () => {
    const refused = stripe.setupIntents.confirm((await setup()).id, {
      payment_method: 'pm_card_chargeDeclined',
    });
    expect(await refusal(refused)).toMatchObject({ statusCode: 402, code: 'card_declined' });
    const { id: customer } = await stripe.customers.create({});
    const intent = await setup({ customer });
    await expect(
      stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_chargeCustomerFail' }),
    ).resolves.toMatchObject({ status: 'succeeded' });
  });

  test('one can be cancelled', async () => {
    const intent = await setup();
    await expect(
      stripe.setupIntents.cancel(intent.id, { cancellation_reason: 'abandoned' }),
    ).resolves.toMatchObject({ status: 'canceled' });
    expect(await refusal(stripe.setupIntents.cancel(intent.id))).toMatchObject({
      code: 'setup_intent_unexpected_state',
    });
  });
});
