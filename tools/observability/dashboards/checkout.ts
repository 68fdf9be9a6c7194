import type { Dashboard } from './grafana.ts';

const calls = 'namespace="$namespace",service="bff"';
const steps = 'procedure=~"checkout[.].+"';

const succeeded = (procedure: string) =>
  `sum(increase(trpc_procedure_duration_seconds_count{${calls},procedure="${procedure}",outcome="ok"}[$__range]))`;

const placing = (quantile: number) =>
  `histogram_quantile(${quantile}, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="$namespace",service="storefront",method="POST",route="routes/checkout.review"}[$__rate_interval])))`;

/** Do shoppers get from the product to the order, and where do they drop out? */
export const checkout: Dashboard = {
  uid: 'souk-checkout',
  title: 'Souk: checkout funnel',
  description: 'Do shoppers get from a product to an order, and where do they drop out?',
  rows: [
    {
      title: 'In the chosen time',
      height: 9,
      panels: [
        {
          kind: 'stat',
          title: 'Orders',
          description: 'Placed, whatever became of them later.',
          unit: 'short',
          decimals: 0,
          width: 4,
          queries: [['orders', 'sum(increase(orders_placed_total{namespace="$namespace"}[$__range]))']],
          alerts: ['SoukNoOrders'],
        },
        {
          kind: 'stat',
          title: 'Revenue',
          description:
            'Totals of the orders placed, by currency; what was cancelled or refunded later is in it.',
          unit: 'short',
          decimals: 0,
          width: 4,
          queries: [
            [
              '{{currency}}',
              'sum by (currency) (increase(order_revenue_minor_total{namespace="$namespace"}[$__range])) / 100 > 0',
            ],
          ],
        },
        {
          kind: 'stat',
          title: 'Orders for each 100 carts begun',
          description: 'Orders over things put into carts. Compare it with the same hours of last week.',
          unit: 'none',
          decimals: 1,
          width: 4,
          queries: [
            [
              'of 100',
              `100 * sum(increase(orders_placed_total{namespace="$namespace"}[$__range])) / (${succeeded('cart.addLine')} > 0)`,
            ],
          ],
        },
        {
          kind: 'bargauge',
          title: 'The funnel',
          description:
            'Calls that succeeded, in the order of the path. A step may be done twice; a sudden drop is what counts.',
          unit: 'short',
          decimals: 0,
          width: 12,
          steps: [[null, 'blue']],
          queries: [
            ['1 product seen', succeeded('catalog.product')],
            ['2 put into a cart', succeeded('cart.addLine')],
            ['3 address given', succeeded('checkout.setAddress')],
            ['4 delivery chosen', succeeded('checkout.setShipping')],
            ['5 way to pay chosen', succeeded('checkout.choosePayment')],
            ['6 order asked for', succeeded('checkout.place')],
            ['7 order placed', 'sum(increase(orders_placed_total{namespace="$namespace"}[$__range]))'],
          ],
          alerts: ['SoukNoOrders'],
        },
      ],
    },
    {
      title: 'Over time',
      height: 8,
      panels: [
        {
          title: 'Orders an hour',
          description: 'By way to pay.',
          unit: 'short',
          isStacked: true,
          queries: [
            [
              '{{method}}',
              '3600 * sum by (method) (rate(orders_placed_total{namespace="$namespace"}[$__rate_interval])) > 0',
            ],
          ],
          alerts: ['SoukNoOrders'],
        },
        {
          title: 'Revenue an hour',
          description: 'By currency, in its major unit.',
          unit: 'short',
          queries: [
            [
              '{{currency}}',
              '36 * sum by (currency) (rate(order_revenue_minor_total{namespace="$namespace"}[$__rate_interval])) > 0',
            ],
          ],
        },
        {
          title: 'Steps of the checkout',
          description:
            'Calls that succeeded, a minute. One line that falls while the one before it does not is a broken step.',
          unit: 'short',
          queries: [
            [
              '{{procedure}}',
              `60 * sum by (procedure) (rate(trpc_procedure_duration_seconds_count{${calls},type="mutation",outcome="ok",${steps}}[$__rate_interval]))`,
            ],
          ],
        },
      ],
    },
    {
      title: 'What goes wrong',
      height: 8,
      panels: [
        {
          title: 'Failures',
          description:
            'As the storefront sees them. unreachable: no answer of the bff; unavailable: something behind it is away; internal_error: a fault.',
          unit: 'ops',
          queries: [
            [
              '{{procedure}} {{outcome}}',
              `sum by (procedure, outcome) (rate(bff_request_duration_seconds_count{namespace="$namespace",${steps},outcome=~"internal_error|unavailable|unreachable"}[$__rate_interval])) > 0`,
            ],
          ],
          alerts: ['SoukCheckoutsFailing', 'SoukCheckoutsFailingForDays'],
        },
        {
          title: 'Refusals',
          description:
            'What shoppers are told no for: sold out, totals that changed, a declined card. Not failures, and not good either.',
          unit: 'ops',
          queries: [
            [
              '{{outcome}}',
              `sum by (outcome) (rate(trpc_procedure_duration_seconds_count{${calls},${steps},outcome!~"ok|internal_error|unavailable"}[$__rate_interval])) > 0`,
            ],
          ],
        },
        {
          title: 'Refused for want of stock',
          description:
            'Calls that asked for more units than were left. High in a flash sale, when it is sold out.',
          unit: 'ops',
          queries: [
            ['refusals', 'sum(rate(stock_refusals_total{namespace="$namespace"}[$__rate_interval]))'],
          ],
        },
      ],
    },
    {
      title: 'Placing an order',
      height: 8,
      panels: [
        {
          title: 'How long it takes',
          description:
            'The request that places the order, the provider included. Objectives: p95 800 ms, p99 2 s.',
          unit: 's',
          steps: [
            [null, 'green'],
            [0.8, 'orange'],
            [2, 'red'],
          ],
          queries: [
            ['p50', placing(0.5)],
            ['p95', placing(0.95)],
            ['p99', placing(0.99)],
          ],
          alerts: ['SoukPagesSlow'],
        },
        {
          title: 'Oldest placement that is undecided',
          description: "Seconds, as a rule. At the provider's own page a shopper may take half an hour.",
          unit: 's',
          steps: [
            [null, 'green'],
            [2_100, 'red'],
          ],
          queries: [['oldest', 'max(checkouts_placing_oldest_seconds{namespace="$namespace"})']],
          alerts: ['SoukCheckoutsStuck'],
        },
        {
          title: 'Slowest steps (p95)',
          description: 'Of the bff alone.',
          unit: 's',
          queries: [
            [
              '{{procedure}}',
              `histogram_quantile(0.95, sum by (procedure, le) (rate(trpc_procedure_duration_seconds_bucket{${calls},${steps}}[$__rate_interval])))`,
            ],
          ],
        },
      ],
    },
  ],
};
