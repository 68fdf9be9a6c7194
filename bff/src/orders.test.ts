import { choosePayment, getCheckout, placeOrder } from '@souk/domain/checkout';
import { guest, withActor } from '@souk/domain/kernel';
import { orderToken } from '@souk/domain/orders';
import {
  createTestDomain,
  fillCart,
  payOnHostedPage,
  plainDraft,
  sellProduct,
  signUp,
  someWares,
  type TestDomain,
  type Wares,
  writeOrder,
} from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcedureCall } from './request-context.ts';
import { testCaller } from './testing/caller.ts';

let shop: TestDomain;
let wares: Wares;
const most = new Map<string, number>();
const onCall = (call: ProcedureCall) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
  wares = await someWares(shop.ctx);
});
afterAll(() => shop?.close());

async function anOrder(userId: string | null, email: string) {
  const payment = { method: 'bank_transfer', status: 'awaiting', detail: null, dueAmount: 1_000 } as const;
  const order = await writeOrder(shop.ctx, plainDraft(wares, { userId, email, payment }));
  return { ...order, token: orderToken(shop.ctx, order.id) };
}

test('buyers read, cancel and download their orders, staff handle everybody’s, each within its budget', async () => {
  const ada = await signUp(shop.ctx);
  const customer = testCaller(ada.ctx, { onCall });
  const staff = testCaller((await signUp(shop.ctx, { role: 'admin' })).ctx, { onCall });
  const visitor = testCaller(withActor(shop.ctx, guest), { onCall });
  const [own, unwanted] = [await anOrder(ada.userId, ada.email), await anOrder(ada.userId, ada.email)];
  const guests = await anOrder(null, 'grace@example.com');

  const { items } = await customer.orders.mine({ limit: 1 });
  expect(items).toMatchObject([{ number: unwanted.number, paymentMethod: 'bank_transfer' }]);
  expect((await customer.orders.mine({ search: own.number })).items).toHaveLength(1);
  expect(await customer.orders.get({ number: own.number })).toMatchObject({ isGuest: false });
  const byLink = { number: guests.number, token: guests.token };
  expect(await visitor.orders.get(byLink)).toMatchObject({ isGuest: true, isCancellable: true });
  await expect(visitor.orders.get({ ...byLink, token: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });

  await customer.orders.cancelMine({ number: unwanted.number, requestId: crypto.randomUUID() });
  expect((await staff.orders.find({ number: unwanted.number })).status).toBe('cancelled');
  await staff.orders.cancel({ orderId: guests.id, reason: 'out_of_stock' });
  expect((await staff.orders.list({ status: 'cancelled' })).items).toHaveLength(2);

  const requestId = crypto.randomUUID();
  const payment = { orderId: own.id, amount: 1_000, requestId };
  expect(await staff.orders.receivePayment(payment)).toEqual({ openAmount: 0, isPaid: true });
  await expect(
    staff.orders.receivePayment({ ...payment, requestId: crypto.randomUUID() }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  await shop.runJobs();
  for (const kind of ['invoice', 'receipt'] as const) {
    const { pdf, fileName } = await customer.orders.document({ number: own.number, kind });
    expect(
      Buffer.from(pdf ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(fileName).toMatch(/^(Invoice-INV|Receipt-SK)-\d{4}-\d{6}\.pdf$/);
  }
  await expect(visitor.orders.document({ number: own.number, kind: 'invoice' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await visitor.orders.sendLink({ number: guests.number, email: 'grace@example.com' });

  const audited = await staff.audit.list({});
  expect(audited.items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['order.cancelled', 'order.payment-received']),
  );
  most.delete('audit.list');
  expect(Object.fromEntries(most)).toEqual({
    'orders.mine': 2,
    'orders.get': 4,
    'orders.cancelMine': 5,
    'orders.find': 5,
    'orders.cancel': 5,
    'orders.list': 1,
    'orders.receivePayment': 6,
    'orders.document': 5,
    'orders.sendLink': 3,
  });
}, 30_000);

test('who has the link of an order that awaits its money pays it on the provider’s page, within its budget', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  const cartId = await fillCart(shop.ctx, variantId);
  await choosePayment(shop.ctx, { cartId, method: 'pay_link' });
  const totalsVersion = (await getCheckout(shop.ctx, { cartId }))?.totalsVersion ?? 0;
  const placed = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (placed.outcome !== 'placed') throw new Error(`expected an order, not ${placed.outcome}`);
  const link = { number: placed.orderNumber, token: placed.token };
  const paid = new Map<string, number>();
  const visitor = testCaller(withActor(shop.ctx, guest), {
    onCall: ({ path, statements }) => paid.set(path, Math.max(paid.get(path) ?? 0, statements)),
  });
  await expect(visitor.orders.pay({ ...link, token: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { redirectUrl } = await visitor.orders.pay(link);
  await payOnHostedPage(redirectUrl, '4242424242424242');
  await visitor.orders.paymentReturned(link);
  await visitor.orders.paymentReturned(link);
  expect((await visitor.orders.get(link)).paymentStatus).toBe('paid');
  expect([...paid].filter(([path]) => path !== 'orders.get')).toEqual([
    ['orders.pay', 6],
    ['orders.paymentReturned', 11],
  ]);
});
