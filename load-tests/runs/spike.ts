import { sleep } from 'k6';
import type { Options } from 'k6/options';
import { wantOne } from '../journeys/flash-sale.ts';
import { visit } from '../journeys/shopper.ts';
import { usualOptions } from '../options.ts';
import { summaryOf } from '../report/summary.ts';
import { number, seconds, text } from '../settings.ts';
import { joined, metricNames, toldInReport } from '../slo.ts';

const shoppers = number('SHOPPERS', 1_000);
const stock = number('STOCK', 100);
const item = text('ITEM', '/p/harbour-mug');
/** All of them come within so many seconds. */
const arrival = seconds('ARRIVAL', '10s');

/**
 * A flash sale: many come at once for one thing that there are few of. Pages may be late; but as many are sold as there were, and
 * everybody else reads that it is sold out. `npm run load` sees to the stock before, and looks into the books after.
 */
export const options: Options = {
  ...usualOptions,
  scenarios: {
    'flash-sale': {
      executor: 'per-vu-iterations',
      vus: shoppers,
      iterations: 1,
      maxDuration: text('DURATION', '10m'),
      gracefulStop: '60s',
    },
  },
  thresholds: joined(
    {
      [metricNames.browsingErrors]: ['rate==0'],
      [metricNames.checkoutErrors]: ['rate==0'],
      [metricNames.orders]: [`count==${Math.min(stock, shoppers)}`],
      [metricNames.refusals]: [`count==${Math.max(0, shoppers - stock)}`],
    },
    toldInReport(),
  ),
};

export const handleSummary = summaryOf('spike');

export default function shopper(): void {
  sleep(Math.random() * arrival);
  visit((someone) => wantOne(someone, item));
}
