import { describe, expect, it } from 'vitest';
import { type Journey, journeyOf, mix } from './mix.ts';

const journeys = Object.keys(mix) as Journey[];
const countsOf = (from: number, to: number) => {
  const counts: Record<Journey, number> = { browse: 0, search: 0, cart: 0, buy: 0 };
  for (let number = from; number < to; number += 1) counts[journeyOf(number)] += 1;
  return counts;
};

describe('the mix of shoppers', () => {
  it('is 60 who browse, 25 who search, 10 who fill a cart and 5 who buy, of any hundred', () => {
    const wanted = { browse: 60, search: 25, cart: 10, buy: 5 };
    for (const from of [0, 1, 37, 99, 100, 12_345]) expect(countsOf(from, from + 100)).toEqual(wanted);
  });

  it('begins with one of each, so that the shortest run sees all', () => {
    expect(new Set([0, 1, 2, 3].map(journeyOf))).toEqual(new Set(journeys));
  });

  it('is spread evenly: buyers do not come in a row, nor stay away', () => {
    const buyers = Array.from({ length: 1_000 }, (_, number) => number).filter(
      (number) => journeyOf(number) === 'buy',
    );
    const gaps = buyers.slice(1).map((number, index) => number - (buyers[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(1);
    expect(Math.max(...gaps)).toBeLessThan(50);
  });
});
