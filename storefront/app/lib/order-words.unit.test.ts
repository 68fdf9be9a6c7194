import { describe, expect, test } from 'vitest';
import type { Order } from './bff-types.ts';
import {
  groupedIban,
  nextSteps,
  orderHeadline,
  orderStanding,
  paymentSentence,
  promiseWords,
} from './order-words.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' }) as const;

type Standing = Parameters<typeof paymentSentence>[0];

function standing(changes: Partial<Standing> = {}, payment: Partial<Order['payment']> = {}): Standing {
  return {
    status: 'placed',
    paymentStatus: 'awaiting',
    total: usd(1_000),
    shippingMethod: {
      ...{ code: '', kind: 'delivery', name: 'Standard', minDays: 2, maxDays: 4 },
      ...{ earliest: null, latest: null, pickup: null },
    },
    payment: {
      ...{ method: 'bank_transfer', detail: null, due: usd(1_000), paid: usd(0), refunded: usd(0) },
      ...{ open: usd(1_000), dueAt: new Date('2026-03-08T12:00:00Z'), paidAt: null, transfer: null },
      ...payment,
    },
    ...changes,
  };
}

const card = { method: 'card', detail: { type: 'card', brand: 'visa', last4: '4242' } } as const;

describe('what becomes of the money', () => {
  test.each<[string, Standing]>([
    ['Waiting for your transfer of $10.00 by March 8, 2026.', standing()],
    [
      'Waiting for your transfer of $6.00 by March 8, 2026. We have $4.00 of $10.00.',
      standing({}, { paid: usd(400), open: usd(600) }),
    ],
    ['By invoice: $10.00 by March 8, 2026.', standing({}, { method: 'invoice' })],
    ['You pay $10.00 when you fetch it by March 8, 2026.', standing({}, { method: 'cash_on_collection' })],
    ['Waiting for your payment of $10.00 by March 8, 2026.', standing({}, { method: 'pay_link' })],
    ['Visa ending in 4242: charged in a moment.', standing({ paymentStatus: 'authorised' }, card)],
    ['Paid: Visa ending in 4242.', standing({ paymentStatus: 'paid' }, card)],
    ['We sent $10.00 back to you.', standing({ paymentStatus: 'refunded' }, { refunded: usd(1_000) })],
    ['Nothing was charged.', standing({ status: 'cancelled', paymentStatus: 'voided' })],
    [
      'Your bank set the money aside and lets go of it within days.',
      standing({ status: 'cancelled', paymentStatus: 'authorised' }, card),
    ],
    [
      'We send $7.00 back to you.',
      standing(
        { status: 'cancelled', paymentStatus: 'partially_refunded' },
        { paid: usd(1_000), refunded: usd(300) },
      ),
    ],
  ])('%s', (sentence, order) => {
    expect(paymentSentence(order)).toBe(sentence);
  });
});

test('steps begin with the payment where things wait for it, and none are left for an order that is over', () => {
  expect(nextSteps(standing())[0]).toMatch(/^Transfer the sum/);
  expect(nextSteps(standing({}, { method: 'cash_on_collection' }))[0]).toMatch(/^We pack/);
  expect(nextSteps(standing({ paymentStatus: 'paid' }))[1]).toContain('2 to 4 working days');
  expect(nextSteps(standing({ status: 'cancelled' }))).toEqual([]);
});

test('the rest of the words', () => {
  expect(orderHeadline({ status: 'placed', paymentStatus: 'paid' }, 'Ada')).toBe('Thank you, Ada.');
  expect(orderHeadline({ status: 'placed', paymentStatus: 'awaiting' }, '')).toBe('Almost there.');
  expect(orderStanding({ status: 'placed', paymentStatus: 'awaiting', paymentMethod: 'pay_link' })).toBe(
    'Waiting for payment',
  );
  expect(groupedIban('DE89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00');
  expect(promiseWords({ promise: 'in_stock', shipsAt: null })).toBeNull();
  expect(promiseWords({ promise: 'backorder', shipsAt: new Date('2026-05-01') })).toBe(
    'On back order: leaves about May 1, 2026',
  );
});
