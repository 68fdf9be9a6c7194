import { describe, expect, it } from 'vitest';
import { percentOff } from './price.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

describe('percent off', () => {
  it.each([
    [1500, 2000, 25],
    [2400, 3000, 20],
    [1990, 2990, 33],
    // 33.99 % is not 34
    [6601, 10_000, 33],
    [9_901, 10_000, 0],
    [9_999, 10_000, 0],
    [1, 10_000_000_000, 99],
    [0, 1990, 100],
  ])('of %i instead of %i is %i', (now, before, percent) => {
    expect(percentOff(eur(now), eur(before))).toBe(percent);
  });

  it('is none where nothing is reduced, or the currencies differ', () => {
    expect(percentOff(eur(1000), null)).toBe(0);
    expect(percentOff(eur(1000), eur(1000))).toBe(0);
    expect(percentOff(eur(1000), eur(900))).toBe(0);
    expect(percentOff(eur(1000), { amount: 2000, currency: 'USD' })).toBe(0);
  });

  it('never promises more than there is, and misses less than one percent', () => {
    for (let before = 1; before < 20_000_000; before = before * 3 + 1) {
      for (let part = 0; part <= 200; part += 1) {
        const now = Math.floor((before * part) / 200);
        const [percent, saved] = [percentOff(eur(now), eur(before)), (before - now) * 100];
        expect(percent * before).toBeLessThanOrEqual(saved);
        expect((percent + 1) * before).toBeGreaterThan(saved);
      }
    }
  });
});
