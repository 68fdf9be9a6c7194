import type { ServerResponse } from 'node:http';
import { isDomainError } from '@souk/domain/kernel';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { SECONDS } from './registry.ts';

export interface HttpRequestSeen {
  readonly method: string;
  /** The route's pattern, never the path: labels must stay few. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Why a request was turned away to protect the rest. */
export const shedReasons = [
  /** Too many of one address. */
  'rate_limited',
  /** It took longer than a request may. */
  'timeout',
  /** All connections to Postgres stayed busy for as long as a request may wait for one. */
  'no_connection',
  /** It came while others waited too long for a connection. */
  'database_queue',
  /** It came while the process was late with everything. */
  'event_loop',
] as const;
export type ShedReason = (typeof shedReasons)[number];

export interface HttpMetrics {
  observeRequest(request: HttpRequestSeen): void;
  /** Counts a request as under way until its answer is sent, or nobody waits for it any more. */
  countInFlight(response: ServerResponse): void;
  /** Counts a request, or a call within one, that was turned away. */
  shed(reason: ShedReason): void;
  /** The same, if that is what an error tells of. */
  shedBy(error: unknown): void;
}

/** Measures what comes in over HTTP. */
export function createHttpMetrics(registry: Registry): HttpMetrics {
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [...SECONDS],
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
  const turnedAway = new Counter({
    name: 'http_requests_shed_total',
    help: 'requests, or calls within one, that were turned away to protect the rest',
    labelNames: ['reason'],
    registers: [registry],
  });
  for (const reason of shedReasons) turnedAway.inc({ reason }, 0);
  const shed = (reason: ShedReason) => turnedAway.inc({ reason });
  return {
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
    countInFlight(response) {
      underWay += 1;
      response.once('close', () => {
        underWay -= 1;
      });
    },
    shed,
    shedBy(error) {
      const reason = reasonOf(error);
      if (reason !== undefined) shed(reason);
    },
  };
}

/** Why an error, or what caused it, says that too much was asked. */
function reasonOf(error: unknown): ShedReason | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!isDomainError(error, 'overloaded')) return reasonOf(error.cause);
  return shedReasons.find((reason) => reason === error.data.reason);
}
