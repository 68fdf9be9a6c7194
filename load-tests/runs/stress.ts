import type { Options } from 'k6/options';
import { anyShopper } from '../journeys/any-shopper.ts';
import { type Shop, walkThroughShop } from '../journeys/shop-walk.ts';
import { arrivals, usualOptions } from '../options.ts';
import { summaryOf } from '../report/summary.ts';
import { number, seconds } from '../settings.ts';
import { errorObjectives, joined, objectives, toldInReport } from '../slo.ts';

const rate = number('RATE', 60);
const duration = seconds('DURATION', '6m');
const step = Math.round(duration / 6);
/** Times as many shoppers as usual, one step after the other. */
const factors = [2, 3, 4];

/**
 * More than it is made for: twice, three times, four times as many shoppers, then as many as usual again. Pages may be late under
 * pressure, but none may be wrong; and when it is over, all objectives hold again.
 */
export const options: Options = {
  ...usualOptions,
  scenarios: {
    pressure: {
      ...arrivals(rate * Math.max(...factors)),
      startRate: rate,
      stages: factors.map((factor) => ({ target: rate * factor, duration: `${step}s` })),
      tags: { phase: 'pressure' },
      gracefulStop: '30s',
    },
    recovery: {
      ...arrivals(rate),
      startRate: rate,
      stages: [{ target: rate, duration: `${duration - step * (factors.length + 1)}s` }],
      // what is still under way has a moment to end
      startTime: `${step * factors.length + 30}s`,
      tags: { phase: 'recovery' },
    },
  },
  thresholds: joined(errorObjectives(), objectives('phase:recovery'), toldInReport()),
};

export const setup = walkThroughShop;
export const handleSummary = summaryOf('stress');

export default function shopper(shop: Shop): void {
  anyShopper(shop);
}
