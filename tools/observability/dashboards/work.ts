import type { Dashboard } from './grafana.ts';

const waiting = (metric: string) => `max(${metric}{namespace="$namespace",service="worker"})`;

/** Does the work behind the pages get done, and in time? */
export const work: Dashboard = {
  uid: 'souk-work',
  title: 'Souk: work behind the pages',
  description: 'Do events, jobs, schedules and mails get done, and in time?',
  rows: [
    {
      title: 'Now',
      height: 4,
      panels: [
        {
          kind: 'stat',
          title: 'Workers',
          description: 'That tell that they live.',
          unit: 'none',
          width: 6,
          steps: [
            [null, 'red'],
            [1, 'green'],
          ],
          queries: [['workers', 'count(build_info{namespace="$namespace",service="worker"}) or vector(0)']],
          alerts: ['SoukWorkerGone'],
        },
        {
          kind: 'stat',
          title: 'Dead events',
          description: 'Deliveries that were set aside after twelve tries.',
          unit: 'none',
          width: 6,
          steps: [
            [null, 'green'],
            [1, 'red'],
          ],
          queries: [['dead', waiting('events_dead')]],
          alerts: ['SoukEventsDead'],
        },
        {
          kind: 'stat',
          title: 'Dead jobs',
          description: 'Given up after their last try.',
          unit: 'none',
          width: 6,
          steps: [
            [null, 'green'],
            [1, 'red'],
          ],
          queries: [['dead', waiting('jobs_dead')]],
          alerts: ['SoukJobsDead'],
        },
        {
          kind: 'stat',
          title: 'Dead mails',
          description: 'Refused for good, or tried too often. Some addresses do not exist.',
          unit: 'none',
          width: 6,
          queries: [['dead', waiting('mails_dead')]],
          alerts: ['SoukMailsDead'],
        },
      ],
    },
    {
      title: 'What waits',
      height: 8,
      panels: [
        {
          title: 'Oldest event of the outbox',
          description: 'The outbox is looked at twenty times a second.',
          unit: 's',
          steps: [
            [null, 'green'],
            [120, 'red'],
          ],
          queries: [['oldest', waiting('events_waiting_oldest_seconds')]],
          alerts: ['SoukEventsLate'],
        },
        {
          title: 'Oldest job that is due',
          description: 'Seconds. An import may hold the search index up for minutes.',
          unit: 's',
          steps: [
            [null, 'green'],
            [600, 'red'],
          ],
          queries: [['oldest', waiting('jobs_waiting_oldest_seconds')]],
          alerts: ['SoukJobsLate'],
        },
        {
          title: 'How much waits',
          description: 'The worker is scaled by the jobs that wait.',
          unit: 'short',
          queries: [
            ['events', waiting('events_waiting')],
            ['jobs', waiting('jobs_waiting')],
            ['mails', waiting('mails_waiting')],
          ],
          alerts: ['SoukMailsWaiting'],
        },
      ],
    },
    {
      title: 'What runs',
      height: 8,
      panels: [
        {
          title: 'Runs a second',
          description:
            'Jobs, schedules and deliveries of events. failed: it is tried again. dead: it is not.',
          unit: 'ops',
          isStacked: true,
          queries: [
            [
              '{{outcome}}',
              'sum by (outcome) (rate(job_duration_seconds_count{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
        },
        {
          title: 'What fails',
          description: 'By job. One that never succeeds needs somebody.',
          unit: 'ops',
          queries: [
            [
              '{{job}}',
              'topk(8, sum by (job) (rate(job_duration_seconds_count{namespace="$namespace",outcome!="ok"}[$__rate_interval])) > 0)',
            ],
          ],
          alerts: ['SoukJobFailing'],
        },
        {
          title: 'Where the time goes',
          description: 'Seconds of work a second by job: what keeps the workers busy.',
          unit: 'none',
          isStacked: true,
          queries: [
            [
              '{{job}}',
              'topk(8, sum by (job) (rate(job_duration_seconds_sum{namespace="$namespace"}[$__rate_interval])))',
            ],
          ],
        },
      ],
    },
    {
      title: 'Schedules and mails',
      height: 8,
      panels: [
        {
          title: 'What keeps money and stock true',
          description:
            'Good runs in 15 minutes: 15 of what runs each minute, 5 of the comparison of the books. Never 0.',
          unit: 'none',
          width: 12,
          queries: [
            [
              '{{job}}',
              'sum by (job) (increase(job_duration_seconds_count{namespace="$namespace",outcome="ok",job=~"checkout.reconcile|payments.compare-books|inventory.sweep-reservations|events.wake-forgotten"}[15m]))',
            ],
          ],
          alerts: ['SoukScheduleStopped'],
        },
        {
          title: 'Mails sent',
          description: 'A minute, and the tries that failed.',
          unit: 'none',
          width: 12,
          queries: [
            [
              '{{outcome}}',
              '60 * sum by (outcome) (rate(job_duration_seconds_count{namespace="$namespace",job="mail.send"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukMailsWaiting', 'SoukMailsDead'],
        },
      ],
    },
  ],
};
