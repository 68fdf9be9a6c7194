import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../stack/paths.ts';

const documentation = join(repository, 'docs/observability.md');

/** What our programs tell, until docs/observability.md lists it. */
const agreed = [
  'http_request_duration_seconds',
  'http_requests_in_flight',
  'http_requests_shed_total',
  'trpc_procedure_duration_seconds',
  'trpc_procedure_statements',
  'bff_request_duration_seconds',
  'job_duration_seconds',
  'jobs_waiting',
  'jobs_waiting_oldest_seconds',
  'jobs_dead',
  'events_waiting',
  'events_waiting_oldest_seconds',
  'events_dead',
  'reservations_overdue',
  'reservations_overdue_oldest_seconds',
  'checkouts_placing_oldest_seconds',
  'database_pool_connections',
  'database_pool_wait_seconds',
  'database_statement_duration_seconds',
  'cache_requests_total',
  'search_requests_total',
  'search_fallback_active',
  'orders_placed_total',
  'order_revenue_minor_total',
  'payments_total',
  'payment_discrepancies_open',
  'stock_refusals_total',
  'mails_waiting',
  'mails_dead',
  'webhooks_total',
  'build_info',
];

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

/** The metrics of our programs: those of the table under `## Metrics` in docs/observability.md. */
function documented(): readonly string[] {
  if (!existsSync(documentation)) return agreed;
  const [, section = ''] =
    /^## Metrics$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readFileSync(documentation, 'utf8')) ?? [];
  return [...section.matchAll(/`([a-z][a-z0-9_]+)(?:\{[^`]*\})?`/g)].flatMap(([, name]) => name ?? []);
}

/** The names that a query may ask for, without the endings of histograms. */
export function knownMetrics(): ReadonlySet<string> {
  return new Set([...documented(), ...others]);
}

/** Tells whether a metric is known, histograms by their series, too. */
export function isKnown(metric: string, known: ReadonlySet<string>): boolean {
  return known.has(metric) || known.has(metric.replace(/_(?:bucket|count|sum)$/, ''));
}
