import type { Dashboard } from './grafana.ts';

/** Is money where it belongs, and stock where it is said to be? */
export const stockPayments: Dashboard = {
  uid: 'souk-stock-payments',
  title: 'Souk: stock and payments',
  description: 'Is money where it belongs, and stock where it is said to be?',
  rows: [
    {
      title: 'The books',
      height: 7,
      panels: [
        {
          kind: 'stat',
          title: 'Money that differs',
          description:
            'Open differences that may mean that somebody paid without an order, or has an order unpaid. Always 0.',
          unit: 'none',
          width: 4,
          steps: [
            [null, 'green'],
            [1, 'red'],
          ],
          queries: [
            [
              'open',
              'sum(max by (kind) (payment_discrepancies_open{namespace="$namespace",kind=~"money_without_order|order_without_money|wrong_amount|wrong_currency|wrong_order|captured_differs"}))',
            ],
          ],
          alerts: ['SoukBooksDiffer'],
        },
        {
          kind: 'stat',
          title: 'Waiting for staff',
          description: 'Disputes, refunds that did not arrive, and the like.',
          unit: 'none',
          width: 4,
          steps: [
            [null, 'green'],
            [1, 'orange'],
          ],
          queries: [
            [
              'open',
              'sum(max by (kind) (payment_discrepancies_open{namespace="$namespace",kind=~"disputed|refund_failed|refunded_differs|paid_twice|held_without_order"}))',
            ],
          ],
          alerts: ['SoukPaymentsNeedStaff'],
        },
        {
          title: 'Open differences by kind',
          description: "Between the provider's books and ours, that nobody has settled.",
          unit: 'none',
          isStacked: true,
          queries: [['{{kind}}', 'max by (kind) (payment_discrepancies_open{namespace="$namespace"}) > 0']],
          alerts: ['SoukBooksDiffer', 'SoukPaymentsNeedStaff'],
        },
        {
          title: 'Comparisons of the books in 15 minutes',
          description: 'Five, one every three minutes. At 0 nobody knows whether the books agree.',
          unit: 'none',
          queries: [
            [
              '{{outcome}}',
              'sum by (outcome) (increase(job_duration_seconds_count{namespace="$namespace",job="payments.compare-books"}[15m]))',
            ],
          ],
          alerts: ['SoukScheduleStopped'],
        },
      ],
    },
    {
      title: 'Payments',
      height: 8,
      panels: [
        {
          title: 'What became of payments',
          description: 'Tries a minute. failed: the provider did not answer. declined: the bank said no.',
          unit: 'short',
          isStacked: true,
          queries: [
            [
              '{{outcome}}',
              '60 * sum by (outcome) (rate(payments_total{namespace="$namespace"}[$__rate_interval])) > 0',
            ],
          ],
          alerts: ['SoukPaymentsFailing'],
        },
        {
          title: 'Share declined',
          description: 'Over half an hour, and over the day before. Three times the usual wakes somebody.',
          unit: 'percentunit',
          max: 1,
          queries: [
            ['half an hour', 'souk:payments_declined:ratio30m{namespace="$namespace"}'],
            ['the day before', 'souk:payments_declined:ratio1d{namespace="$namespace"}'],
          ],
          alerts: ['SoukPaymentsDeclined'],
        },
        {
          title: 'Webhooks',
          description:
            'A minute. refused: not signed by a secret that we know. failed: not stored, so it is sent again.',
          unit: 'short',
          isStacked: true,
          queries: [
            [
              '{{outcome}}',
              '60 * sum by (outcome) (rate(webhooks_total{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukWebhooksFailing'],
        },
      ],
    },
    {
      title: 'From placing to money',
      height: 8,
      panels: [
        {
          title: 'Captures',
          description: 'An order is captured a moment after it is placed: both lines run together.',
          unit: 'short',
          queries: [
            [
              'orders by card a minute',
              '60 * sum(rate(orders_placed_total{namespace="$namespace",method="card"}[$__rate_interval]))',
            ],
            [
              'captured a minute',
              '60 * sum(rate(payments_total{namespace="$namespace",outcome="captured"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukEventsLate', 'SoukEventsDead'],
        },
        {
          title: 'Oldest placement that is undecided',
          description: 'The reconciler looks twice a minute.',
          unit: 's',
          steps: [
            [null, 'green'],
            [2_100, 'red'],
          ],
          queries: [['oldest', 'max(checkouts_placing_oldest_seconds{namespace="$namespace"})']],
          alerts: ['SoukCheckoutsStuck'],
        },
        {
          title: 'How long what asks the provider takes (p95)',
          description: 'Jobs that wait for the provider: when these rise together, it is slow.',
          unit: 's',
          queries: [
            [
              '{{job}}',
              'histogram_quantile(0.95, sum by (job, le) (rate(job_duration_seconds_bucket{namespace="$namespace",job=~"checkout[.].+|payments[.].+"}[$__rate_interval])))',
            ],
          ],
        },
      ],
    },
    {
      title: 'Stock',
      height: 7,
      panels: [
        {
          title: 'Refused for want of stock',
          description: 'Calls that asked for more units than were left.',
          unit: 'ops',
          queries: [
            ['refusals', 'sum(rate(stock_refusals_total{namespace="$namespace"}[$__rate_interval]))'],
          ],
        },
        {
          title: 'Reservations that lapsed and are not given back',
          description: 'The sweep comes each minute: a few, for seconds.',
          unit: 'none',
          queries: [['overdue', 'max(reservations_overdue{namespace="$namespace"})']],
          alerts: ['SoukReservationsOverdue'],
        },
        {
          title: 'The oldest of them',
          description: 'Beyond five minutes things look sold out that are not.',
          unit: 's',
          steps: [
            [null, 'green'],
            [300, 'red'],
          ],
          queries: [['oldest', 'max(reservations_overdue_oldest_seconds{namespace="$namespace"})']],
          alerts: ['SoukReservationsOverdue'],
        },
      ],
    },
  ],
};
