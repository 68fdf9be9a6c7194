import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { placeOrder } from '../checkout/index.ts';
import { addSeconds, createContext, read } from '../kernel/index.ts';
import {
  createTestDomain,
  fillCart,
  payOnHostedPage,
  payWith,
  sellProduct,
  signUp,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  compareBooks,
  listDiscrepancies,
  offlineNote,
  openDiscrepancies,
  paymentOfOrder,
  resolveDiscrepancy,
  startOrderPayment,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => shop.close());

const stripe = () => shop.ctx.services.stripe;

/** An hour from now: what came a moment ago has had its time to settle. */
function later() {
  return createContext({ ...shop.ctx, clock: { now: () => addSeconds(new Date(), 3_600) } });
}

async function paidOrder() {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  await placeOrder(shop.ctx, { cartId, totalsVersion });
  await shop.runJobs();
  const order = await shop.ctx.db
    .selectFrom('orders')
    .innerJoin('checkouts', 'checkouts.id', 'orders.checkout_id')
    .select(['orders.id', 'orders.checkout_id as checkoutId'])
    .where('checkouts.cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  const payment = await paymentOfOrder(shop.ctx, order.id);
  if (!payment?.intentId) throw new Error('expected a payment by card');
  return {
    orderId: order.id,
    checkoutId: order.checkoutId,
    intentId: payment.intentId,
    amount: payment.amount,
  };
}

const compare = () => compareBooks(later(), { since: addSeconds(new Date(), -3_600) });

async function openFor(intentId: string) {
  const rows = await shop.ctx.db
    .selectFrom('payment_discrepancies')
    .select(['kind', 'order_id', 'provider_amount', 'our_amount'])
    .where('intent_id', '=', intentId)
    .where('resolved_at', 'is', null)
    .orderBy('kind')
    .execute();
  return rows.map((row) => [row.kind, row.provider_amount, row.our_amount]);
}

/** Changes our books behind everybody's back, and puts them right again after `work`. */
async function plant(intentId: string, wrong: object, right: object, work: () => Promise<void>) {
  const set = (values: object) =>
    shop.ctx.db.updateTable('payments').set(values).where('intent_id', '=', intentId).execute();
  await set(wrong);
  try {
    await work();
  } finally {
    await set(right);
  }
}

test('books that agree have nothing to tell', async () => {
  const { intentId } = await paidOrder();
  const report = await compare();
  expect(report.compared).toBeGreaterThan(0);
  expect(await openFor(intentId)).toEqual([]);
});

test.each([
  ['a sum that is wrong here', { amount: 1_000_000 }, 'wrong_amount'],
  ['a charge that was never written down', { captured_amount: 0 }, 'captured_differs'],
  ['a currency that is wrong here', { currency: 'EUR' as const }, 'wrong_currency'],
  ['an order that was lost', { order_id: null }, 'money_without_order'],
] as const)('finds %s, and closes it once it is right', async (_name, wrong, kind) => {
  const { intentId, orderId, amount } = await paidOrder();
  const right = { amount, captured_amount: amount, currency: 'USD' as const, order_id: orderId };
  await plant(intentId, wrong, right, async () => {
    expect((await compare()).found).toBeGreaterThan(0);
    const open = await openFor(intentId);
    expect(open.map(([found]) => found)).toContain(kind);
    await compare();
    expect(await openFor(intentId)).toEqual(open);
  });
  await compare();
  expect(await openFor(intentId)).toEqual([]);
});

test('finds an order whose money the provider never heard of', async () => {
  const { intentId, orderId, amount } = await paidOrder();
  const unknown = `pi_unknown${orderId.slice(-6)}`;
  await shop.ctx.db
    .updateTable('payments')
    .set({ intent_id: unknown, updated_at: new Date() })
    .where('order_id', '=', orderId)
    .execute();
  await compare();
  expect(await openFor(unknown)).toEqual([['order_without_money', null, amount]]);
  expect((await openFor(intentId)).map(([kind]) => kind)).toEqual(['money_without_order']);
});

test('finds an order whose authorisation the provider gave up, and tells it', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  await placeOrder(shop.ctx, { cartId, totalsVersion });
  const { payment_intent_id: intentId } = await shop.ctx.db
    .selectFrom('checkouts')
    .select('payment_intent_id')
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  await stripe().paymentIntents.cancel(intentId ?? '');
  await compare();
  const payment = await shop.ctx.db
    .selectFrom('payments')
    .select(['status', 'order_id'])
    .where('intent_id', '=', intentId)
    .executeTakeFirstOrThrow();
  expect(payment.status).toBe('cancelled');
  const told = await shop.ctx.db
    .selectFrom('events')
    .select('type')
    .where('aggregate_id', '=', payment.order_id ?? '')
    .where('type', '=', 'payment.voided')
    .execute();
  expect(told).toHaveLength(1);
});

test('mends a refund that staff made at the provider and of which no webhook told', async () => {
  const { intentId, orderId } = await paidOrder();
  await stripe().refunds.create({ payment_intent: intentId, amount: 250 });
  await compare();
  expect(await paymentOfOrder(shop.ctx, orderId)).toMatchObject({ refundedAmount: 250 });
  expect(await openFor(intentId)).toEqual([]);
});

test('tells anew of money for an order of which no webhook told', async () => {
  const { orderId, checkoutId, amount } = await paidOrder();
  await shop.ctx.db.deleteFrom('payments').where('order_id', '=', orderId).execute();
  const due = { orderId, amount, currency: 'USD' as const };
  await shop.ctx.transaction((tx) => offlineNote(tx, { ...due, checkoutId, method: 'pay_link' }).execute());
  const page = await startOrderPayment(shop.ctx, {
    ...due,
    email: 'ada@example.com',
    successUrl: 'http://shop.test/paid',
    cancelUrl: 'http://shop.test/not-paid',
  });
  await payOnHostedPage(page.status === 'open' ? page.url : '', testCards.success);
  expect((await compare()).retold).toBeGreaterThan(0);
  const told = await shop.ctx.db
    .selectFrom('events')
    .select('type')
    .where('aggregate_id', '=', orderId)
    .where('type', '=', 'payment.order-reported')
    .execute();
  expect(told.length).toBeGreaterThan(0);
});

test('money that came a moment ago has time to settle, and what is not ours is left alone', async () => {
  const held = await stripe().paymentIntents.create({
    amount: 900,
    currency: 'usd',
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    metadata: { checkout_id: shop.ctx.ids.next() },
  });
  const foreign = await stripe().paymentIntents.create({
    amount: 800,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  await compareBooks(shop.ctx, { since: addSeconds(new Date(), -3_600), until: addSeconds(new Date(), 60) });
  expect(await openFor(held.id)).toEqual([]);
  await compare();
  expect((await openFor(held.id)).map(([kind]) => kind)).toEqual(['held_without_order']);
  expect(await openFor(foreign.id)).toEqual([]);
});

test('goes through more than one page of the provider', async () => {
  const { paymentIntents } = stripe();
  const real = paymentIntents.list.bind(paymentIntents);
  const list = vi
    .spyOn(paymentIntents, 'list')
    .mockImplementation((params, ...rest) => real({ ...params, limit: 3 }, ...rest));
  const report = await compare();
  expect(list.mock.calls.length).toBeGreaterThan(2);
  expect(report.compared).toBeGreaterThan(6);
});

test('is safe to run several times at once', async () => {
  const { intentId, orderId, amount } = await paidOrder();
  await plant(intentId, { order_id: null }, { order_id: orderId, amount }, async () => {
    await Promise.all(Array.from({ length: 4 }, compare));
    expect(await openFor(intentId)).toHaveLength(1);
  });
});

test('staff see what is open, and note how they settled it; what still stands opens anew', async () => {
  const { intentId, orderId } = await paidOrder();
  const { ctx: admin } = await signUp(shop.ctx, { role: 'admin' });
  const { ctx: support } = await signUp(shop.ctx, { role: 'support' });
  const all = { isOpen: true, cursor: null, limit: 100 };
  await plant(intentId, { order_id: null }, { order_id: orderId }, async () => {
    await compare();
    const { items } = await listDiscrepancies(admin, all);
    const mine = items.find((item) => item.intentId === intentId);
    expect(mine).toMatchObject({ kind: 'money_without_order', currency: 'USD' });
    expect([...(await read(shop.ctx, openDiscrepancies())).values()].length).toBeGreaterThan(0);
    await expect(listDiscrepancies(support, all)).rejects.toMatchObject({ code: 'forbidden' });
    const settled = { id: mine?.id ?? '', note: 'paid back by hand' };
    await expect(resolveDiscrepancy(support, settled)).rejects.toMatchObject({ code: 'forbidden' });
    await resolveDiscrepancy(admin, settled);
    await expect(resolveDiscrepancy(admin, settled)).rejects.toMatchObject({ code: 'not_found' });
    expect(await openFor(intentId)).toEqual([]);
    await compare();
    expect(await openFor(intentId)).toHaveLength(1);
  });
  const pages = await listDiscrepancies(admin, { ...all, isOpen: false, limit: 1 });
  expect(pages.nextCursor).not.toBeNull();
  const next = await listDiscrepancies(admin, { ...all, isOpen: false, limit: 1, cursor: pages.nextCursor });
  expect(next.items[0]?.id).not.toBe(pages.items[0]?.id);
});
