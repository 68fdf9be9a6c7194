import exec from 'k6/execution';
import { type Journey, journeyOf } from '../model/mix.ts';
import { shoppers } from '../web/metrics.ts';
import { browse } from './browse.ts';
import { buy } from './buy.ts';
import { fillCartAndLeave } from './fill-cart.ts';
import { search } from './search.ts';
import type { Shop } from './shop-walk.ts';
import { type Shopper, visit } from './shopper.ts';

const journeys: Readonly<Record<Journey, (shopper: Shopper) => void>> = {
  browse,
  search,
  cart: fillCartAndLeave,
  buy,
};

/** One shopper of the usual mix: a whole visit, as a new visitor. */
export function anyShopper(shop: Shop): void {
  const journey = journeyOf(exec.scenario.iterationInTest);
  shoppers.add(1, { journey });
  visit((visitor) => journeys[journey]({ ...visitor, shop }));
}
