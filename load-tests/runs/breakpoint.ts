import type { Options } from 'k6/options';
import { anyShopper } from '../journeys/any-shopper.ts';
import { type Shop, walkThroughShop } from '../journeys/shop-walk.ts';
import { arrivals, usualOptions } from '../options.ts';
import { summaryOf } from '../report/summary.ts';
import { number, seconds } from '../settings.ts';
import { aborting, joined, objectives, toldInReport } from '../slo.ts';

const rate = number('RATE', 600);
const duration = seconds('DURATION', '10m');

/** More and more shoppers, up to RATE a minute, until an objective breaks: the report's rate is what the shop stands. */
export const options: Options = {
  ...usualOptions,
  scenarios: {
    breakpoint: {
      ...arrivals(rate),
      startRate: 1,
      stages: [{ target: rate, duration: `${duration}s` }],
    },
  },
  thresholds: joined(aborting(objectives()), toldInReport()),
};

export const setup = walkThroughShop;
export const handleSummary = summaryOf('breakpoint', (after) => (rate * after) / duration);

export default function shopper(shop: Shop): void {
  anyShopper(shop);
}
