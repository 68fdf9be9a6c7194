import type { Dashboard } from './grafana.ts';

const pages = 'namespace="$namespace",service="storefront",route=~"routes/.+"';

const p = (quantile: number, selector: string) =>
  `histogram_quantile(${quantile}, sum by (le) (rate(http_request_duration_seconds_bucket{${selector}}[$__rate_interval])))`;

/** Is the shop well? What is promised, then traffic, errors, latency and saturation of every program. */
export const goldenSignals: Dashboard = {
  uid: 'souk-golden-signals',
  title: 'Souk: golden signals',
  description: 'Is the shop well, and if not, since when and which part? Begin here.',
  rows: [
    {
      title: 'What is promised',
      height: 6,
      panels: [
        {
          kind: 'stat',
          title: 'Error budget left',
          description:
            'Of what may fail in thirty days, the share that is left: 99.9 % of pages, 99.95 % of checkouts. At 0 releases wait (docs/slo.md).',
          unit: 'percentunit',
          decimals: 0,
          width: 6,
          steps: [
            [null, 'red'],
            [0.01, 'orange'],
            [0.25, 'green'],
          ],
          queries: [['{{slo}}', '1 - souk:slo_burn:rate30d{namespace="$namespace",slo=~"pages|checkouts"}']],
          alerts: ['SoukPagesFailingForDays', 'SoukCheckoutsFailingForDays'],
        },
        {
          title: 'How fast budgets burn',
          description:
            'Over the last hour. At 1 the budget lasts exactly thirty days; above 14.4 somebody is woken.',
          unit: 'none',
          width: 10,
          steps: [
            [null, 'green'],
            [14.4, 'red'],
          ],
          queries: [['{{slo}}', 'souk:slo_burn:rate1h{namespace="$namespace"}']],
          alerts: ['SoukPagesFailing', 'SoukCheckoutsFailing', 'SoukPagesSlow'],
        },
        {
          kind: 'table',
          title: 'Firing now',
          description: 'Alerts of this shop. Each has a runbook by its name.',
          unit: 'none',
          queries: [
            [
              '',
              'max by (alertname, severity, slo, job, kind, metric) (ALERTS{namespace="$namespace",alertname=~"Souk.+",alertstate="firing"})',
            ],
          ],
        },
      ],
    },
    {
      title: 'Traffic and errors',
      height: 8,
      panels: [
        {
          title: 'Requests by program',
          description:
            'Pages at the storefront, batches of calls at the bff. Pictures, scripts and probes count, too.',
          unit: 'reqps',
          queries: [
            [
              '{{service}}',
              'sum by (service) (rate(http_request_duration_seconds_count{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
        },
        {
          title: 'Share of requests that fail',
          description: 'Answers of 5xx. The dashed line is the objective of pages.',
          unit: 'percentunit',
          steps: [
            [null, 'green'],
            [0.001, 'red'],
          ],
          queries: [
            [
              '{{service}}',
              'sum by (service) (rate(http_request_duration_seconds_count{namespace="$namespace",status=~"5.."}[$__rate_interval])) / sum by (service) (rate(http_request_duration_seconds_count{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukPagesFailing'],
        },
        {
          title: 'Pages that fail',
          description: 'By route and status. 503: something behind the page is away or full. 500: a fault.',
          unit: 'reqps',
          queries: [
            [
              '{{status}} {{route}}',
              `topk(8, sum by (route, status) (rate(http_request_duration_seconds_count{${pages},status=~"5.."}[$__rate_interval])) > 0)`,
            ],
          ],
          alerts: ['SoukPagesFailing'],
        },
      ],
    },
    {
      title: 'Latency',
      height: 8,
      panels: [
        {
          title: 'All pages',
          description: 'From the request to the last byte of the answer, as the storefront sees it.',
          unit: 's',
          queries: [
            ['p50', p(0.5, pages)],
            ['p95', p(0.95, pages)],
            ['p99', p(0.99, pages)],
          ],
        },
        {
          title: 'p95 of what is promised',
          description:
            'Objectives: listing, product and cart 250 ms, search 150 ms, placing an order 800 ms.',
          unit: 's',
          queries: [
            ['listing', p(0.95, `${pages},method="GET",route="routes/c.$slug"`)],
            ['product', p(0.95, `${pages},method="GET",route="routes/p.$slug"`)],
            ['search', p(0.95, `${pages},method="GET",route="routes/search"`)],
            ['cart', p(0.95, `${pages},route="routes/cart"`)],
            ['place order', p(0.95, `${pages},method="POST",route="routes/checkout.review"`)],
          ],
          alerts: ['SoukPagesSlow', 'SoukPagesSlowForDays'],
        },
        {
          title: 'Slowest procedures of the bff (p95)',
          description: 'What pages wait for. A procedure that is slow alone points at its statements.',
          unit: 's',
          queries: [
            [
              '{{procedure}}',
              'topk(6, histogram_quantile(0.95, sum by (procedure, le) (rate(trpc_procedure_duration_seconds_bucket{namespace="$namespace",service="bff"}[$__rate_interval]))))',
            ],
          ],
        },
      ],
    },
    {
      title: 'Saturation',
      height: 8,
      panels: [
        {
          title: 'Requests under way',
          description: 'Sum over all pods. It grows before latency does when something behind becomes slow.',
          unit: 'short',
          queries: [['{{service}}', 'sum by (service) (http_requests_in_flight{namespace="$namespace"})']],
        },
        {
          title: 'Turned away',
          description: 'Answered 503 to protect the rest, or 429 to an address that asks too much.',
          unit: 'reqps',
          queries: [
            [
              '{{service}} {{reason}}',
              'sum by (service, reason) (rate(http_requests_shed_total{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukShedding'],
        },
        {
          title: 'Event loop lag (p99, worst pod)',
          description: 'For how long a process is busy with itself. Beyond 250 ms every request of it waits.',
          unit: 's',
          steps: [
            [null, 'green'],
            [0.25, 'red'],
          ],
          queries: [
            ['{{service}}', 'max by (service) (nodejs_eventloop_lag_p99_seconds{namespace="$namespace"})'],
          ],
          alerts: ['SoukEventLoopLag'],
        },
        {
          title: 'Cores in use by pod',
          description: 'A process uses little more than one core: near 1 it is full.',
          unit: 'none',
          steps: [
            [null, 'green'],
            [0.9, 'orange'],
          ],
          queries: [
            [
              '{{pod}}',
              'rate(process_cpu_seconds_total{namespace="$namespace",service=~"storefront|bff|worker"}[$__rate_interval])',
            ],
          ],
        },
        {
          title: 'Memory by pod',
          description: 'Resident. A line that only rises ends in a restart.',
          unit: 'bytes',
          queries: [
            [
              '{{pod}}',
              'process_resident_memory_bytes{namespace="$namespace",service=~"storefront|bff|worker"}',
            ],
          ],
          alerts: ['SoukCrashLooping'],
        },
        {
          title: 'Pods, and how many there may be',
          description: 'Where both lines meet, the autoscaler cannot grow any more.',
          unit: 'short',
          queries: [
            [
              '{{horizontalpodautoscaler}}',
              'max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{namespace="$namespace"})',
            ],
            [
              '{{horizontalpodautoscaler}} at most',
              'max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{namespace="$namespace"})',
            ],
          ],
          alerts: ['SoukAutoscalerAtMaximum', 'SoukAutoscalerBlind', 'SoukPodsMissing'],
        },
      ],
    },
    {
      title: 'What the shop leans on',
      height: 7,
      panels: [
        {
          title: 'Cache',
          description: 'Errors mean that Redis is away: the shop goes on, and Postgres carries the load.',
          unit: 'ops',
          isStacked: true,
          queries: [
            [
              '{{outcome}}',
              'sum by (outcome) (rate(cache_requests_total{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukCacheFailing'],
        },
        {
          title: 'Searches by engine',
          description: 'Postgres answers when Meilisearch is away.',
          unit: 'ops',
          isStacked: true,
          queries: [
            [
              '{{engine}}',
              'sum by (engine) (rate(search_requests_total{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukSearchOnFallback'],
        },
        {
          kind: 'table',
          title: 'What runs',
          description:
            'Releases by program and how many pods of each: two versions while one replaces another.',
          unit: 'short',
          queries: [['', 'count by (service, version, commit) (build_info{namespace="$namespace"})']],
          alerts: ['SoukProgramGone', 'SoukWorkerGone'],
        },
      ],
    },
  ],
};
