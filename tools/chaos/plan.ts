import { randomOf } from './random.ts';
import { type Way, waysOf } from './shoppers/ways.ts';

/** What is killed. */
export type VictimName = 'bff' | 'worker' | 'sandbox' | 'postgres' | 'redis' | 'meilisearch';

export interface PlannedKill {
  readonly victim: VictimName;
  /** It is killed some time after this shopper, from 0, comes or orders. */
  readonly shopper: number;
  readonly when: 'comes' | 'orders';
  /** After that, in milliseconds. */
  readonly delayMs: number;
  /** For how long it stays down before it is started, in milliseconds. */
  readonly downMs: number;
}

export interface Plan {
  readonly seed: number;
  /** How each shopper behaves, in the order in which they come. */
  readonly shoppers: readonly Way[];
  readonly kills: readonly PlannedKill[];
}

/** Checkouts for each kill of a victim. Those that hold what is at stake are hit most. */
const checkoutsPerKill: Readonly<Record<VictimName, number>> = {
  bff: 20,
  sandbox: 25,
  worker: 25,
  postgres: 33,
  redis: 40,
  meilisearch: 67,
};

const LONGEST_DOWN_MS = 4_000;

/** Decides by the seed alone who buys how, and what is killed at which moments. */
export function planChaos(seed: number, checkouts: number): Plan {
  const random = randomOf(seed, 'plan');
  const names = Object.keys(checkoutsPerKill) as VictimName[];
  const kills = names.flatMap((victim) => {
    const count = Math.max(1, Math.round(checkouts / checkoutsPerKill[victim]));
    return Array.from({ length: count }, (_, index): PlannedKill => {
      // one in each stretch of the run, so that it is hit over all its length
      const from = Math.floor((index * checkouts) / count);
      const to = Math.max(from, Math.floor(((index + 1) * checkouts) / count) - 1);
      const when = random.fraction() < 0.7 ? 'orders' : 'comes';
      return {
        victim,
        shopper: random.between(from, to),
        when,
        // an order is placed within some hundred milliseconds
        delayMs: random.between(0, when === 'orders' ? 250 : 2_000),
        downMs: random.between(0, LONGEST_DOWN_MS),
      };
    });
  });
  return { seed, shoppers: waysOf(random, checkouts), kills };
}
