import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  manualIntent,
  refusal,
  returnUrl,
  startTestSandbox,
  type TestSandbox,
} from '../testing/test-sandbox.ts';

const day = 24 * 60 * 60 * 1000;
let now = Date.now();
let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox({ clock: () => now });
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

async function paid(card = 'pm_card_visa', amount = 10_000): Promise<Stripe.PaymentIntent> {
  const intent = await manualIntent(stripe, amount);
  await stripe.paymentIntents.confirm(intent.id, { payment_method: card, return_url: returnUrl });
  return stripe.paymentIntents.capture(intent.id, { expand: ['latest_charge.balance_transaction'] });
}

async function sums() {
  const { available, pending } = await stripe.balance.retrieve();
  return { available: available[0]?.amount, pending: pending[0]?.amount };
}

/** Nothing that tests before have left: all of it becomes available. */
async function settled() {
  now += 3 * day;
  return (await sums()).available ?? 0;
}

describe('the balance', () => {
  test('money comes with its capture, less the fee, and is available two days later', async () => {
    const before = await settled();
    const intent = await manualIntent(stripe, 10_000);
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: returnUrl });
    expect(await sums()).toEqual({ available: before, pending: 0 });

    const captured = await stripe.paymentIntents.capture(intent.id, {
      expand: ['latest_charge.balance_transaction'],
    });
    expect(captured.latest_charge).toMatchObject({
      balance_transaction: {
        amount: 10_000,
        fee: 320,
        net: 9_680,
        type: 'charge',
        status: 'pending',
        fee_details: [{ amount: 320, type: 'stripe_fee' }],
      },
    });
    expect(await sums()).toEqual({ available: before, pending: 9_680 });
    now += 2 * day;
    expect(await sums()).toEqual({ available: before + 9_680, pending: 0 });
    const charge = captured.latest_charge;
    const id = typeof charge === 'object' ? charge?.id : charge;
    const [listed] = (await stripe.balanceTransactions.list({ source: id ?? '' })).data;
    expect(listed).toMatchObject({ net: 9_680, status: 'available' });
    await expect(stripe.balanceTransactions.retrieve(listed?.id ?? '')).resolves.toEqual(listed);
  });

  test('a refund takes it back; the fee stays', async () => {
    const before = await settled();
    const intent = await paid();
    const refund = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 4_000,
      expand: ['balance_transaction'],
    });
    expect(refund).toMatchObject({
      status: 'succeeded',
      balance_transaction: { amount: -4_000, type: 'refund' },
    });
    expect(await sums()).toEqual({ available: before, pending: 5_680 });
  });

  test('a hold that is let go moves no money', async () => {
    const before = await settled();
    const intent = await manualIntent(stripe);
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: returnUrl });
    await stripe.paymentIntents.cancel(intent.id);
    expect(await sums()).toEqual({ available: before, pending: 0 });
  });
});

describe('several captures', () => {
  const multi = { card: { request_multicapture: 'if_available' as const } };

  test('take parts until the last one lets go of the rest', async () => {
    const before = await settled();
    const intent = await stripe.paymentIntents.create({
      amount: 10_000,
      currency: 'usd',
      capture_method: 'manual',
      payment_method: 'pm_card_bypassPending',
      payment_method_options: multi,
      confirm: true,
      return_url: returnUrl,
    });
    const capture = (amount: number, final: boolean) =>
      stripe.paymentIntents.capture(intent.id, { amount_to_capture: amount, final_capture: final });
    await expect(capture(3_000, false)).resolves.toMatchObject({
      status: 'requires_capture',
      amount_received: 3_000,
      amount_capturable: 7_000,
    });
    expect(await refusal(capture(7_001, false))).toMatchObject({ code: 'amount_too_large' });
    expect(await refusal(stripe.paymentIntents.cancel(intent.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect((await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 3_001 }))).param).toBe(
      'amount',
    );
    await expect(capture(2_000, true)).resolves.toMatchObject({
      status: 'succeeded',
      amount_received: 5_000,
      amount_capturable: 0,
    });
    expect((await sums()).available).toBe(before + 5_000 - (87 + 30) - (58 + 30));
    expect((await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 5_001 }))).param).toBe(
      'amount',
    );
    await expect(stripe.refunds.create({ payment_intent: intent.id })).resolves.toMatchObject({
      amount: 5_000,
    });
  });

  test('are refused where nobody asked for them', async () => {
    const intent = await manualIntent(stripe);
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url: returnUrl });
    const part = stripe.paymentIntents.capture(intent.id, { amount_to_capture: 100, final_capture: false });
    expect(await refusal(part)).toMatchObject({ statusCode: 400, param: 'final_capture' });
  });
});

describe('refunds that take their time', () => {
  test('one is pending first', async () => {
    const intent = await paid('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe('pending');
    now += 2_000;
    await manualIntent(stripe); // something that looks at the clock
    await vi.waitFor(
      async () => expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded'),
      5_000,
    );
  });

  test('one fails after all: the money is back, and the charge can be refunded again', async () => {
    const before = await settled();
    const intent = await paid('pm_card_refundFail');
    const refund = await stripe.refunds.create({ payment_intent: intent.id, metadata: { return: 'R1' } });
    expect(refund.status).toBe('succeeded');
    now += 2_000;
    await manualIntent(stripe);
    await vi.waitFor(
      async () =>
        expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
          status: 'failed',
          failure_reason: 'expired_or_canceled_card',
          metadata: { return: 'R1' },
        }),
      5_000,
    );
    const events = await stripe.events.list({ types: ['refund.failed', 'refund.updated'] });
    expect(events.data.map((event) => event.type)).toEqual(
      expect.arrayContaining(['refund.failed', 'refund.updated']),
    );
    now += 3 * day;
    expect((await sums()).available).toBe(before + 9_680);
    const charge = await stripe.charges.retrieve(String(refund.charge));
    expect(charge).toMatchObject({ amount_refunded: 0, refunded: false });
  });

  test('its metadata can be changed', async () => {
    const refund = await stripe.refunds.create({ payment_intent: (await paid()).id });
    const changed = await stripe.refunds.update(refund.id, { metadata: { return: 'R2' } });
    expect(changed.metadata).toEqual({ return: 'R2' });
  });
});

describe('disputes', () => {
  test('take the money until they are won', async () => {
    const before = await settled();
    const intent = await paid('pm_card_createDispute');
    now += 2_000;
    await manualIntent(stripe);
    const find = async () => (await stripe.disputes.list({ payment_intent: intent.id })).data[0];
    await vi.waitFor(async () => expect(await find()).toBeDefined(), 5_000);
    const dispute = await find();
    expect(dispute).toMatchObject({ amount: 10_000, reason: 'fraudulent', status: 'needs_response' });
    expect((await sums()).available).toBe(before - 11_500);
    const won = await stripe.disputes.update(dispute?.id ?? '', {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(won.status).toBe('won');
    expect((await sums()).available).toBe(before);
    expect((await refusal(stripe.disputes.close(won.id))).message).toContain('already won');
  });
});

test('a bank debit is processing until the bank answers, one way or the other', async () => {
  const ibans = { AT611904300234573201: 'succeeded', AT861904300235473202: 'requires_payment_method' };
  for (const [iban, status] of Object.entries(ibans)) {
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'eur',
      allowed_payment_method_types: ['sepa_debit'],
      return_url: returnUrl,
      payment_method_data: {
        type: 'sepa_debit',
        sepa_debit: { iban },
        billing_details: { email: 'ada@example.com', name: 'Ada' },
      },
      confirm: true,
    });
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
    now += 2_000;
    await manualIntent(stripe);
    await vi.waitFor(
      async () => expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(status),
      5_000,
    );
  }
});
