import type { Dashboard } from './grafana.ts';

const statements = 'namespace="$namespace",service=~"bff|worker"';

const took = (quantile: number) =>
  `histogram_quantile(${quantile}, sum by (le) (rate(database_statement_duration_seconds_bucket{${statements}}[$__rate_interval])))`;

/** Is Postgres quick, and has it room? Of our programs first, of its own exporters below. */
export const database: Dashboard = {
  uid: 'souk-database',
  title: 'Souk: database',
  description: 'Is Postgres quick, and has it room? As the programs see it, then as its exporter does.',
  rows: [
    {
      title: 'Statements',
      height: 8,
      panels: [
        {
          title: 'Statements a second',
          description: 'By kind. A rise without more requests is a procedure that asks too much.',
          unit: 'ops',
          isStacked: true,
          queries: [
            [
              '{{kind}}',
              `sum by (kind) (rate(database_statement_duration_seconds_count{${statements}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          title: 'How long statements take',
          description:
            'From sending one to having its answer. A millisecond or two is usual; p99 beyond 50 ms is felt on pages.',
          unit: 's',
          queries: [
            ['p50', took(0.5)],
            ['p95', took(0.95)],
            ['p99', took(0.99)],
          ],
          alerts: ['SoukPagesSlow'],
        },
        {
          title: 'Time in Postgres, in cores',
          description: 'Seconds of statements a second, by kind: what is waited for in sum.',
          unit: 'none',
          isStacked: true,
          queries: [
            [
              '{{kind}}',
              `sum by (kind) (rate(database_statement_duration_seconds_sum{${statements}}[$__rate_interval]))`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Who asks',
      height: 8,
      panels: [
        {
          title: 'Procedures by their statements',
          description: 'Statements a second that each procedure sends: where the load comes from.',
          unit: 'ops',
          width: 12,
          queries: [
            [
              '{{procedure}}',
              'topk(8, sum by (procedure) (rate(trpc_procedure_statements_sum{namespace="$namespace",service="bff"}[$__rate_interval])))',
            ],
          ],
        },
        {
          title: 'Statements a call',
          description:
            'On average. Each procedure has a budget; a line that rises after a release is a hidden loop.',
          unit: 'none',
          width: 12,
          queries: [
            [
              '{{procedure}}',
              'topk(8, sum by (procedure) (rate(trpc_procedure_statements_sum{namespace="$namespace",service="bff"}[$__rate_interval])) / sum by (procedure) (rate(trpc_procedure_statements_count{namespace="$namespace",service="bff"}[$__rate_interval])))',
            ],
          ],
        },
      ],
    },
    {
      title: 'Connections',
      height: 8,
      panels: [
        {
          title: 'Waiting for a connection (p95)',
          description: 'Of the pool of each process. Above 100 ms requests queue.',
          unit: 's',
          steps: [
            [null, 'green'],
            [0.1, 'red'],
          ],
          queries: [
            [
              '{{service}}',
              `histogram_quantile(0.95, sum by (service, le) (rate(database_pool_wait_seconds_bucket{${statements}}[$__rate_interval])))`,
            ],
          ],
          alerts: ['SoukPoolWaiting'],
        },
        {
          title: 'Connections of the pools',
          description: 'open minus idle are at work; waiting are callers without one.',
          unit: 'none',
          queries: [
            ['{{service}} {{state}}', `sum by (service, state) (database_pool_connections{${statements}})`],
          ],
          alerts: ['SoukPoolWaiting'],
        },
        {
          title: 'Of all that Postgres allows',
          description:
            "Of the exporter of Postgres, or of CloudNativePG. Empty where neither is scraped with the shop's namespace.",
          unit: 'percentunit',
          max: 1,
          steps: [
            [null, 'green'],
            [0.85, 'red'],
          ],
          queries: [
            [
              'used',
              'sum(pg_stat_activity_count{namespace="$namespace"}) / max(pg_settings_max_connections{namespace="$namespace"})',
            ],
            [
              '{{pod}}',
              'sum by (pod) (cnpg_backends_total{namespace="$namespace"}) / on (pod) cnpg_pg_settings_setting{namespace="$namespace",name="max_connections"}',
            ],
          ],
          alerts: ['SoukDatabaseConnectionsExhausted'],
        },
      ],
    },
    {
      title: 'What spares it, and what saves it',
      height: 7,
      panels: [
        {
          title: 'Share of reads that the cache answers',
          description: 'When it falls, Postgres gets the rest.',
          unit: 'percentunit',
          max: 1,
          queries: [
            [
              '{{service}}',
              'sum by (service) (rate(cache_requests_total{namespace="$namespace",outcome="hit"}[$__rate_interval])) / sum by (service) (rate(cache_requests_total{namespace="$namespace"}[$__rate_interval]))',
            ],
          ],
          alerts: ['SoukCacheFailing'],
        },
        {
          title: 'How far replicas are behind',
          description: 'Of CloudNativePG.',
          unit: 's',
          queries: [['{{pod}}', 'cnpg_pg_replication_lag{namespace="$namespace"}']],
        },
        {
          title: 'Age of the newest back-up',
          description: 'One is taken each day.',
          unit: 's',
          steps: [
            [null, 'green'],
            [93_600, 'red'],
          ],
          queries: [
            [
              'Postgres',
              'time() - max(cnpg_collector_last_available_backup_timestamp{namespace="$namespace"})',
            ],
            [
              '{{cronjob}}',
              'time() - max by (cronjob) (kube_cronjob_status_last_successful_time{namespace="$namespace",cronjob=~".*backup.*"})',
            ],
          ],
          alerts: ['SoukBackupTooOld'],
        },
      ],
    },
  ],
};
