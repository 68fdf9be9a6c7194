import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../checkout/index.ts';
import {
  createTestDomain,
  fillCart,
  payOnHostedPage,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  offlineNote,
  paymentOfOrder,
  readHostedPayment,
  recordReceived,
  releasePayment,
  settleOrderPayment,
  startOrderPayment,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

/** An order whose money is awaited: one that was paid by card, as if it were not. */
async function awaitingOrder(method: 'pay_link' | 'bank_transfer' = 'pay_link') {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  await placeOrder(shop.ctx, { cartId, totalsVersion });
  const order = await shop.ctx.db
    .selectFrom('orders')
    .innerJoin('checkouts', 'checkouts.id', 'orders.checkout_id')
    .select(['orders.id', 'orders.checkout_id', 'orders.total_amount'])
    .where('checkouts.cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  await shop.ctx.db.deleteFrom('payments').where('order_id', '=', order.id).execute();
  const due = { orderId: order.id, amount: order.total_amount, currency: 'USD' as const };
  await shop.ctx.transaction((tx) =>
    offlineNote(tx, { ...due, checkoutId: order.checkout_id, method }).execute(),
  );
  return {
    ...due,
    email: 'ada@example.com',
    successUrl: 'http://shop.test/orders/paid',
    cancelUrl: 'http://shop.test/orders/not-paid',
  };
}

async function openPage(order: Parameters<typeof startOrderPayment>[1]): Promise<string> {
  const started = await startOrderPayment(shop.ctx, order);
  if (started.status !== 'open') throw new Error('expected a page to pay on');
  return started.url;
}

function settler() {
  const paid: number[] = [];
  return {
    paid,
    settle: (orderId: string) =>
      settleOrderPayment(shop.ctx, { orderId }, async (_tx, { amount }) => {
        paid.push(amount);
      }),
  };
}

const stripe = () => shop.ctx.services.stripe;

/** What the customer has paid for an order after all, by the provider's books. */
async function keptFor(orderId: string): Promise<number> {
  const { data } = await stripe().paymentIntents.list({ limit: 100, expand: ['data.latest_charge'] });
  return data
    .filter((intent) => intent.metadata.order_id === orderId)
    .reduce((sum, { latest_charge: charge }) => {
      if (charge === null || typeof charge !== 'object') return sum;
      return sum + charge.amount_captured - charge.amount_refunded;
    }, 0);
}

test('a link that is opened ten times at once is one page; its money is written down once', async () => {
  const order = await awaitingOrder();
  const urls = await Promise.all(Array.from({ length: 10 }, () => openPage(order)));
  expect(new Set(urls).size).toBe(1);
  expect(await openPage(order)).toBe(urls[0]);
  const { paid, settle } = settler();
  expect(await settle(order.orderId)).toBe('waiting');
  await payOnHostedPage(urls[0] ?? '', testCards.success);
  expect(await startOrderPayment(shop.ctx, order)).toEqual({ status: 'paid' });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => settle(order.orderId)));
  expect(new Set(outcomes)).toEqual(new Set(['paid']));
  expect(paid).toEqual([order.amount]);
  expect(await paymentOfOrder(shop.ctx, order.orderId)).toMatchObject({
    method: 'pay_link',
    status: 'captured',
    capturedAmount: order.amount,
    intentId: expect.any(String),
  });
  expect(await startOrderPayment(shop.ctx, order)).toEqual({ status: 'paid' });
});

test('a page that lapsed is followed by another', async () => {
  const order = await awaitingOrder();
  const first = await openPage(order);
  const payment = await paymentOfOrder(shop.ctx, order.orderId);
  await stripe().checkout.sessions.expire(payment?.sessionId ?? '');
  const second = await openPage(order);
  expect(second).not.toBe(first);
  await payOnHostedPage(second, testCards.success);
  const { paid, settle } = settler();
  expect(await settle(order.orderId)).toBe('paid');
  expect(paid).toEqual([order.amount]);
});

test('money from the bank closes the page; who pays there all the same gets it back', async () => {
  const order = await awaitingOrder('bank_transfer');
  const url = await openPage(order);
  const received = { orderId: order.orderId, amount: order.amount, reference: 'statement 7, line 3' };
  const notes = await Promise.all(
    Array.from({ length: 5 }, () => shop.ctx.transaction((tx) => recordReceived(tx, received))),
  );
  expect(notes.filter(Boolean)).toHaveLength(1);
  // the shopper is quicker than the job that closes the page
  await payOnHostedPage(url, testCards.success);
  const { paid, settle } = settler();
  await Promise.all([settle(order.orderId), settle(order.orderId)]);
  await shop.runJobs();
  expect(paid).toEqual([]);
  expect(await keptFor(order.orderId)).toBe(0);
  expect(await paymentOfOrder(shop.ctx, order.orderId)).toMatchObject({
    method: 'bank_transfer',
    status: 'captured',
    intentId: null,
  });
  const noted = await shop.ctx.db
    .selectFrom('payment_discrepancies')
    .select(['kind', 'resolved_at'])
    .where('order_id', '=', order.orderId)
    .execute();
  expect(noted).toEqual([{ kind: 'paid_twice', resolved_at: expect.any(Date) }]);
});

test('money from the bank closes the page before anybody pays there', async () => {
  const order = await awaitingOrder('bank_transfer');
  await openPage(order);
  const { sessionId } = (await paymentOfOrder(shop.ctx, order.orderId)) ?? {};
  await shop.ctx.transaction((tx) =>
    recordReceived(tx, { orderId: order.orderId, amount: order.amount, reference: '' }),
  );
  await shop.runJobs();
  expect(await readHostedPayment(shop.ctx, sessionId ?? '')).toMatchObject({ status: 'expired' });
});

test('another sum than what is due is not noted', async () => {
  const order = await awaitingOrder('bank_transfer');
  const short = { orderId: order.orderId, amount: order.amount - 1, reference: '' };
  await expect(shop.ctx.transaction((tx) => recordReceived(tx, short))).rejects.toMatchObject({
    code: 'payment_mismatch',
    data: { dueAmount: order.amount },
  });
  await expect(startOrderPayment(shop.ctx, { ...order, amount: 1 })).rejects.toMatchObject({
    code: 'payment_mismatch',
  });
});

test('an order that is cancelled awaits nothing; money that comes all the same goes back', async () => {
  const order = await awaitingOrder();
  const url = await openPage(order);
  await payOnHostedPage(url, testCards.success);
  await releasePayment(shop.ctx, { orderId: order.orderId });
  await releasePayment(shop.ctx, { orderId: order.orderId });
  const { paid, settle } = settler();
  expect(await settle(order.orderId)).toBe('cancelled');
  expect(paid).toEqual([]);
  expect(await keptFor(order.orderId)).toBe(0);
  await expect(startOrderPayment(shop.ctx, order)).rejects.toMatchObject({ code: 'conflict' });
});

test('an order that gift cards pay for is paid from the start', async () => {
  const order = await awaitingOrder();
  const row = await shop.ctx.db
    .deleteFrom('payments')
    .where('order_id', '=', order.orderId)
    .returning('checkout_id')
    .executeTakeFirstOrThrow();
  const gift = { ...order, checkoutId: row.checkout_id, method: 'gift_card' as const };
  await expect(shop.ctx.transaction((tx) => offlineNote(tx, gift).execute())).rejects.toThrow('owes');
  await shop.ctx.transaction((tx) => offlineNote(tx, { ...gift, amount: 0 }).execute());
  expect(await paymentOfOrder(shop.ctx, order.orderId)).toMatchObject({ status: 'captured', amount: 0 });
});
