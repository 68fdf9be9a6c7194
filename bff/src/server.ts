import { setTimeout as delay } from 'node:timers/promises';
import type { Domain } from '@souk/domain/app';
import { DomainError } from '@souk/domain/kernel';
import { type FastifyInstance, fastify } from 'fastify';
import type { Logger } from 'pino';
import { limitAdmission } from './admission.ts';
import { answerError } from './answer-error.ts';
import type { BffConfig } from './config.ts';
import type { Deps } from './deps.ts';
import { limitHandlerTime } from './handler-timeout.ts';
import { createBudgetWatch } from './ops/budget.ts';
import { closeOrderly } from './ops/close-orderly.ts';
import type { Metrics } from './ops/metrics.ts';
import { registerRateLimit } from './rate-limit.ts';
import { requestIdOf } from './request-id.ts';
import { healthRoutes } from './routes/health.ts';
import { mediaRoutes } from './routes/media.ts';
import { restRoutes } from './routes/rest.ts';
import { trpcRoutes } from './routes/trpc.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { traceRequests } from './trace-requests.ts';

/** The largest body that a procedure takes: an address form is under 2 kB. */
const BODY_LIMIT = 128 * 1024;
/** Longer than load balancers and clients keep an idle connection: they end it, so none of them sends a request into one that we end. */
const KEEP_ALIVE_MS = 75_000;
/** Path parameters hold the names of all procedures of a batch. */
const MAX_PATH_PARAMETER = 4_096;

export interface ServerOptions {
  readonly config: BffConfig;
  readonly domain: Domain;
  readonly logger: Logger;
  /** Whose observer the domain tells. */
  readonly metrics: Metrics;
}

export interface Server {
  readonly app: FastifyInstance;
  /**
   * Stops without failing anybody: readiness turns 503 at once, requests are still served for `shutdownDelayMs`, then no
   * new connection is taken and those under way are finished. The domain stays open: its owner closes it.
   */
  drain(): Promise<void>;
}

/** Builds the server; `server.app.listen` opens it. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { config, domain, logger, metrics } = options;
  metrics.watch(domain);
  const watchBudget = createBudgetWatch(config.domain.environment === 'test', logger);
  let isDraining = false;
  const deps: Deps = {
    config,
    domain,
    logger,
    metrics,
    isDraining: () => isDraining,
    observeProcedure(call) {
      metrics.observeProcedure(call);
      watchBudget(call);
    },
  };

  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    connectionTimeout: config.handlerTimeoutMs + 5_000,
    requestTimeout: 15_000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestIdOf,
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER },
    frameworkErrors: (error, request, reply) => answerError(logger, error, request, reply),
  });
  app.setErrorHandler((error, request, reply) => {
    metrics.shedBy(error);
    return answerError(logger, error, request, reply);
  });
  traceRequests(app);
  observeRequests(app, deps);
  const admission = limitAdmission(app, { pressure: domain.pressure, logger });
  limitHandlerTime(app, config.handlerTimeoutMs, () => metrics.shed('timeout'));
  await registerRateLimit(app, { config, logger, onExceeded: () => metrics.shed('rate_limited') });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request) => {
    throw new DomainError('not_found', `nothing is served at ${request.method} ${request.url.split('?')[0]}`);
  });
  await app.register(healthRoutes, { ...deps, admission });
  await app.register(mediaRoutes, deps);
  await app.register(webhookRoutes, deps);
  await app.register(restRoutes, { ...deps, prefix: '/api/v1' });
  await app.register(trpcRoutes, deps);

  return {
    app,
    async drain() {
      isDraining = true;
      await delay(config.shutdownDelayMs);
      await closeOrderly(app);
    },
  };
}

/** Gives each answer its request id, and tells metrics and the log of it. Queries stay out of the log: they hold tokens. */
function observeRequests(app: FastifyInstance, deps: Deps): void {
  app.addHook('onRequest', async (request, reply) => {
    deps.metrics.countInFlight(reply.raw);
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (deps.isDraining()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    const status = reply.statusCode;
    deps.metrics.observeRequest({ method, route, status, seconds });
    const isProbe = route.startsWith('/health/');
    const path = request.url.split('?')[0];
    const line = { requestId: request.id, method, path, status, ms: Math.round(reply.elapsedTime) };
    if (isProbe) deps.logger.debug(line, 'probe');
    else deps.logger.info(line, 'request');
  });
}
