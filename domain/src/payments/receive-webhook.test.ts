import { sql } from 'kysely';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { placeOrder } from '../checkout/index.ts';
import { addSeconds, createContext } from '../kernel/index.ts';
import { findOrder, listOrders, orderFilter, readOrder, rebuildOrder } from '../orders/index.ts';
import {
  answerBank,
  brokenInvariants,
  createTestDomain,
  fillCart,
  intentOf,
  payWith,
  sellProduct,
  signUp,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import { dropOldPayloads } from './drop-webhook-payloads.ts';
import { handleForgottenWebhooks } from './handle-webhook.ts';
import { receiveWebhook } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

function webhook(type: string, intent: { id: string; checkoutId: string }, id = `evt_${intent.id}_${type}`) {
  return Buffer.from(
    JSON.stringify({
      id,
      object: 'event',
      type,
      data: {
        object: { id: intent.id, object: 'payment_intent', metadata: { checkout_id: intent.checkoutId } },
      },
    }),
  );
}

function sign(payload: Buffer, options: { secret?: string; ageSeconds?: number } = {}): string {
  return shop.ctx.services.stripe.webhooks.generateTestHeaderString({
    payload: payload.toString(),
    secret: options.secret ?? shop.config.stripe.webhookSecrets[0] ?? '',
    timestamp: Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0),
  });
}

/** A checkout whose bank asks for its cardholder. */
async function waitingForBank() {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.threeDSecure);
  const asked = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (asked.outcome !== 'action_required') throw new Error('expected the bank to ask');
  const { id: checkoutId } = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  const intentId = await intentOf(shop.ctx, cartId);
  return { cartId, intentId, checkoutId, totalsVersion, bankUrl: asked.redirectUrl };
}

async function paidOrder() {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion, total } = await payWith(shop.ctx, cartId, testCards.success);
  await placeOrder(shop.ctx, { cartId, totalsVersion });
  await shop.runJobs();
  const intentId = await intentOf(shop.ctx, cartId);
  const { order_id: orderId } = await shop.ctx.db
    .selectFrom('payments')
    .select('order_id')
    .where('intent_id', '=', intentId)
    .executeTakeFirstOrThrow();
  return { intentId, orderId: orderId ?? '', total };
}

async function ordersOf(checkoutId: string): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('orders')
    .select('id')
    .where('checkout_id', '=', checkoutId)
    .execute();
  return rows.length;
}

async function eventsOf(aggregateId: string, type: string): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select('id')
    .where('aggregate_id', '=', aggregateId)
    .where('type', '=', type)
    .execute();
  return rows.length;
}

test('a forged, an altered and a replayed webhook are refused and leave nothing behind', async () => {
  const payload = webhook('payment_intent.succeeded', { id: 'pi_forged', checkoutId: shop.ctx.ids.next() });
  const altered = Buffer.from(payload.toString().replace('pi_forged', 'pi_other'));
  for (const [body, signature] of [
    [payload, sign(payload, { secret: 'whsec_of_somebody_else' })],
    [altered, sign(payload)],
    [payload, sign(payload, { ageSeconds: 3_600 })],
    [payload, 'nonsense'],
    [payload, ''],
  ] as const) {
    await expect(receiveWebhook(shop.ctx, { payload: body, signature })).rejects.toMatchObject({
      code: 'signature_invalid',
    });
  }
  const stored = await shop.ctx.db.selectFrom('payment_webhooks').selectAll().execute();
  expect(stored).toEqual([]);
});

test('a webhook that says paid of money that nobody holds changes nothing', async () => {
  const { intentId, checkoutId } = await waitingForBank();
  const payload = webhook('payment_intent.amount_capturable_updated', { id: intentId, checkoutId });
  expect(await receiveWebhook(shop.ctx, { payload, signature: sign(payload) })).toEqual({ isNew: true });
  await shop.runJobs();
  expect(await ordersOf(checkoutId)).toBe(0);
});

test('a webhook that is first places the order; repeats, also at once, change nothing', async () => {
  const { cartId, intentId, checkoutId, totalsVersion, bankUrl } = await waitingForBank();
  await answerBank(bankUrl, 'complete');
  const payload = webhook('payment_intent.amount_capturable_updated', { id: intentId, checkoutId });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => receiveWebhook(shop.ctx, { payload, signature: sign(payload) })),
  );
  expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
  await Promise.all([shop.runJobs(), placeOrder(shop.ctx, { cartId, totalsVersion }).catch(() => undefined)]);
  await shop.runJobs();
  expect(await ordersOf(checkoutId)).toBe(1);
  expect(await eventsOf(checkoutId, 'payment.reported')).toBe(1);

  const late = webhook('payment_intent.payment_failed', { id: intentId, checkoutId });
  await receiveWebhook(shop.ctx, { payload: late, signature: sign(late) });
  await shop.runJobs();
  expect(await ordersOf(checkoutId)).toBe(1);
});

/** A webhook about an object, signed. */
function receive(event: { id: string; type: string; object: object }) {
  const payload = Buffer.from(
    JSON.stringify({ id: event.id, object: 'event', type: event.type, data: { object: event.object } }),
  );
  return receiveWebhook(shop.ctx, { payload, signature: sign(payload) });
}

async function storedWebhook(id: string) {
  return shop.ctx.db
    .selectFrom('payment_webhooks')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

test('a webhook about nothing of ours is kept and marked as ignored', async () => {
  const event = { id: 'evt_other', type: 'customer.created', object: { id: 'cus_1', object: 'customer' } };
  expect(await receive(event)).toEqual({ isNew: true });
  await shop.runJobs();
  expect(await storedWebhook('evt_other')).toMatchObject({ handled_at: expect.any(Date), is_ignored: true });
});

test('while a signing secret is replaced, both are good', async () => {
  const config = {
    ...shop.config,
    stripe: { ...shop.config.stripe, webhookSecrets: ['whsec_new', ...shop.config.stripe.webhookSecrets] },
  };
  const ctx = createContext({ ...shop.ctx, config });
  for (const secret of config.stripe.webhookSecrets) {
    const payload = webhook('customer.updated', { id: `pi_${secret}`, checkoutId: '' });
    expect(await receiveWebhook(ctx, { payload, signature: sign(payload, { secret }) })).toEqual({
      isNew: true,
    });
  }
  const payload = webhook('customer.updated', { id: 'pi_third', checkoutId: '' });
  await expect(
    receiveWebhook(ctx, { payload, signature: sign(payload, { secret: 'whsec_older_still' }) }),
  ).rejects.toMatchObject({ code: 'signature_invalid' });
});

test('a webhook whose handling died is handled later', async () => {
  const checkoutId = shop.ctx.ids.next();
  const event = {
    id: 'evt_lost',
    type: 'checkout.session.completed',
    object: { id: 'cs_test_1', object: 'checkout.session', metadata: { checkout_id: checkoutId } },
  };
  await receive(event);
  // as after a restore of the database to a moment between the two
  await sql`select graphile_worker.remove_job(${'webhook:evt_lost'})`.execute(shop.ctx.db);
  await shop.runJobs();
  expect((await storedWebhook('evt_lost')).handled_at).toBeNull();
  expect(await handleForgottenWebhooks(shop.ctx)).toBe(0);
  await shop.ctx.db
    .updateTable('payment_webhooks')
    .set({ received_at: addSeconds(new Date(), -3_600) })
    .where('id', '=', 'evt_lost')
    .execute();
  expect(await handleForgottenWebhooks(shop.ctx)).toBe(1);
  await shop.runJobs();
  expect(await storedWebhook('evt_lost')).toMatchObject({ handled_at: expect.any(Date), is_ignored: false });
  expect(await eventsOf(checkoutId, 'payment.hosted-reported')).toBe(1);
});

test('a webhook that cannot be handled while the provider is away waits, and is not lost', async () => {
  const { intentId } = await paidOrder();
  await shop.ctx.services.stripe.refunds.create({ payment_intent: intentId, amount: 100 });
  const { refunds } = shop.ctx.services.stripe;
  const away = vi.spyOn(refunds, 'list').mockImplementation(() => {
    throw new Stripe.errors.StripeConnectionError({ message: 'away', type: 'api_error' });
  });
  await receive({
    id: 'evt_refund',
    type: 'charge.refunded',
    object: { id: 'ch_1', object: 'charge', payment_intent: intentId },
  });
  await shop.runJobs();
  expect((await storedWebhook('evt_refund')).handled_at).toBeNull();
  away.mockRestore();
  await sql`update graphile_worker._private_jobs set run_at = now() where key = ${'webhook:evt_refund'}`.execute(
    shop.ctx.db,
  );
  await shop.runJobs();
  expect((await storedWebhook('evt_refund')).handled_at).not.toBeNull();
  const { refunded_amount } = await shop.ctx.db
    .selectFrom('payments')
    .select('refunded_amount')
    .where('intent_id', '=', intentId)
    .executeTakeFirstOrThrow();
  expect(refunded_amount).toBe(100);
});

test('a dispute is noted for staff once, and closed when it has ended, in whatever order that is told', async () => {
  const { intentId, orderId, total } = await paidOrder();
  const dispute = (id: string, status: string) => ({
    id,
    object: 'dispute',
    amount: total,
    currency: 'usd',
    reason: 'fraudulent',
    status,
    payment_intent: intentId,
  });
  const states = async (subject: string) => {
    const rows = await shop.ctx.db
      .selectFrom('payment_discrepancies')
      .select('resolved_at')
      .where('subject', '=', subject)
      .execute();
    return rows.map((row) => (row.resolved_at === null ? 'open' : 'resolved'));
  };
  const created = (id: string, event: string) =>
    receive({ id: event, type: 'charge.dispute.created', object: dispute(id, 'needs_response') });
  const closed = (id: string, event: string) =>
    receive({ id: event, type: 'charge.dispute.closed', object: dispute(id, 'won') });
  await created('du_1', 'evt_d1');
  await created('du_1', 'evt_d2');
  await shop.runJobs();
  expect(await states('du_1')).toEqual(['open']);
  expect(await eventsOf(orderId, 'payment.disputed')).toBe(1);
  const staff = (await signUp(shop.ctx, { role: 'support' })).ctx;
  const { number } = await readOrder(shop.ctx, orderId);
  const seen = async () => {
    const { disputes, history } = await findOrder(staff, { number });
    const listed = (await listOrders(staff, orderFilter.parse({}))).items.find((item) => item.id === orderId);
    return {
      isOpen: listed?.isDisputed,
      disputes: disputes.map(({ id, outcome }) => `${id} ${outcome}`),
      history: history.map(({ type }) => type).filter((type) => type.includes('DISPUTE')),
    };
  };
  expect(await seen()).toEqual({ isOpen: true, disputes: ['du_1 null'], history: ['PAYMENT_DISPUTED'] });
  await closed('du_1', 'evt_d3');
  await closed('du_1', 'evt_d6');
  await shop.runJobs();
  expect(await states('du_1')).toEqual(['resolved']);
  expect(await seen()).toEqual({
    isOpen: false,
    disputes: ['du_1 won'],
    history: ['PAYMENT_DISPUTED', 'DISPUTE_CLOSED'],
  });
  await closed('du_2', 'evt_d4');
  await shop.runJobs();
  await created('du_2', 'evt_d5');
  await shop.runJobs();
  expect(await states('du_2')).toEqual(['resolved']);
  expect(await seen()).toMatchObject({ isOpen: false, disputes: ['du_1 won', 'du_2 won'] });
  // it is between the shop and the bank: the buyer's page says nothing of it
  const buyers = await readOrder(shop.ctx, orderId);
  expect(buyers.history.some(({ type }) => type.includes('DISPUTE'))).toBe(false);
  expect(buyers).not.toHaveProperty('disputes');
  expect(await rebuildOrder(shop.ctx, orderId)).toEqual([]);
});

test('what the provider told is emptied after its time; that it came stays known', async () => {
  await receive({ id: 'evt_old', type: 'customer.created', object: { id: 'cus_2', object: 'customer' } });
  await shop.runJobs();
  const inTime = createContext({
    ...shop.ctx,
    clock: { now: () => addSeconds(new Date(), 31 * 24 * 3_600) },
  });
  expect(await dropOldPayloads(inTime)).toBeGreaterThan(0);
  expect(await storedWebhook('evt_old')).toMatchObject({ payload: {}, type: 'customer.created' });
  expect(await dropOldPayloads(inTime)).toBe(0);
});
