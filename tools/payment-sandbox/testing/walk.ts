import type Stripe from 'stripe';
import { refusal, returnUrl, stripeAt, type TestSandbox } from './test-sandbox.ts';

/** Calls every operation at least once, with all the parameters that a shop is likely to send. */
export async function walk(sandbox: TestSandbox): Promise<void> {
  const { stripe } = sandbox;
  const customer = await walkCustomers(stripe);
  await walkMethods(stripe, customer);
  await walkIntents(sandbox, customer);
  await walkSetup(stripe, customer);
  await walkCheckout(sandbox, customer);
  await walkMoney(stripe);
  await walkConnect(stripe);
  await walkRest(stripe);
  await stripe.customers.del(customer);
}

const address = { line1: 'Street 1', city: 'Berlin', postal_code: '10115', country: 'DE' };

async function walkCustomers(stripe: Stripe): Promise<string> {
  const { id } = await stripe.customers.create({
    email: 'ada@example.com',
    name: 'Ada',
    phone: '+49 30 1',
    metadata: { user: '1' },
    address,
    shipping: { name: 'Ada', address },
    preferred_locales: ['de'],
  });
  await stripe.customers.retrieve(id);
  await stripe.customers.update(id, { description: 'A customer', metadata: { user: '2' } });
  await stripe.customers.list({ email: 'ada@example.com', limit: 3 });
  await refusal(stripe.customers.retrieve('cus_none'));
  return id;
}

async function walkMethods(stripe: Stripe, customer: string): Promise<void> {
  const method = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
    billing_details: { name: 'Ada', email: 'ada@example.com', address },
  });
  await stripe.paymentMethods.attach(method.id, { customer });
  await stripe.paymentMethods.retrieve(method.id);
  await stripe.paymentMethods.update(method.id, { allow_redisplay: 'always', metadata: { a: 'b' } });
  await stripe.paymentMethods.list({ customer, type: 'card' });
  await stripe.customers.listPaymentMethods(customer, { type: 'card', limit: 5 });
  await stripe.customers.retrievePaymentMethod(customer, method.id);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await stripe.paymentMethods.detach(method.id);
  await stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: {
          payment_method_redisplay: 'enabled',
          payment_method_save: 'enabled',
          payment_method_save_usage: 'on_session',
        },
      },
    },
  });
  for (const type of ['klarna', 'paypal', 'afterpay_clearpay', 'link'] as const) {
    await stripe.paymentMethods.create({
      type,
      billing_details: { email: 'ada@example.com', name: 'Ada', address },
    });
  }
}

async function walkIntents({ stripe, url }: TestSandbox, customer: string): Promise<void> {
  const { id } = await stripe.paymentIntents.create({
    amount: 4200,
    currency: 'usd',
    capture_method: 'manual',
    automatic_payment_methods: { enabled: true },
    customer,
    setup_future_usage: 'on_session',
    description: 'An order',
    metadata: { checkout_id: 'c1' },
    receipt_email: 'ada@example.com',
    shipping: { name: 'Ada', address },
    statement_descriptor_suffix: 'SK-1',
  });
  await stripe.paymentIntents.update(id, { amount: 4300, metadata: { totals_version: '2' } });
  await refusal(
    stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined', return_url: returnUrl }),
  );
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method: 'pm_card_visa',
    return_url: returnUrl,
    shipping: { name: 'Ada', address },
  });
  await stripe.confirmationTokens.retrieve(token.id);
  await stripe.paymentIntents.confirm(
    id,
    { confirmation_token: token.id, return_url: returnUrl, expand: ['payment_method', 'latest_charge'] },
    { idempotencyKey: 'confirm:1' },
  );
  await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction', 'customer'] });
  await stripe.paymentIntents.capture(id, { amount_to_capture: 4000, metadata: { captured: 'yes' } });
  await stripe.paymentIntents.list({ customer, limit: 2, created: { gte: 1 } });
  await refusal(stripe.paymentIntents.capture(id));
  await stripe.confirmationTokens.retrieve(token.id);

  const asked = await stripe.paymentIntents.create({
    amount: 900,
    currency: 'eur',
    allowed_payment_method_types: ['card', 'klarna'],
    payment_method_data: { type: 'klarna', billing_details: { email: 'ada@example.com', address } },
    confirm: true,
    return_url: returnUrl,
  });
  await stripe.paymentIntents.retrieve(asked.id);
  await stripe.paymentIntents.cancel(asked.id, { cancellation_reason: 'abandoned' });
  const debit = await stripe.paymentIntents.create({
    amount: 900,
    currency: 'eur',
    payment_method_data: {
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { email: 'ada@example.com', name: 'Ada' },
    },
    confirm: true,
    return_url: returnUrl,
    expand: ['latest_charge'],
  });
  await stripe.paymentIntents.retrieve(debit.id);
  const sdk = await stripe.paymentIntents.create({
    amount: 900,
    currency: 'usd',
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    use_stripe_sdk: true,
    return_url: returnUrl,
  });
  const browser = stripeAt(url, 'pk_test_souk');
  await browser.paymentIntents.retrieve(sdk.id, { client_secret: sdk.client_secret ?? '' });
}

async function walkSetup(stripe: Stripe, customer: string): Promise<void> {
  const { id } = await stripe.setupIntents.create({
    customer,
    usage: 'off_session',
    metadata: { user: '1' },
  });
  await stripe.setupIntents.update(id, { description: 'A card for later' });
  await stripe.setupIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: returnUrl });
  await stripe.setupIntents.retrieve(id, { expand: ['payment_method'] });
  await stripe.setupIntents.list({ customer });
  const other = await stripe.setupIntents.create({
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
    return_url: returnUrl,
  });
  await stripe.setupIntents.cancel(other.id, { cancellation_reason: 'abandoned' });
  await refusal(stripe.setupIntents.cancel(other.id));
}

async function walkCheckout({ stripe }: TestSandbox, customer: string): Promise<void> {
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      customer,
      client_reference_id: 'c1',
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'usd', unit_amount: 4200, product_data: { name: 'Order at Souk' } },
        },
      ],
      payment_intent_data: {
        capture_method: 'manual',
        metadata: { checkout_id: 'c1' },
        setup_future_usage: 'on_session',
      },
      saved_payment_method_options: { payment_method_save: 'enabled' },
      success_url: 'http://shop.test/done?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://shop.test/checkout',
      expires_at: Math.floor(Date.now() / 1000) + 40 * 60,
      metadata: { checkout_id: 'c1' },
      locale: 'de',
      submit_type: 'pay',
    },
    { idempotencyKey: 'session:1' },
  );
  await fetch(session.url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ test_card: '4242424242424242' }),
    redirect: 'manual',
  });
  await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent', 'line_items', 'customer'],
  });
  await stripe.checkout.sessions.listLineItems(session.id, { limit: 5 });
  await stripe.checkout.sessions.list({ status: 'complete', limit: 5 });
  await stripe.checkout.sessions.update(session.id, { metadata: { seen: 'yes' } });
  const saving = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer,
    success_url: 'http://shop.test/done',
    cancel_url: 'http://shop.test/account',
    setup_intent_data: { metadata: { user: '1' } },
  });
  await stripe.checkout.sessions.expire(saving.id);
}

async function paid(stripe: Stripe, card: string): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 50_000,
    currency: 'usd',
    payment_method: card,
    confirm: true,
    return_url: returnUrl,
  });
}

async function walkMoney(stripe: Stripe): Promise<void> {
  const intent = await paid(stripe, 'pm_card_bypassPending');
  await stripe.charges.retrieve(String(intent.latest_charge), { expand: ['balance_transaction'] });
  await stripe.charges.list({ payment_intent: intent.id });
  const refund = await stripe.refunds.create(
    { payment_intent: intent.id, amount: 100, reason: 'requested_by_customer', metadata: { return: 'R1' } },
    { idempotencyKey: 'refund:1' },
  );
  await stripe.refunds.retrieve(refund.id);
  await stripe.refunds.update(refund.id, { metadata: { return: 'R2' } });
  await stripe.refunds.list({ payment_intent: intent.id, limit: 100 });
  await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 99_999 }));
  await stripe.balance.retrieve();
  const [booked] = (await stripe.balanceTransactions.list({ type: 'refund', limit: 1 })).data;
  await stripe.balanceTransactions.retrieve(booked?.id ?? '');

  for (const evidence of ['winning_evidence', undefined]) {
    const disputed = await paid(stripe, 'pm_card_createDispute');
    const dispute = await disputeOf(stripe, disputed.id);
    await stripe.disputes.retrieve(dispute);
    if (evidence === undefined) await stripe.disputes.close(dispute);
    else await stripe.disputes.update(dispute, { evidence: { uncategorized_text: evidence } });
  }
}

async function disputeOf(stripe: Stripe, intent: string): Promise<string> {
  for (;;) {
    const [found] = (await stripe.disputes.list({ payment_intent: intent })).data;
    if (found) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function walkConnect(stripe: Stripe): Promise<void> {
  await stripe.accounts.retrieveCurrent();
  const { id } = await stripe.accounts.create({
    type: 'custom',
    country: 'US',
    email: 'seller@example.com',
    business_type: 'company',
    business_profile: { name: 'Seller', url: 'https://seller.example', mcc: '5734' },
    capabilities: { transfers: { requested: true } },
    external_account: 'btok_us_verified',
    tos_acceptance: { date: 1, ip: '127.0.0.1' },
  });
  await stripe.accounts.retrieve(id);
  await stripe.accounts.update(id, { metadata: { seller: '1' } });
  await stripe.accounts.list({ limit: 3 });
  await stripe.accountLinks.create({
    account: id,
    type: 'account_onboarding',
    return_url: 'http://shop.test/ready',
    refresh_url: 'http://shop.test/again',
  });
  // What the disputes took must be earned first.
  for (const _ of [1, 2]) await paid(stripe, 'pm_card_bypassPending');
  const transfer = await stripe.transfers.create({
    amount: 3_000,
    currency: 'usd',
    destination: id,
    transfer_group: 'order_1',
    description: 'A share',
  });
  await stripe.transfers.retrieve(transfer.id);
  await stripe.transfers.update(transfer.id, { metadata: { order: '1' } });
  await stripe.transfers.list({ destination: id });
  const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 500 });
  await stripe.transfers.retrieveReversal(transfer.id, reversal.id);
  await stripe.transfers.listReversals(transfer.id);
  await stripe.transfers.retrieve(transfer.id);
  const books = { stripeAccount: id };
  const payout = await stripe.payouts.create({ amount: 1_000, currency: 'usd' }, books);
  await stripe.payouts.retrieve(payout.id, {}, books);
  await stripe.payouts.update(payout.id, { metadata: { a: 'b' } }, books);
  await stripe.payouts.list({ limit: 3 }, books);
  await stripe.payouts.cancel(payout.id, {}, books);
  await stripe.balance.retrieve({}, books);
  const empty = await stripe.accounts.create({
    country: 'DE',
    controller: { stripe_dashboard: { type: 'express' } },
  });
  await stripe.accounts.del(empty.id);
}

async function walkRest(stripe: Stripe): Promise<void> {
  const endpoint = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/hooks',
    enabled_events: ['payment_intent.succeeded'],
    description: 'A test',
    metadata: { a: 'b' },
  });
  await stripe.webhookEndpoints.retrieve(endpoint.id);
  await stripe.webhookEndpoints.update(endpoint.id, { enabled_events: ['charge.refunded'], disabled: true });
  await stripe.webhookEndpoints.list();
  await stripe.webhookEndpoints.del(endpoint.id);
  const events = await stripe.events.list({ limit: 100 });
  await stripe.events.retrieve(events.data[0]?.id ?? '');
}
