import type { Options } from 'k6/options';
import { anyShopper } from '../journeys/any-shopper.ts';
import { type Shop, walkThroughShop } from '../journeys/shop-walk.ts';
import { usualOptions } from '../options.ts';
import { summaryOf } from '../report/summary.ts';
import { number, text } from '../settings.ts';
import { joined, objectives, toldInReport } from '../slo.ts';

/** Whether everything works at all: a few shoppers, one of each kind first. */
export const options: Options = {
  ...usualOptions,
  scenarios: {
    smoke: {
      executor: 'constant-vus',
      vus: number('VUS', 4),
      duration: text('DURATION', '30s'),
      gracefulStop: '60s',
    },
  },
  thresholds: joined(objectives(), toldInReport(), { orders_paid: ['count>=1'] }),
};

export const setup = walkThroughShop;
export const handleSummary = summaryOf('smoke');

export default function shopper(shop: Shop): void {
  anyShopper(shop);
}
