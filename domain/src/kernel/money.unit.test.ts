import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, RATE_SCALE, shareOf, sumAmounts } from './money.ts';

const amount = fc.integer({ min: 0, max: 10_000_000_00 });
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 });

test('allocation conserves money to the cent', () => {
  fc.assert(fc.property(amount, weights, (total, shares) => sumAmounts(allocate(total, shares)) === total));
});

test('no part is further than one unit from its exact share', () => {
  fc.assert(
    fc.property(amount, weights, (total, shares) => {
      const whole = sumAmounts(shares);
      if (whole === 0) return;
      allocate(total, shares).forEach((part, index) => {
        const exact = (BigInt(total) * BigInt(shares[index] ?? 0)) / BigInt(whole);
        const distance = BigInt(part) - exact;
        expect(distance === 0n || distance === 1n).toBe(true);
      });
    }),
  );
});

test('a weight of zero gets nothing while others have any', () => {
  fc.assert(
    fc.property(amount, weights, (total, shares) => {
      const parts = allocate(total, [...shares, 1, 0]);
      expect(parts.at(-1)).toBe(0);
    }),
  );
});

test('what is left over goes to the largest remainders, the earlier of equals first', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(5, [3, 7])).toEqual([2, 3]);
  expect(allocate(7, [0, 0])).toEqual([4, 3]);
  expect(() => allocate(1, [])).toThrow(RangeError);
});

test('a share is rounded half up, without a float', () => {
  expect(shareOf(4_000, 72_500)).toBe(290);
  expect(shareOf(1, 500_000)).toBe(1);
  expect(shareOf(1, 499_999)).toBe(0);
  expect(shareOf(-1, 500_000)).toBe(0);
  expect(shareOf(-3, 500_000)).toBe(-1);
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: RATE_SCALE }), (total, rate) => {
      const exact = BigInt(total) * BigInt(rate);
      const error = BigInt(shareOf(total, rate)) * BigInt(RATE_SCALE) - exact;
      return error * 2n <= BigInt(RATE_SCALE) && error * 2n > -BigInt(RATE_SCALE);
    }),
  );
});

test('a sum that no integer holds exactly is refused', () => {
  expect(() => sumAmounts([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
});
