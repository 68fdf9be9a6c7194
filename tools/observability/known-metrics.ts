import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../stack/paths.ts';

const documentation = join(repository, 'docs/observability.md');

/** What prom-client tells of every Node process, and Prometheus, kube-state-metrics and the exporters of what the shop stands on. */
const others = [
  'ALERTS',
  'up',
  'nodejs_eventloop_lag_p99_seconds',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'kube_cronjob_status_last_schedule_time',
  'kube_cronjob_status_last_successful_time',
  'kube_deployment_spec_replicas',
  'kube_deployment_status_replicas_available',
  'kube_horizontalpodautoscaler_spec_max_replicas',
  'kube_horizontalpodautoscaler_status_condition',
  'kube_horizontalpodautoscaler_status_current_replicas',
  'kube_pod_container_status_restarts_total',
  'certmanager_certificate_expiration_timestamp_seconds',
  'probe_ssl_earliest_cert_expiry',
  'pg_settings_max_connections',
  'pg_stat_activity_count',
  'cnpg_backends_total',
  'cnpg_collector_last_available_backup_timestamp',
  'cnpg_pg_replication_lag',
  'cnpg_pg_settings_setting',
];

/** The metrics of our programs: the first column of the table under `## Metrics` in docs/observability.md. */
function documented(): string[] {
  const [, section = ''] =
    /^## Metrics$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readFileSync(documentation, 'utf8')) ?? [];
  return [...section.matchAll(/^\| `([a-z][a-z0-9_]+)` \|/gm)].flatMap(([, name]) => name ?? []);
}

/** The names that a query may ask for, without the endings of histograms. */
export function knownMetrics(): ReadonlySet<string> {
  return new Set([...documented(), ...others]);
}

/** Tells whether a metric is known, histograms by their series, too. */
export function isKnown(metric: string, known: ReadonlySet<string>): boolean {
  return known.has(metric) || known.has(metric.replace(/_(?:bucket|count|sum)$/, ''));
}
