import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDomainError } from '../kernel/index.ts';
import { plainDraft, type Wares } from '../testing/index.ts';
import { applyOrderEvent, foldOrder, type OrderState } from './apply-order-event.ts';
import { happenings, type OrderEvent, type OrderHappening, orderEvent } from './history.ts';
import { lineRowsOf, rowOf } from './order-rows.ts';
import { anyDraft, anyHappening } from './testing/random-orders.ts';

const id = '01900000-0000-7000-8000-0000000000aa';
const wares: Wares = { variantId: id, productId: id, handle: 'thing', sellerId: id };

/** An order of 10.00, as it begins. */
function beginning(draft = plainDraft(wares)): OrderHappening {
  const { lines, payment, card: _, ...order } = draft;
  return {
    type: 'ORDER_CREATED',
    data: {
      ...order,
      number: 'SK-2026-000001',
      checkoutId: id,
      reservationId: id,
      lines: lines.map((line) => ({ id, ...line })),
      payment: {
        method: payment?.method ?? 'card',
        detail: payment?.detail ?? null,
        dueAmount: payment?.dueAmount ?? order.totalAmount,
      },
    },
  };
}

function entry({ type, data }: OrderHappening, version: number): OrderEvent {
  const occurredAt = new Date(Date.UTC(2026, 2, 1, 12, 0, version));
  return orderEvent.parse({ type, data: happenings[type].parse(data), orderId: id, version, occurredAt });
}

const historyOf = (happened: readonly OrderHappening[]) =>
  happened.map((one, index) => entry(one, index + 1));
const after = (...happened: OrderHappening[]) => foldOrder(historyOf([beginning(), ...happened]));

const authorised: OrderHappening = { type: 'PAYMENT_AUTHORIZED', data: { amount: 1_000 } };
const captured: OrderHappening = { type: 'PAYMENT_CAPTURED', data: { amount: 1_000 } };
const voided: OrderHappening = { type: 'PAYMENT_VOIDED', data: {} };
const cancelled: OrderHappening = {
  type: 'ORDER_CANCELLED',
  data: { reason: 'requested', by: 'buyer', requestId: null },
};
const received = (amount: number, requestId = 'r'): OrderHappening => ({
  type: 'PAYMENT_RECEIVED',
  data: { amount, reference: '', requestId },
});
const refunded = (amount: number, refundId = 're_1'): OrderHappening => ({
  type: 'PAYMENT_REFUNDED',
  data: { amount, refundId },
});

const failed = (amount: number, refundId = 're_1'): OrderHappening => ({
  type: 'REFUND_FAILED',
  data: { amount, refundId },
});
const disputed: OrderHappening = {
  type: 'PAYMENT_DISPUTED',
  data: { amount: 1_000, disputeId: 'dp_1', reason: 'fraudulent' },
};
const lost: OrderHappening = { type: 'DISPUTE_CLOSED', data: { disputeId: 'dp_1', outcome: 'lost' } };

describe('what an order is after', () => {
  test.each<[string, OrderHappening[], Partial<OrderState>]>([
    ['its creation', [], { status: 'placed', paymentStatus: 'awaiting', paidAmount: 0, version: 1 }],
    ['the bank’s word', [authorised], { paymentStatus: 'authorised', paidAmount: 0 }],
    ['the capture', [authorised, captured], { paymentStatus: 'paid', paidAmount: 1_000 }],
    ['a capture without a word before', [captured], { paymentStatus: 'paid' }],
    ['a part of a transfer', [received(400)], { paymentStatus: 'awaiting', paidAmount: 400, paidAt: null }],
    ['all parts', [received(400, 'a'), received(600, 'b')], { paymentStatus: 'paid', paidAmount: 1_000 }],
    ['a part sent back', [captured, refunded(1)], { paymentStatus: 'partially_refunded', refundedAmount: 1 }],
    ['all sent back', [captured, refunded(1), refunded(999, 're_2')], { paymentStatus: 'refunded' }],
    ['being called off unpaid', [cancelled], { status: 'cancelled', paymentStatus: 'voided' }],
    [
      'being called off while held',
      [authorised, cancelled],
      { status: 'cancelled', paymentStatus: 'authorised' },
    ],
    ['letting go', [authorised, cancelled, voided], { status: 'cancelled', paymentStatus: 'voided' }],
    ['being called off when paid', [captured, cancelled], { status: 'cancelled', paymentStatus: 'paid' }],
    [
      'money that came too late',
      [authorised, cancelled, captured],
      { status: 'cancelled', paymentStatus: 'paid' },
    ],
    ['and went back', [authorised, cancelled, captured, refunded(1_000)], { paymentStatus: 'refunded' }],
    [
      'a refund that did not arrive',
      [captured, refunded(1_000), failed(1_000)],
      { paymentStatus: 'paid', refundedAmount: 0, failedRefunds: ['re_1'] },
    ],
    [
      'one of two that did not',
      [captured, refunded(600), refunded(400, 're_2'), failed(600)],
      { paymentStatus: 'partially_refunded', refundedAmount: 400 },
    ],
    [
      'the next try',
      [captured, refunded(1_000), failed(1_000), refunded(1_000, 're_2')],
      { paymentStatus: 'refunded', refundedAmount: 1_000 },
    ],
    [
      'a part paid, called off, sent back, and back again',
      [received(400), cancelled, refunded(400), failed(400)],
      { paymentStatus: 'awaiting', paidAmount: 400, refundedAmount: 0 },
    ],
    [
      'a dispute',
      [captured, disputed],
      { paymentStatus: 'paid', disputes: [{ disputeId: 'dp_1', outcome: null }] },
    ],
    [
      'its end',
      [captured, disputed, lost],
      { paymentStatus: 'paid', disputes: [{ disputeId: 'dp_1', outcome: 'lost' }] },
    ],
    [
      'a part paid, called off, sent back',
      [received(400), cancelled, refunded(400)],
      { paymentStatus: 'refunded' },
    ],
  ])('%s', (_, happened, expected) => {
    expect(after(...happened)).toMatchObject(expected);
  });

  test('gift cards pay for all of it: it is paid, and refunded when called off', () => {
    const draft = plainDraft(wares, {
      giftCardAmount: 1_000,
      payment: { method: 'gift_card', status: 'paid', detail: null, dueAmount: 0 },
    });
    const paid = foldOrder(historyOf([beginning(draft)]));
    expect(paid).toMatchObject({ paymentStatus: 'paid', paidAmount: 0, paidAt: expect.any(Date) });
    expect(applyOrderEvent(paid, entry(cancelled, 2))).toMatchObject({ paymentStatus: 'refunded' });
  });
});

describe('what cannot happen', () => {
  test.each<[string, OrderHappening[], string]>([
    ['a second beginning', [beginning()], 'exists'],
    [
      'a bank’s word for another sum',
      [{ type: 'PAYMENT_AUTHORIZED', data: { amount: 999 } }],
      'wrong_amount',
    ],
    ['a capture of another sum', [{ type: 'PAYMENT_CAPTURED', data: { amount: 999 } }], 'wrong_amount'],
    ['being paid twice', [captured, captured], 'paid_already'],
    ['more than is due', [received(400), received(601, 'b')], 'overpaid'],
    ['the same receipt twice', [received(400), received(400)], 'repeated'],
    ['a receipt for what is paid', [captured, received(1)], 'not_awaiting'],
    ['a receipt for what is called off', [cancelled, received(1)], 'not_awaiting'],
    ['more back than was paid', [captured, refunded(1_001)], 'more_than_paid'],
    ['the same refund twice', [captured, refunded(1), refunded(1)], 'repeated'],
    ['money back that never came', [refunded(1)], 'more_than_paid'],
    ['a refund that never was coming back', [captured, failed(1)], 'never_refunded'],
    ['the same refund coming back twice', [captured, refunded(500), failed(500), failed(500)], 'repeated'],
    ['more coming back than went', [captured, refunded(500), failed(501)], 'more_than_refunded'],
    ['the same dispute twice', [captured, disputed, disputed], 'repeated'],
    ['the end of a dispute that never was', [captured, lost], 'never_disputed'],
    ['a dispute that ends twice', [captured, disputed, lost, lost], 'closed_already'],
    ['letting go of nothing', [voided], 'nothing_held'],
    ['letting go of what was taken', [authorised, captured, voided], 'nothing_held'],
    ['being called off twice', [cancelled, cancelled], 'cancelled_already'],
    ['a reminder for what is paid', [captured, { type: 'PAYMENT_REMINDED', data: {} }], 'not_awaiting'],
  ])('%s', (_, happened, reason) => {
    expect(() => after(...happened)).toThrow(expect.objectContaining({ code: 'conflict', data: { reason } }));
  });

  test('a history with a gap, twice the same entry, or without a beginning', () => {
    const [first, second] = historyOf([beginning(), authorised, captured]);
    const third = entry(captured, 3);
    if (!first || !second) throw new Error('no history');
    expect(() => foldOrder([first, third])).toThrow('out_of_order');
    expect(() => foldOrder([first, second, second])).toThrow('out_of_order');
    expect(() => foldOrder([second])).toThrow('no_order');
    expect(() => foldOrder([])).toThrow('without a beginning');
  });
});

test('whatever happens, in whatever order: sums stay possible, what is over stays over, and history tells it all again', () => {
  const histories = anyDraft(wares, plainDraft).chain((draft) =>
    fc.tuple(fc.constant(draft), fc.array(anyHappening(draft.payment?.dueAmount ?? 0), { maxLength: 14 })),
  );
  fc.assert(
    fc.property(histories, ([draft, wishes]) => {
      let order = foldOrder(historyOf([beginning(draft)]));
      const history: OrderEvent[] = [entry(beginning(draft), 1)];
      for (const wish of wishes) {
        const next = attempt(order, entry(wish, order.version + 1));
        if (next === null) continue;
        history.push(entry(wish, order.version + 1));
        checkStep(order, next);
        order = next;
      }
      expect(foldOrder(history)).toEqual(order);
      const reread = history.map((event) =>
        orderEvent.parse({ ...event, data: JSON.parse(JSON.stringify(event.data)) }),
      );
      expect(rowOf(foldOrder(reread))).toEqual(rowOf(order));
      expect(lineRowsOf(foldOrder(reread))).toEqual(lineRowsOf(order));
    }),
    { numRuns: 500 },
  );
});

function attempt(order: OrderState, event: OrderEvent): OrderState | null {
  try {
    return applyOrderEvent(order, event);
  } catch (error) {
    if (isDomainError(error, 'conflict')) return null;
    throw error;
  }
}

function checkStep(before: OrderState, after: OrderState): void {
  const { dueAmount } = after.created.payment;
  expect(after.version).toBe(before.version + 1);
  if (after.failedRefunds.length === before.failedRefunds.length)
    expect(after.refundedAmount).toBeGreaterThanOrEqual(before.refundedAmount);
  expect(after.refundedAmount).toBeGreaterThanOrEqual(0);
  expect(after.paidAmount).toBeGreaterThanOrEqual(before.paidAmount);
  expect(after.refundedAmount).toBeLessThanOrEqual(after.paidAmount);
  expect(after.paidAmount).toBeLessThanOrEqual(dueAmount);
  expect(after.paidAt !== null).toBe(after.paidAmount === dueAmount);
  if (before.status === 'cancelled') expect(after.status).toBe('cancelled');
  if (after.paymentStatus === 'voided') expect(after.paidAmount).toBe(0);
  expect(after.created.totalAmount).toBe(before.created.totalAmount);
}
