import { describe, expect, it } from 'vitest';
import {
  cardName,
  count,
  decimalAmount,
  formatDays,
  formatLimit,
  formatMoney,
  parseAmount,
} from './format.ts';

describe('money', () => {
  it.each([
    [{ amount: 1250, currency: 'USD' }, '$12.50', '12.50'],
    [{ amount: 0, currency: 'USD' }, '$0.00', '0.00'],
    [{ amount: 123456789, currency: 'GBP' }, '£1,234,567.89', '1234567.89'],
    [{ amount: -590, currency: 'EUR' }, '-€5.90', '-5.90'],
  ] as const)('writes %j as %s for people and %s for machines', (money, forPeople, forMachines) => {
    expect(formatMoney(money)).toBe(forPeople);
    expect(decimalAmount(money)).toBe(forMachines);
  });

  it('leaves out cents that are none where a price is a limit', () => {
    expect(formatLimit({ amount: 4000, currency: 'USD' })).toBe('$40');
    expect(formatLimit({ amount: 1250, currency: 'USD' })).toBe('$12.50');
  });

  it.each([
    ['12', 1200],
    ['12.5', 1250],
    ['12,50', 1250],
    [' 0.1 ', 10],
    ['19.99', 1999],
    ['', null],
    ['abc', null],
    ['-1', null],
    ['Infinity', null],
  ])('reads %j as %j cents', (text, amount) => {
    expect(parseAmount(text, 'USD')).toBe(amount);
  });
});

describe('words', () => {
  it('counts in singular and plural', () => {
    expect(count(1, 'product')).toBe('1 product');
    expect(count(0, 'product')).toBe('0 products');
    expect(count(1200, 'product')).toBe('1,200 products');
  });

  it('writes a range of days', () => {
    expect(formatDays(2, 4)).toBe('2–4 days');
    expect(formatDays(1, 1)).toBe('1 day');
  });

  it('names cards as people do', () => {
    expect(cardName({ brand: 'amex', last4: '0005' })).toBe('American Express ending in 0005');
    expect(cardName({ brand: 'unheard', last4: '1111' })).toBe('Card ending in 1111');
  });
});
