import { describe, expect, it } from 'vitest';
import { oneOf, thinking, thinkSeconds } from './think-time.ts';

/** Chances that are the same in each run: a linear congruence. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe('the time that shoppers think', () => {
  const chance = chances(7);
  const times = Array.from({ length: 4_000 }, () => thinkSeconds('look at a product', chance)).sort(
    (a, b) => a - b,
  );
  const middle = thinking['look at a product'];

  it('lies around its middle', () => {
    const median = times[times.length / 2] ?? 0;
    expect(median).toBeGreaterThan(middle * 0.93);
    expect(median).toBeLessThan(middle * 1.07);
  });

  it('has two thirds between half and twice of it, and a long end that ends', () => {
    const usual = times.filter((time) => time > middle / 2 && time < middle * 2).length / times.length;
    expect(usual).toBeGreaterThan(0.62);
    expect(usual).toBeLessThan(0.72);
    expect(times.at(-1)).toBeLessThanOrEqual(middle * 5);
    expect(times[0]).toBeGreaterThan(0);
  });

  it('is a number at the ends of chance, too', () => {
    for (const end of [0, 1 - Number.EPSILON]) {
      const seconds = thinkSeconds('glance', () => end);
      expect(Number.isFinite(seconds)).toBe(true);
      expect(seconds).toBeGreaterThan(0);
    }
  });
});

describe('one of several', () => {
  it('may be the first and the last', () => {
    expect([0, 0.5, 0.999].map((chance) => oneOf(['a', 'b', 'c'], () => chance))).toEqual(['a', 'b', 'c']);
  });

  it('needs something to choose from', () => {
    expect(() => oneOf([])).toThrow('nothing to choose');
  });
});
