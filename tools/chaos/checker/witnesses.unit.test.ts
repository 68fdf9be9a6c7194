import { expect, test } from 'vitest';
import { believeShoppers } from './believe-shoppers.ts';
import { compareMails } from './check-mails.ts';

const visit = { email: 'ada@example.com', ended: 'bought', why: '', orders: [{ number: 'SK-1' }] };
const orders = [{ id: 'a1', number: 'SK-1', email: 'ada@example.com' }];

test('a shopper who has what they were told of', () => {
  expect(believeShoppers([visit], orders)).toEqual([]);
});

test('an order that is not there, somebody else’s, a second one, and an answer that makes no sense', () => {
  expect(believeShoppers([visit], [])).toHaveLength(1);
  expect(believeShoppers([visit], [{ number: 'SK-1', email: 'eve@example.com' }])).toHaveLength(1);
  const second = { number: 'SK-2', email: 'ada@example.com' };
  const twice = { ...visit, orders: [{ number: 'SK-1' }, { number: 'SK-2' }] };
  expect(believeShoppers([twice], [...orders, second])).toMatchObject([
    { claim: 'a shopper is told of one order' },
  ]);
  expect(believeShoppers([{ ...visit, ended: 'startled', why: 'null' }], orders)).toHaveLength(1);
});

const queued = { key: 'order-confirmation:a1', status: 'sent' };
const caught = {
  messageId: '<order-confirmation.a1@shop.test>',
  to: ['ada@example.com'],
  subject: 'Your order SK-1',
};

test('a confirmation that arrived, and a second copy of it that every mailbox drops', () => {
  expect(compareMails(orders, [queued], [caught, caught])).toEqual([]);
});

test('mails that were never written, wait, got lost, or were written twice', () => {
  const claimsOf = (...books: Parameters<typeof compareMails>) =>
    compareMails(...books).map(({ claim }) => claim);
  expect(claimsOf(orders, [], [])).toEqual(['each order is confirmed by mail']);
  expect(claimsOf(orders, [{ ...queued, status: 'queued' }], [])).toEqual(['each mail arrives']);
  expect(claimsOf(orders, [queued], [])).toEqual(['each mail arrives']);
  const another = { ...caught, messageId: '<order-confirmation.b2@shop.test>' };
  expect(claimsOf(orders, [queued], [caught, another])).toEqual(['each mail is written once']);
});
