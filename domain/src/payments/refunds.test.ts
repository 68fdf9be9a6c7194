import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { placeOrder } from '../checkout/index.ts';
import { readOrder, rebuildOrder, verifyOrders } from '../orders/index.ts';
import {
  createTestDomain,
  fillCart,
  payWith,
  sellProduct,
  signUp,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  discrepancyFilter,
  listDiscrepancies,
  paymentOfOrder,
  refundPayment,
  releasePayment,
  voidPayment,
} from './index.ts';
import { sendForgottenRefunds } from './refund-payment.ts';
import { syncRefunds } from './sync-refunds.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => shop.close());

/** An order that was paid by card, and captured unless told otherwise. */
async function paidOrder(options: { isCaptured?: boolean; card?: string } = {}) {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, options.card ?? testCards.success);
  await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (options.isCaptured !== false) await shop.runJobs();
  const { id: orderId } = await shop.ctx.db
    .selectFrom('orders')
    .innerJoin('checkouts', 'checkouts.id', 'orders.checkout_id')
    .select('orders.id')
    .where('checkouts.cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  const payment = await paymentOfOrder(shop.ctx, orderId);
  if (!payment?.intentId) throw new Error('expected a payment by card');
  return { orderId, intentId: payment.intentId, total: payment.amount };
}

async function refundedAtProvider(intentId: string): Promise<number> {
  const { data } = await shop.ctx.services.stripe.refunds.list({ payment_intent: intentId, limit: 100 });
  return data.reduce((sum, refund) => sum + refund.amount, 0);
}

async function told(orderId: string, type: string): Promise<unknown[]> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select('payload')
    .where('aggregate_id', '=', orderId)
    .where('type', '=', type)
    .execute();
  return rows.map((row) => row.payload);
}

test('asked for 20 times at once by one key it is one refund', async () => {
  const { orderId, intentId } = await paidOrder();
  const asked = { orderId, amount: 500, key: 'return-1', reason: 'too small' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => refundPayment(shop.ctx, asked)));
  expect(new Set(answers.map(({ refundId }) => refundId)).size).toBe(1);
  expect(await refundPayment(shop.ctx, asked)).toMatchObject({ amount: 500, status: 'succeeded' });
  await shop.runJobs();
  expect(await refundedAtProvider(intentId)).toBe(500);
  expect(await paymentOfOrder(shop.ctx, orderId)).toMatchObject({ refundedAmount: 500 });
  expect(await told(orderId, 'payment.refunded')).toEqual([
    { refundId: answers[0]?.refundId, amount: 500, reason: 'too small' },
  ]);
  await expect(refundPayment(shop.ctx, { ...asked, amount: 600 })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('ten refunds at once never give back more than was paid', async () => {
  const { orderId, intentId, total } = await paidOrder();
  const part = Math.floor(total / 4);
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      refundPayment(shop.ctx, { orderId, amount: part, key: `part-${orderId}-${index}` }),
    ),
  );
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(4);
  expect(await refundedAtProvider(intentId)).toBe(part * 4);
  await expect(
    refundPayment(shop.ctx, { orderId, amount: total, key: `rest-${orderId}` }),
  ).rejects.toMatchObject({
    code: 'conflict',
    data: { reason: 'refund_exceeds_payment', refundableAmount: total - part * 4 },
  });
});

test.each([0, -1, 1.5, Number.NaN])('an amount of %d is refused', async (amount) => {
  const { orderId } = await paidOrder();
  await expect(refundPayment(shop.ctx, { orderId, amount, key: 'x' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('a refund whose answer was lost is sent once', async () => {
  const { orderId, intentId } = await paidOrder();
  const { refunds } = shop.ctx.services.stripe;
  const real = refunds.create.bind(refunds);
  vi.spyOn(refunds, 'create').mockImplementationOnce(async (...given) => {
    await real(...given);
    throw new Error('the process died here');
  });
  const begun = await refundPayment(shop.ctx, { orderId, amount: 700, key: `lost-${orderId}` });
  expect(begun.status).toBe('pending');
  await shop.ctx.db
    .updateTable('payment_refunds')
    .set({ created_at: new Date(Date.now() - 3_600_000) })
    .where('id', '=', begun.refundId)
    .execute();
  expect(await sendForgottenRefunds(shop.ctx)).toBe(1);
  await shop.runJobs();
  expect(await refundedAtProvider(intentId)).toBe(700);
  expect(await refundPayment(shop.ctx, { orderId, amount: 700, key: `lost-${orderId}` })).toMatchObject({
    status: 'succeeded',
  });
});

test('a refund that staff made at the provider is taken over, once, in whatever order its webhooks come', async () => {
  const { orderId, intentId, total } = await paidOrder();
  await shop.ctx.services.stripe.refunds.create({ payment_intent: intentId, amount: 300 });
  await refundPayment(shop.ctx, { orderId, amount: 200, key: `ours-${orderId}` });
  await Promise.all(Array.from({ length: 6 }, () => syncRefunds(shop.ctx, intentId)));
  expect(await paymentOfOrder(shop.ctx, orderId)).toMatchObject({
    refundedAmount: 500,
    capturedAmount: total,
  });
  expect(await told(orderId, 'payment.refunded')).toHaveLength(2);
});

test('more than the provider has left is refused there, and is free again here', async () => {
  const { orderId, intentId, total } = await paidOrder();
  await shop.ctx.services.stripe.refunds.create({ payment_intent: intentId });
  const answer = await refundPayment(shop.ctx, { orderId, amount: 100, key: `late-${orderId}` });
  expect(answer.status).toBe('failed');
  await syncRefunds(shop.ctx, intentId);
  expect(await paymentOfOrder(shop.ctx, orderId)).toMatchObject({ refundedAmount: total });
  expect(await told(orderId, 'payment.refund-failed')).toHaveLength(1);
});

test('a refund that comes back days later is on the order again, on its page, in its history, and before staff, once', async () => {
  const { orderId, intentId, total } = await paidOrder({ card: '4000000000005126' });
  await refundPayment(shop.ctx, { orderId, amount: 400, key: `back-${orderId}` });
  await shop.runJobs();
  expect(await readOrder(shop.ctx, orderId)).toMatchObject({ paymentStatus: 'partially_refunded' });
  await expect
    .poll(
      async () => (await shop.ctx.services.stripe.refunds.list({ payment_intent: intentId })).data[0]?.status,
      { timeout: 20_000 },
    )
    .toBe('failed');
  await Promise.all(Array.from({ length: 4 }, () => syncRefunds(shop.ctx, intentId)));
  await shop.runJobs();
  await shop.runJobs();

  const order = await readOrder(shop.ctx, orderId);
  expect(order).toMatchObject({
    paymentStatus: 'paid',
    payment: { paid: { amount: total }, refunded: { amount: 0 } },
  });
  expect(order.history.slice(-2)).toMatchObject([
    { type: 'PAYMENT_REFUNDED', amount: { amount: 400 } },
    { type: 'REFUND_FAILED', amount: { amount: 400 } },
  ]);
  const staff = (await signUp(shop.ctx, { role: 'admin' })).ctx;
  const { items } = await listDiscrepancies(staff, discrepancyFilter.parse({}));
  expect(items.filter((item) => item.orderId === orderId)).toMatchObject([
    { kind: 'refund_failed', intentId, currency: 'USD', ourAmount: 400, providerAmount: 0 },
  ]);
  // the buyer is still owed: what is paid back in its place counts
  await refundPayment(shop.ctx, { orderId, amount: 400, key: `again-${orderId}` });
  await shop.runJobs();
  expect(await readOrder(shop.ctx, orderId)).toMatchObject({ payment: { refunded: { amount: 400 } } });
  expect(await rebuildOrder(shop.ctx, orderId)).toEqual([]);
  expect(await verifyOrders(shop.ctx)).toEqual([]);
});

test('an order that is cancelled before its money was taken lets it go', async () => {
  const { orderId, intentId } = await paidOrder({ isCaptured: false });
  await Promise.all(Array.from({ length: 5 }, () => releasePayment(shop.ctx, { orderId })));
  expect(await paymentOfOrder(shop.ctx, orderId)).toMatchObject({ status: 'cancelled', refundedAmount: 0 });
  expect((await shop.ctx.services.stripe.paymentIntents.retrieve(intentId)).status).toBe('canceled');
  expect(await told(orderId, 'payment.voided')).toEqual([{ intentId }]);
  expect(await voidPayment(shop.ctx, { orderId })).toBe('voided');
});

test('an order that is cancelled after its money was taken gives back all that is left, once', async () => {
  const { orderId, intentId, total } = await paidOrder();
  await refundPayment(shop.ctx, { orderId, amount: 100, key: `first-${orderId}` });
  await Promise.all(Array.from({ length: 5 }, () => releasePayment(shop.ctx, { orderId })));
  await releasePayment(shop.ctx, { orderId });
  expect(await refundedAtProvider(intentId)).toBe(total);
  expect(await paymentOfOrder(shop.ctx, orderId)).toMatchObject({ refundedAmount: total });
});
