import { type Span, scopeRequests, traceparentOf } from '@souk/telemetry';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The id of the route whose page answers; known only of requests whose trace is kept. */
    pageRoute: string;
  }
}

/** The address of all pages; files, pictures and probes have their own. */
export const PAGES = '/*';

/**
 * Gives each request a scope for its log and, where traces are on, a span. A trace always begins here: whoever sends a `traceparent` from
 * outside is not believed, as anybody could have everything kept that way, also by an id that the ratio happens to keep.
 */
export function tracePages(app: FastifyInstance): void {
  app.decorateRequest('pageRoute', 'none');
  scopeRequests(app, {
    isTraced: (request) => request.routeOptions.url === PAGES,
    parentOf: () => null,
    routeOf: (request) => request.pageRoute,
  });
}

/** `Server-Timing` that tells the browser which trace its page belongs to, whether that is kept, and if so what the page is. */
export function traceForBrowser(span: Span, route: string): string {
  const trace = `traceparent;desc="${traceparentOf(span)}"`;
  return span.isSampled ? `${trace}, route;desc="${route}"` : trace;
}
