import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { anyShopper } from '../journeys/any-shopper.ts';
import { type Shop, walkThroughShop } from '../journeys/shop-walk.ts';
import { arrivals, usualOptions } from '../options.ts';
import { summaryOf } from '../report/summary.ts';
import { number, text } from '../settings.ts';
import { joined, objectives, toldInReport } from '../slo.ts';

const rate = number('RATE', 40);

/** Hours at a usual rate: what grows, leaks or fills up shows at the end, where all objectives must hold as at the beginning. */
export const options: Options = {
  ...usualOptions,
  scenarios: {
    soak: {
      ...arrivals(rate),
      startRate: rate,
      stages: [{ target: rate, duration: text('DURATION', '2h') }],
    },
  },
  thresholds: joined(objectives(), objectives('phase:begin'), objectives('phase:end'), toldInReport()),
};

export const setup = walkThroughShop;
export const handleSummary = summaryOf('soak');

export default function shopper(shop: Shop): void {
  const { progress } = exec.scenario;
  exec.vu.metrics.tags.phase = progress < 0.25 ? 'begin' : progress < 0.75 ? 'middle' : 'end';
  anyShopper(shop);
}
