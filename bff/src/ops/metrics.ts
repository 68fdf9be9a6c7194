import type { Domain } from '@souk/domain/app';
import { noObserver, type Observer } from '@souk/domain/kernel';
import { isSearchFallingBack } from '@souk/domain/search';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ProcedureCall } from '../request-context.ts';
import { observeDomain } from './domain-metrics.ts';
import { createHttpMetrics, type HttpMetrics } from './http-metrics.ts';
import { addPoolMetrics, type Build, createRegistry, SECONDS } from './registry.ts';

const STATEMENTS = [0, 1, 2, 3, 5, 8, 13, 21, 34];

export interface Metrics extends HttpMetrics {
  readonly registry: Registry;
  /** For `createDomain`: hears what the domain tells of. */
  readonly observer: Observer;
  observeProcedure(call: ProcedureCall): void;
  /** Shows, at each scrape, how what the domain leans on is doing. Once. */
  watch(domain: Domain): void;
}

/** What the bff measures of itself, for Prometheus; docs/observability.md lists it. */
export function createMetrics(build: Build): Metrics {
  const registry = createRegistry('bff', build);
  return {
    registry,
    observer: { ...noObserver, ...observeDomain(registry) },
    ...createHttpMetrics(registry),
    observeProcedure: observeProcedures(registry),
    watch(domain) {
      addPoolMetrics(registry, domain.pool);
      addSearchMetrics(registry, domain);
    },
  };
}

function observeProcedures(registry: Registry): (call: ProcedureCall) => void {
  const procedures = new Histogram({
    name: 'trpc_procedure_duration_seconds',
    help: 'time that one call of a procedure took',
    labelNames: ['procedure', 'type', 'outcome'],
    buckets: [...SECONDS],
    registers: [registry],
  });
  const statements = new Histogram({
    name: 'trpc_procedure_statements',
    help: 'SQL statements that one call of a procedure sent',
    labelNames: ['procedure'],
    buckets: STATEMENTS,
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'stock_refusals_total',
    help: 'calls that were refused because fewer units were left than asked for',
    registers: [registry],
  });
  return (call) => {
    procedures.observe({ procedure: call.path, type: call.type, outcome: call.outcome }, call.seconds);
    statements.observe({ procedure: call.path }, call.statements);
    if (call.outcome === 'out_of_stock') refusals.inc();
  };
}

/** Absent in a shop that has no search engine. */
function addSearchMetrics(registry: Registry, domain: Domain): void {
  new Gauge({
    name: 'search_fallback_active',
    help: 'whether Postgres answers searches of this process because the search engine is away',
    registers: [registry],
    collect() {
      const isFallingBack = isSearchFallingBack(domain.context());
      if (isFallingBack === null) this.remove();
      else this.set(isFallingBack ? 1 : 0);
    },
  });
}
