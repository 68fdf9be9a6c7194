import type { FastifyInstance, FastifyRequest } from 'fastify';
import { runInScope, type Scope, startSpan } from './spans.ts';
import type { TraceParent } from './trace-context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the log and the trace know of this request. */
    scope: Scope;
  }
}

export interface RequestScopes {
  /** Whether a request is worth a span: probes are not. */
  isTraced(request: FastifyRequest): boolean;
  /** The span that a request continues, as told by somebody who is believed; null begins a trace. */
  parentOf(request: FastifyRequest): TraceParent | null;
  /** The pattern behind a request's address, never the address itself: that may hold a key to something. */
  routeOf(request: FastifyRequest): string;
}

/** Gives each request a scope, which all that is done for it runs in, and a span where traces are on. Before all other hooks. */
export function scopeRequests(app: FastifyInstance, { isTraced, parentOf, routeOf }: RequestScopes): void {
  app.decorateRequest('scope');
  app.addHook('onRequest', (request, _reply, done) => {
    const { method } = request;
    const span = isTraced(request)
      ? startSpan({ name: method, kind: 'server', parent: parentOf(request), attributes: methodOf(method) })
      : null;
    request.scope = { requestId: request.id, span };
    runInScope(request.scope, done);
  });
  // what is read from a socket comes outside of any scope
  app.addHook('preValidation', (request, _reply, done) => runInScope(request.scope, done));
  app.addHook('onResponse', (request, reply, done) => {
    const { span } = request.scope;
    if (span?.isSampled) {
      const route = routeOf(request);
      span.rename(`${request.method} ${route}`);
      span.set({ 'http.route': route, 'http.response.status_code': reply.statusCode });
      if (reply.statusCode >= 500) span.fail(String(reply.statusCode));
    }
    span?.end();
    runInScope(request.scope, done);
  });
}

const methods = new Map<string, { 'http.request.method': string }>();

/** The same object for the same method: it is made for every request. */
function methodOf(method: string) {
  const known = methods.get(method);
  if (known) return known;
  const made = { 'http.request.method': method };
  methods.set(method, made);
  return made;
}
