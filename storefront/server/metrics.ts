import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BffCall } from '../app/lib/load-context.ts';
import { PAGE_TIMINGS } from './page-timings.ts';
import type { BuildSource } from './remix-handler.ts';
import { routeIdsOf } from './route-ids.ts';

/** Buckets of durations in seconds: the bars of docs/slo.md are among them. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1, 2, 5, 10, 30];

/** What nginx has made usual for a shopper who left before the answer was there. */
const LEFT = 499;

export interface Metrics {
  readonly registry: Registry;
  /** Counts the requests of a server, and how long they take. Before any hook that may answer. */
  measureRequests(app: FastifyInstance, build: BuildSource): void;
  observeBff(call: BffCall): void;
}

/** What the storefront measures of itself, for Prometheus; docs/observability.md lists it. */
export function createMetrics(build: { version: string; commit: string }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service: 'storefront' });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'build_info',
    help: 'always 1; its labels tell what runs',
    labelNames: ['version', 'commit'],
    registers: [registry],
  }).set({ version: build.version, commit: build.commit }, 1);
  const calls = new Histogram({
    name: 'bff_request_duration_seconds',
    help: 'how long pages waited for one call of a procedure, and what came of it',
    labelNames: ['procedure', 'outcome'],
    buckets: SECONDS,
    registers: [registry],
  });
  return {
    registry,
    measureRequests: requestMeter(registry),
    observeBff: ({ procedure, outcome, seconds }) => calls.observe({ procedure, outcome }, seconds),
  };
}

function requestMeter(registry: Registry): Metrics['measureRequests'] {
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'time from the head of a request to the last byte of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  let underWay = 0;
  new Gauge({
    name: 'http_requests_in_flight',
    help: 'requests that are being answered',
    registers: [registry],
    collect() {
      this.set(underWay);
    },
  });
  return (app, build) => {
    // while developing routes come and go
    const pageOf = typeof build === 'function' ? () => 'none' : routeIdsOf(build.routes);
    app.addHook('onRequest', async (request, { raw }) => {
      const startedAt = performance.now();
      underWay += 1;
      raw.once('close', () => {
        underWay -= 1;
        requests.observe(
          {
            method: request.method,
            route: routeOf(request, pageOf),
            status: raw.writableFinished ? raw.statusCode : LEFT,
          },
          (performance.now() - startedAt) / 1000,
        );
      });
    });
  };
}

/** What a request is counted under: few names, never its path. */
function routeOf(request: FastifyRequest, pageOf: (path: string) => string): string {
  const { url } = request.routeOptions;
  if (url === undefined || url.startsWith('/health') || url === PAGE_TIMINGS) return 'none';
  if (url === '/media/*') return 'media';
  return url === '/*' ? pageOf(request.url.split('?', 1)[0] ?? '/') : 'asset';
}
