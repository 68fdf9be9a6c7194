import type { Domain } from '@souk/domain/app';
import { discrepancyKinds, openDiscrepancies } from '@souk/domain/payments';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ProcedureCall } from '../request-context.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STATEMENTS = [0, 1, 2, 3, 5, 8, 13, 21, 34];

export interface HttpRequestSeen {
  readonly method: string;
  /** The route's pattern, never the path: labels must stay few. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  observeRequest(request: HttpRequestSeen): void;
  observeProcedure(call: ProcedureCall): void;
}

/** The process's own figures (event loop lag, memory, CPU) and those of its database pool. */
export function createRegistry(pool: Domain['pool']): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'database_pool_connections',
    help: 'connections of the pool by state; waiting are callers without one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
  return registry;
}

/** How the books of payments stand: what differs and nobody has settled. Of one process is enough: the worker's. */
export function addPaymentMetrics(registry: Registry, domain: Pick<Domain, 'context'>): void {
  new Gauge({
    name: 'payment_discrepancies_open',
    help: "differences between the payment provider's books and ours that nobody has resolved",
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const open = await openDiscrepancies(domain.context());
      this.reset();
      for (const kind of discrepancyKinds) this.set({ kind }, open.get(kind) ?? 0);
    },
  });
}

/** What the bff measures of itself, for Prometheus. */
export function createMetrics(pool: Domain['pool']): Metrics {
  const registry = createRegistry(pool);
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  const procedures = new Histogram({
    name: 'trpc_procedure_duration_seconds',
    help: 'time that one call of a procedure took',
    labelNames: ['procedure', 'type', 'outcome'],
    buckets: SECONDS,
    registers: [registry],
  });
  const statements = new Histogram({
    name: 'trpc_procedure_statements',
    help: 'SQL statements that one call of a procedure sent',
    labelNames: ['procedure'],
    buckets: STATEMENTS,
    registers: [registry],
  });
  return {
    registry,
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
    observeProcedure(call) {
      procedures.observe({ procedure: call.path, type: call.type, outcome: call.outcome }, call.seconds);
      statements.observe({ procedure: call.path }, call.statements);
    },
  };
}
