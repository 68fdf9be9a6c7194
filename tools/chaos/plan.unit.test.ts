import { expect, test } from 'vitest';
import { planChaos } from './plan.ts';
import { ways } from './shoppers/ways.ts';

test('a seed decides everything, and another seed something else', () => {
  expect(planChaos(7, 200)).toEqual(planChaos(7, 200));
  expect(planChaos(7, 200)).not.toEqual(planChaos(8, 200));
});

test('each part is killed however short the run is, and while somebody shops', () => {
  for (const checkouts of [1, 12, 200]) {
    const { kills, shoppers } = planChaos(checkouts, checkouts);
    expect(new Set(kills.map(({ victim }) => victim)).size).toBe(6);
    expect(shoppers).toHaveLength(checkouts);
    expect(kills.every(({ shopper }) => shopper >= 0 && shopper < checkouts)).toBe(true);
  }
});

test('a whole run knows every way to buy', () => {
  expect(new Set(planChaos(1, 200).shoppers)).toEqual(new Set(ways));
});
