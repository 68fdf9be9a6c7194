import { parseTraceparent, scopeRequests } from '@souk/telemetry';
import type { FastifyInstance } from 'fastify';

/**
 * Gives each request a scope for its log and, where traces are on, a span. Only the storefront, which alone asks for procedures, is believed
 * what it says of a trace: anybody can ask the REST API and the webhooks, and could have all of it kept.
 */
export function traceRequests(app: FastifyInstance): void {
  scopeRequests(app, {
    isTraced: ({ url }) => !url.startsWith('/health/') && !url.startsWith('/media/'),
    parentOf: ({ url, headers }) => (url.startsWith('/trpc/') ? parseTraceparent(headers.traceparent) : null),
    routeOf: (request) => request.routeOptions.url ?? 'none',
  });
}
