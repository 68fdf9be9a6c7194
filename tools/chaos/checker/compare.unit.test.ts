import { describe, expect, test } from 'vitest';
import { compareShopWithProvider } from './compare.ts';
import type { OrderFacts, PaymentFacts, ProviderIntent, ShopBooks } from './model.ts';

const order: OrderFacts = {
  id: 'order-1',
  number: 'SK-1',
  email: 'ada@example.com',
  checkoutId: 'checkout-1',
  status: 'placed',
  paymentStatus: 'paid',
  currency: 'USD',
  dueAmount: 2_500,
  reservation: { status: 'allocated', matchesLines: true },
};
const payment: PaymentFacts = {
  orderId: 'order-1',
  checkoutId: 'checkout-1',
  method: 'card',
  status: 'captured',
  intentId: 'pi_1',
  capturedAmount: 2_500,
  refundedAmount: 0,
};
const intent: ProviderIntent = {
  id: 'pi_1',
  status: 'succeeded',
  checkoutId: 'checkout-1',
  orderId: null,
  currency: 'USD',
  amount: 2_500,
  held: 0,
  captured: 2_500,
  refunded: 0,
  charges: 1,
};
const shop: ShopBooks = {
  orders: [order],
  payments: [payment],
  checkouts: [{ id: 'checkout-1', status: 'placed' }],
};

const withOrder = (changes: Partial<OrderFacts>): ShopBooks => ({
  ...shop,
  orders: [{ ...order, ...changes }],
});
const withPayment = (changes: Partial<PaymentFacts>): ShopBooks => ({
  ...shop,
  payments: [{ ...payment, ...changes }],
});
const claims = (books: ShopBooks, intents: readonly ProviderIntent[]) => [
  ...new Set(compareShopWithProvider(books, intents).map(({ claim }) => claim)),
];

test('books that agree', () => {
  expect(compareShopWithProvider(shop, [intent])).toEqual([]);
});

test('what was given back belongs to nobody any more', () => {
  const returned = { ...intent, id: 'pi_2', checkoutId: 'checkout-2', refunded: 2_500 };
  expect(compareShopWithProvider(shop, [intent, returned])).toEqual([]);
});

describe('books that are broken', () => {
  const charged = 'nobody is charged without an order';
  const twice = 'nobody is charged twice';
  const has = 'each order has its money, or awaits it';
  test.each<[string, ShopBooks, readonly ProviderIntent[], readonly string[]]>([
    ['a charge without an order', { ...shop, orders: [], payments: [] }, [intent], [charged]],
    [
      'money that is held for nobody',
      shop,
      [intent, { ...intent, id: 'pi_2', checkoutId: 'checkout-9', held: 900, captured: 0, charges: 1 }],
      [charged],
    ],
    ['a second charge for one checkout', shop, [intent, { ...intent, id: 'pi_2' }], [charged, twice]],
    ['one intent that was charged twice', shop, [{ ...intent, charges: 2 }], [twice]],
    ['more taken than asked for', shop, [{ ...intent, captured: 5_000 }], [twice, has]],
    [
      'an order paid with the money of another checkout',
      shop,
      [{ ...intent, checkoutId: 'checkout-2' }],
      ['money pays for what it was asked for'],
    ],
    [
      'an order that costs something else',
      withOrder({ dueAmount: 2_400 }),
      [intent],
      ['an order costs what was asked for'],
    ],
    ['a paid order without a payment', { ...shop, payments: [] }, [], [has]],
    ['a paid order that the provider never charged', shop, [], [has]],
    ['a paid order whose money was only held', shop, [{ ...intent, held: 2_500, captured: 0 }], [has]],
    [
      'an order whose money was never taken',
      withOrder({ paymentStatus: 'authorised' }),
      [{ ...intent, held: 2_500, captured: 0 }],
      [has],
    ],
    ['a refund that the shop does not know', shop, [{ ...intent, refunded: 500 }], [has]],
    ['a refund that never reached the provider', withPayment({ refundedAmount: 500 }), [intent], [has]],
    [
      'a cancelled order whose money was kept',
      withOrder({ status: 'cancelled', reservation: { status: 'released', matchesLines: true } }),
      [intent],
      [charged, has],
    ],
    [
      'a cancelled order whose units never came back',
      {
        ...withOrder({ status: 'cancelled' }),
        payments: [{ ...payment, refundedAmount: 2_500 }],
      },
      [{ ...intent, refunded: 2_500 }],
      ['the units of an order are released'],
    ],
    [
      'an order whose units were given back',
      withOrder({ reservation: { status: 'expired', matchesLines: true } }),
      [intent],
      ['the units of an order are allocated'],
    ],
    [
      'an order that holds other units than it sold',
      withOrder({ reservation: { status: 'allocated', matchesLines: false } }),
      [intent],
      ['the units of an order are allocated'],
    ],
    [
      'a checkout that is left placing',
      { ...shop, checkouts: [...shop.checkouts, { id: 'checkout-2', status: 'placing' }] },
      [intent],
      ['no checkout is left placing'],
    ],
    [
      'two orders of one checkout',
      {
        ...shop,
        orders: [order, { ...order, id: 'order-2', number: 'SK-2', paymentStatus: 'awaiting' }],
        payments: [
          payment,
          {
            ...payment,
            orderId: 'order-2',
            method: 'bank_transfer',
            status: 'awaiting',
            intentId: null,
            capturedAmount: 0,
          },
        ],
      },
      [intent],
      ['a checkout becomes one order'],
    ],
  ])('%s', (_what, books, intents, wanted) => {
    expect(claims(books, intents).toSorted()).toEqual(wanted.toSorted());
  });
});
