import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addSeconds,
  type Context,
  createContext,
  guest,
  type StoredEvent,
  withActor,
} from '../kernel/index.ts';
import {
  brokenInvariants,
  createTestClock,
  createTestDomain,
  mailsTo,
  plainDraft,
  signUp,
  someWares,
  type TestDomain,
  type Wares,
  writeOrder,
} from '../testing/index.ts';
import {
  cancelMyOrder,
  cancelOrder,
  chaseUnpaidOrders,
  getOrder,
  markOrderPaid,
  type OrderDraft,
  orderCancelled,
  orderToken,
  type PaymentMethod,
  readOrder,
  receivePayment,
  recordRefund,
  recordVoid,
  sendOrderLink,
} from './index.ts';

const clock = createTestClock(new Date('2026-03-01T12:00:00Z'));
const DAY = 24 * 60 * 60;

let shop: TestDomain;
let wares: Wares;
let staff: Context;
beforeAll(async () => {
  shop = await createTestDomain({ env: { SHOP_BANK_IBAN: 'DE89 3704 0044 0532 0130 00' }, parts: { clock } });
  wares = await someWares(shop.ctx);
  staff = (await signUp(shop.ctx, { role: 'admin' })).ctx;
});
afterAll(() => shop?.close());

async function anOrder(method: PaymentMethod = 'bank_transfer', changes: Partial<OrderDraft> = {}) {
  const email = `${crypto.randomUUID()}@example.com`;
  const status = method === 'card' ? 'authorised' : 'awaiting';
  const draft = plainDraft(wares, {
    email,
    payment: { method, status, detail: null, dueAmount: 1_000 },
    ...changes,
  });
  const order = await writeOrder(shop.ctx, draft);
  return { ...order, email, token: orderToken(shop.ctx, order.id) };
}

const pay = (orderId: string, amount: number, requestId = crypto.randomUUID()) =>
  receivePayment(staff, { orderId, amount, reference: 'from Ada', requestId });

async function toldOf(orderId: string): Promise<Pick<StoredEvent, 'type' | 'payload'>[]> {
  return shop.ctx.db
    .selectFrom('events')
    .select(['type', 'payload'])
    .where('aggregate_id', '=', orderId)
    .orderBy('position')
    .execute();
}

/** The mails of an order, once the worker has run. */
async function mailsOf(email: string): Promise<string[]> {
  await shop.runJobs();
  return (await mailsTo(shop.ctx, email)).map((mail) => mail.template);
}

describe('money that comes in', () => {
  test('in parts pays the order with the last; a repeated form counts once', async () => {
    const { id, email } = await anOrder();
    const requestId = crypto.randomUUID();
    expect(await pay(id, 400, requestId)).toEqual({ openAmount: 600, isPaid: false });
    expect(await pay(id, 400, requestId)).toEqual({ openAmount: 600, isPaid: false });
    expect(await readOrder(shop.ctx, id)).toMatchObject({
      paymentStatus: 'awaiting',
      payment: { open: { amount: 600 }, transfer: { iban: 'DE89370400440532013000' } },
    });
    expect(await pay(id, 600)).toEqual({ openAmount: 0, isPaid: true });
    expect(await readOrder(shop.ctx, id)).toMatchObject({
      paymentStatus: 'paid',
      payment: { open: { amount: 0 }, transfer: null },
    });
    expect((await toldOf(id)).map((event) => event.type)).toEqual(['order.placed', 'order.paid']);
    expect(await mailsOf(email)).toEqual(['order-confirmation', 'order-paid']);
  });

  test('is refused when it is more than is open, when nothing is, and to those who may not', async () => {
    const { id } = await anOrder();
    await expect(pay(id, 1_001)).rejects.toMatchObject({
      code: 'conflict',
      data: { reason: 'overpaid', openAmount: 1_000 },
    });
    await pay(id, 1_000);
    await expect(pay(id, 1)).rejects.toMatchObject({ data: { reason: 'not_awaiting' } });
    const { id: held } = await anOrder('card');
    await expect(pay(held, 1_000)).rejects.toMatchObject({ data: { reason: 'not_awaiting' } });
    const input = { orderId: id, amount: 1, reference: '', requestId: crypto.randomUUID() };
    const support = (await signUp(shop.ctx, { role: 'support' })).ctx;
    await expect(receivePayment(support, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(pay(shop.ctx.ids.next(), 1)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('20 times at once of a fifth each: five count', async () => {
    const { id } = await anOrder();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => pay(id, 200)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(5);
    expect((await toldOf(id)).map((event) => event.type)).toEqual(['order.placed', 'order.paid']);
  });
});

describe('an order that is called off', () => {
  test('by its buyer, as often as they ask: once, and those who hold something for it are told what', async () => {
    const { id, number, token, email } = await anOrder('card', {
      giftCards: [{ giftCardId: shop.ctx.ids.next(), last4: 'AB12', amount: 100 }],
      giftCardAmount: 100,
      payment: { method: 'card', status: 'authorised', detail: null, dueAmount: 900 },
    });
    const buyer = withActor(shop.ctx, guest);
    expect((await getOrder(buyer, { number, token })).isCancellable).toBe(true);
    await Promise.all(Array.from({ length: 10 }, () => cancelMyOrder(buyer, { number, token })));
    const told = await toldOf(id);
    expect(told.map((event) => event.type)).toEqual(['order.placed', 'order.cancelled']);
    expect(orderCancelled.schema.parse(told[1]?.payload)).toMatchObject({
      number,
      reason: 'requested',
      by: 'buyer',
      paymentMethod: 'card',
      paymentStatus: 'authorised',
      refundableAmount: 0,
      giftCardAmount: 100,
    });
    await shop.ctx.transaction((tx) => recordVoid(tx, id));
    await shop.ctx.transaction((tx) => recordVoid(tx, id));
    expect(await readOrder(shop.ctx, id)).toMatchObject({
      status: 'cancelled',
      paymentStatus: 'voided',
      isCancellable: false,
      cancelReason: 'requested',
    });
    expect(await mailsOf(email)).toEqual(expect.arrayContaining(['order-confirmation', 'order-cancelled']));
  });

  test('only by its buyer or staff, and by its buyer not long after it was paid', async () => {
    const { id, number, token } = await anOrder();
    const stranger = await signUp(shop.ctx);
    for (const [ctx, withToken] of [
      [withActor(shop.ctx, guest), null],
      [withActor(shop.ctx, guest), 'forged'],
      [stranger.ctx, null],
    ] as const) {
      await expect(cancelMyOrder(ctx, { number, token: withToken })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(cancelOrder(ctx, { orderId: id, reason: 'mistake' })).rejects.toMatchObject({
        code: ctx === stranger.ctx ? 'forbidden' : 'unauthenticated',
      });
    }
    await pay(id, 1_000);
    const later = createContext({
      ...shop.ctx,
      clock: { now: () => addSeconds(clock.now(), 61 * 60) },
      actor: guest,
    });
    await expect(cancelMyOrder(later, { number, token })).rejects.toMatchObject({
      data: { reason: 'too_late' },
    });
    await cancelOrder(staff, { orderId: id, reason: 'out_of_stock' });
    const told = orderCancelled.schema.parse((await toldOf(id)).at(-1)?.payload);
    expect(told).toMatchObject({ by: 'staff', paymentStatus: 'paid', refundableAmount: 1_000 });
  });

  test('while its money was being taken is told of again, with what is to be given back', async () => {
    const { id } = await anOrder('card');
    await cancelOrder(staff, { orderId: id, reason: 'fraud' });
    await shop.ctx.transaction((tx) => markOrderPaid(tx, id, 1_000));
    await shop.ctx.transaction((tx) => markOrderPaid(tx, id, 1_000));
    const told = (await toldOf(id)).map(({ type, payload }) => [
      type,
      orderCancelled.schema.safeParse(payload).data?.refundableAmount,
    ]);
    expect(told).toEqual([
      ['order.placed', undefined],
      ['order.cancelled', 0],
      ['order.cancelled', 1_000],
    ]);
    const refund = { amount: 1_000, refundId: 're_1' };
    await shop.ctx.transaction((tx) => recordRefund(tx, id, refund));
    await shop.ctx.transaction((tx) => recordRefund(tx, id, refund));
    expect(await readOrder(shop.ctx, id)).toMatchObject({
      paymentStatus: 'refunded',
      payment: { refunded: { amount: 1_000 } },
    });
  });
});

describe('an order that is not paid', () => {
  const inDays = (days: number) =>
    createContext({ ...shop.ctx, clock: { now: () => addSeconds(clock.now(), days * DAY) } });

  test.each<[PaymentMethod, number, number | null]>([
    ['bank_transfer', 5, 7],
    ['pay_link', 1, 3],
    ['cash_on_collection', 5, 7],
    ['invoice', 15, null],
  ])(
    'by %s is reminded of once after %s days, and lapses after %s',
    async (method, remindedAfter, lapsesAfter) => {
      const { id, email } = await anOrder(method);
      const statusAfter = async (days: number) => {
        await Promise.all([chaseUnpaidOrders(inDays(days)), chaseUnpaidOrders(inDays(days))]);
        const { status, history } = await readOrder(shop.ctx, id);
        return [status, history.filter((event) => event.type === 'PAYMENT_REMINDED').length];
      };
      expect(await statusAfter(remindedAfter - 0.01)).toEqual(['placed', 0]);
      expect(await statusAfter(remindedAfter)).toEqual(['placed', 1]);
      expect(await statusAfter(remindedAfter + 1)).toEqual(['placed', 1]);
      const end = lapsesAfter ?? 400;
      expect(await statusAfter(end - 0.01)).toEqual(['placed', 1]);
      expect(await statusAfter(end)).toEqual([lapsesAfter === null ? 'placed' : 'cancelled', 1]);
      const mails = await mailsOf(email);
      expect(mails.filter((template) => template === 'order-cancelled')).toHaveLength(
        lapsesAfter === null ? 0 : 1,
      );
    },
  );

  test('is not called off when a part of it came in', async () => {
    const { id, email } = await anOrder();
    await pay(id, 1);
    await chaseUnpaidOrders(inDays(30));
    expect(await readOrder(shop.ctx, id)).toMatchObject({ status: 'placed', paymentStatus: 'awaiting' });
    const reminders = async () => (await mailsOf(email)).filter((template) => template === 'order-reminder');
    expect(await reminders()).toHaveLength(1);
  });
});

test('a lost link comes by mail to whoever placed the order, once an hour, and nobody is told whether there is one', async () => {
  const { number, email } = await anOrder();
  const visitor = withActor(shop.ctx, guest);
  await sendOrderLink(visitor, { number, email: 'stranger@example.com' });
  await sendOrderLink(visitor, { number: 'SK-1999-000001', email });
  expect(await mailsOf(email)).not.toContain('order-link');
  for (let again = 0; again < 5; again += 1) {
    await sendOrderLink(visitor, { number: ` ${number.toLowerCase()} `, email: ` ${email.toUpperCase()}` });
  }
  expect((await mailsOf(email)).filter((template) => template === 'order-link')).toHaveLength(1);
});

test('after all of this every order shows what its history adds up to', async () => {
  const broken = await brokenInvariants(shop.ctx);
  expect(broken.filter((claim) => claim.includes('history'))).toEqual([]);
});
