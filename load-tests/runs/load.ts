import type { Options } from 'k6/options';
import { anyShopper } from '../journeys/any-shopper.ts';
import { type Shop, walkThroughShop } from '../journeys/shop-walk.ts';
import { arrivals, usualOptions } from '../options.ts';
import { summaryOf } from '../report/summary.ts';
import { number, seconds } from '../settings.ts';
import { joined, objectives, toldInReport } from '../slo.ts';

const rate = number('RATE', 60);
const duration = seconds('DURATION', '5m');
const ramp = Math.round(duration / 5);

/** As busy as it usually is: so many shoppers come a minute, whether the shop is fast or not. */
export const options: Options = {
  ...usualOptions,
  scenarios: {
    load: {
      ...arrivals(rate),
      startRate: 1,
      stages: [
        { target: rate, duration: `${ramp}s` },
        { target: rate, duration: `${duration - ramp}s` },
      ],
    },
  },
  thresholds: joined(objectives(), toldInReport()),
};

export const setup = walkThroughShop;
export const handleSummary = summaryOf('load');

export default function shopper(shop: Shop): void {
  anyShopper(shop);
}
