import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { refusal, returnUrl, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let now = Date.now();
let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox({ clock: () => now });
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.close());

const bank = {
  object: 'bank_account' as const,
  country: 'US',
  currency: 'usd',
  account_number: '000123456789',
  routing_number: '110000000',
};

/** One of which the platform tells all: it is ready at once. */
function readyAccount(more: Partial<Stripe.AccountCreateParams> = {}) {
  return stripe.accounts.create({
    type: 'custom',
    country: 'US',
    email: 'seller@example.com',
    capabilities: { transfers: { requested: true } },
    external_account: bank,
    tos_acceptance: { date: Math.floor(now / 1000), ip: '127.0.0.1' },
    ...more,
  });
}

async function charged(amount = 10_000, card = 'pm_card_bypassPending') {
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    payment_method: card,
    confirm: true,
    return_url: returnUrl,
  });
  return String(intent.latest_charge);
}

async function available(stripeAccount?: string): Promise<number> {
  const balance = await stripe.balance.retrieve({}, stripeAccount === undefined ? {} : { stripeAccount });
  return balance.available.find((sum) => sum.currency === 'usd')?.amount ?? 0;
}

describe('accounts', () => {
  test('are made, told about, and deleted', async () => {
    const account = await stripe.accounts.create({
      type: 'express',
      country: 'DE',
      email: 'seller@example.com',
      capabilities: { transfers: { requested: true }, card_payments: { requested: true } },
      metadata: { seller: '1' },
    });
    expect(account).toMatchObject({
      object: 'account',
      type: 'express',
      default_currency: 'eur',
      details_submitted: false,
      payouts_enabled: false,
      capabilities: { transfers: 'inactive', card_payments: 'inactive' },
    });
    const changed = await stripe.accounts.update(account.id, {
      metadata: { seller: '2' },
      email: 'other@example.com',
    });
    expect(changed).toMatchObject({ metadata: { seller: '2' }, email: 'other@example.com' });
    await expect(stripe.accounts.retrieve(account.id)).resolves.toMatchObject({ id: account.id });
    await expect(stripe.accounts.del(account.id)).resolves.toMatchObject({ deleted: true });
    expect(await refusal(stripe.accounts.retrieve(account.id))).toMatchObject({ statusCode: 404 });
  });

  test('become ready on the page that their link leads to, once', async () => {
    const account = await stripe.accounts.create({
      type: 'express',
      capabilities: { transfers: { requested: true } },
    });
    const link = await stripe.accountLinks.create({
      account: account.id,
      type: 'account_onboarding',
      return_url: 'http://shop.test/ready',
      refresh_url: 'http://shop.test/again',
    });
    expect(await (await fetch(link.url)).text()).toContain('Complete the setup');
    const answer = await fetch(link.url, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('http://shop.test/ready');
    await expect(stripe.accounts.retrieve(account.id)).resolves.toMatchObject({
      details_submitted: true,
      payouts_enabled: true,
      capabilities: { transfers: 'active' },
      requirements: { currently_due: [] },
    });
    const events = await stripe.events.list({ type: 'account.updated' });
    expect(events.data[0]).toMatchObject({ account: account.id, data: { object: { id: account.id } } });
    const again = await fetch(link.url, { redirect: 'manual' });
    expect(again.headers.get('location')).toBe('http://shop.test/again');
  });
});

describe('transfers', () => {
  test('move available money, and back', async () => {
    const account = await readyAccount();
    await charged(50_000);
    const before = await available();
    const transfer = await stripe.transfers.create({
      amount: 4_000,
      currency: 'usd',
      destination: account.id,
      metadata: { order: 'SK-1' },
    });
    expect(transfer).toMatchObject({
      object: 'transfer',
      amount: 4_000,
      destination: account.id,
      reversed: false,
    });
    expect(await available()).toBe(before - 4_000);
    expect(await available(account.id)).toBe(4_000);

    const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 1_500 });
    expect(reversal).toMatchObject({ object: 'transfer_reversal', transfer: transfer.id });
    expect(await available()).toBe(before - 2_500);
    await stripe.transfers.createReversal(transfer.id);
    await expect(stripe.transfers.retrieve(transfer.id)).resolves.toMatchObject({
      reversed: true,
      amount_reversed: 4_000,
    });
    expect((await refusal(stripe.transfers.createReversal(transfer.id))).message).toContain('fully reversed');
    expect((await stripe.transfers.listReversals(transfer.id)).data).toHaveLength(2);
    expect(await available()).toBe(before);
  });

  test('of a charge take its money, which need not be available yet, and no more', async () => {
    const account = await readyAccount();
    const charge = await charged(10_000, 'pm_card_visa');
    const transfer = (amount: number) =>
      stripe.transfers.create({
        amount,
        currency: 'usd',
        destination: account.id,
        source_transaction: charge,
      });
    await expect(transfer(7_000)).resolves.toMatchObject({ source_transaction: charge });
    expect(await refusal(transfer(3_001))).toMatchObject({ param: 'amount' });
    const { pending } = await stripe.balance.retrieve({}, { stripeAccount: account.id });
    expect(pending[0]?.amount).toBe(7_000);
  });

  test('are refused beyond the balance, and to accounts that are not ready', async () => {
    const account = await readyAccount();
    const much = stripe.transfers.create({ amount: 99_999_999, currency: 'usd', destination: account.id });
    expect(await refusal(much)).toMatchObject({ code: 'balance_insufficient' });
    const fresh = await stripe.accounts.create({ type: 'express' });
    const early = stripe.transfers.create({ amount: 100, currency: 'usd', destination: fresh.id });
    expect(await refusal(early)).toMatchObject({ code: 'insufficient_capabilities_for_transfer' });
    const nobody = stripe.transfers.create({ amount: 100, currency: 'usd', destination: 'acct_none' });
    expect(await refusal(nobody)).toMatchObject({ statusCode: 404, param: 'destination' });
  });

  test('twenty at once do not overdraw', async () => {
    const account = await readyAccount();
    await charged(10_000);
    const whole = await available();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        stripe.transfers.create({ amount: Math.floor(whole / 3), currency: 'usd', destination: account.id }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
  });
});

describe('payouts', () => {
  async function accountWith(amount: number, number: string): Promise<string> {
    const { id } = await readyAccount({ external_account: { ...bank, account_number: number } });
    await charged(amount * 2);
    await stripe.transfers.create({ amount, currency: 'usd', destination: id });
    return id;
  }

  test.each([
    ['000123456789', 'paid', 0],
    ['000111111116', 'failed', 2_000],
  ])('to account %s: %s', async (number, status, left) => {
    const stripeAccount = await accountWith(2_000, number);
    const payout = await stripe.payouts.create({ amount: 2_000, currency: 'usd' }, { stripeAccount });
    expect(payout.status).toBe('pending');
    expect(await available(stripeAccount)).toBe(0);
    now += 3_000;
    await charged(); // something that looks at the clock
    const read = () => stripe.payouts.retrieve(payout.id, {}, { stripeAccount });
    await vi.waitFor(async () => expect((await read()).status).toBe(status), 5_000);
    expect(await available(stripeAccount)).toBe(left);
    expect(await refusal(stripe.payouts.retrieve(payout.id))).toMatchObject({ statusCode: 404 });
    const booked = await stripe.balanceTransactions.list({ payout: payout.id }, { stripeAccount });
    expect(booked.data.map((entry) => entry.type)).toContain('payout');
  });

  test('one can be cancelled while it is pending', async () => {
    await charged();
    const before = await available();
    const payout = await stripe.payouts.create({ amount: 100, currency: 'usd' });
    await expect(stripe.payouts.cancel(payout.id)).resolves.toMatchObject({ status: 'canceled' });
    expect(await available()).toBe(before);
    expect((await refusal(stripe.payouts.cancel(payout.id))).message).toContain('pending');
  });
});

test('calls about an account are for that account’s books only', async () => {
  const { id: stripeAccount } = await readyAccount();
  const foreign = stripe.balance.retrieve({}, { stripeAccount: 'acct_none' });
  expect(await refusal(foreign)).toMatchObject({ statusCode: 403, code: 'account_invalid' });
  const direct = stripe.paymentIntents.create({ amount: 500, currency: 'usd' }, { stripeAccount });
  expect(await refusal(direct)).toMatchObject({ statusCode: 400, param: 'Stripe-Account' });
  await expect(stripe.accounts.retrieveCurrent({}, { stripeAccount })).resolves.toMatchObject({
    id: stripeAccount,
  });
});
