import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type FastifyBaseLogger, type FastifyError, type FastifyInstance, fastify } from 'fastify';
import type { StorefrontConfig } from './config.ts';
import { createLogger, pathForLog } from './logger.ts';
import { addMediaProxy } from './media-proxy.ts';
import type { Metrics } from './metrics.ts';
import { addPageTimings } from './page-timings.ts';
import { createTurns } from './page-turns.ts';
import { badRequestPage, brokenPage, crowdedPage, missingFilePage, tooLargePage } from './plain-pages.ts';
import { type BuildSource, remixHandler } from './remix-handler.ts';
import { routeFinder } from './route-of.ts';
import { addSecurity } from './security.ts';
import { addStaticFiles } from './static-files.ts';
import { PAGES, tracePages } from './trace-pages.ts';

/** More than any form of the shop sends. */
const LARGEST_BODY = 64 * 1024;

/** Longer than load balancers keep an idle connection: they end it, so none of them sends a request into one that we end. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Pages that are made at once. Making one is work for the processor: more at once are not done sooner. It is below what the bff and its
 * database answer without anybody waiting there, so that a crowd waits here, in order, where no time-out runs. Load balancers give up after a
 * minute.
 */
const PAGE_TURNS = { atOnce: 32, mostWaiting: 4_000, longestWaitMs: 55_000, longestTurnMs: 10_000 };
const CROWDED_RETRY_SECONDS = 10;

/** Root paths with an ending that pages never have: files that the build would hold if they existed. */
const looksLikeAFile =
  /\.(?:css|js|mjs|map|png|jpe?g|gif|webp|avif|svg|ico|woff2?|php|asp|env|zip|sql|bak)$/i;

export interface Storefront {
  readonly app: FastifyInstance;
  /** Turns readiness, so that load balancers send nobody new. */
  startDraining(): void;
}

/** Where the pages come from, and how their files are served. */
export interface Pages {
  readonly build: BuildSource;
  /** Null while developing: Vite serves files itself. */
  readonly clientDirectory: string | null;
  /** Registers what must run before our own routes. */
  prepare?(app: FastifyInstance): Promise<void>;
}

/** Builds the storefront's server; it does not listen yet. */
export async function createStorefront(
  config: StorefrontConfig,
  pages: Pages,
  metrics: Metrics,
  logger: FastifyBaseLogger = createLogger(config.logLevel),
): Promise<Storefront> {
  let isDraining = false;
  const app = fastify({
    loggerInstance: logger,
    requestIdLogLabel: 'requestId',
    disableRequestLogging: true,
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    },
    routerOptions: { maxParamLength: 2_000 },
    // An address that is none: there is no route, so no hook has run, and the reply has no types.
    frameworkErrors: (_error, request, reply) => {
      reply.raw
        .writeHead(400, { 'content-type': 'text/html; charset=utf-8' })
        .end(badRequestPage(request.id));
    },
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    return503OnClosing: false,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) request.log.error({ err: error }, 'a request failed');
    const page = status === 500 ? brokenPage : badRequestPage;
    return reply.code(status).type('text/html; charset=utf-8').send(page(request.id));
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(405)
      .header('allow', 'GET, HEAD, POST')
      .type('text/html; charset=utf-8')
      .send(badRequestPage(request.id)),
  );

  tracePages(app);
  logRequests(app);
  metrics.measureRequests(app, pages.build);
  const answering = trackAnswers(app);
  addSecurity(app, config);
  await pages.prepare?.(app);
  addMediaProxy(app, config);
  if (pages.clientDirectory) await addStaticFiles(app, pages.clientDirectory);

  app.get('/health', { logLevel: 'silent' }, () => ({ status: 'ok', version: config.build.version }));
  app.get('/health/live', { logLevel: 'silent' }, () => ({ status: 'ok' }));
  app.get('/health/ready', { logLevel: 'silent' }, (_request, reply) =>
    reply.code(isDraining ? 503 : 200).send({ status: isDraining ? 'draining' : 'ready' }),
  );

  const turns = createTurns(PAGE_TURNS);
  const routes = routeFinder(pages.build);
  if (config.telemetry.traces !== null) addPageTimings(app, routes);
  const answer = remixHandler(pages.build, routes, config, metrics.observeBff);
  app.route({
    method: ['GET', 'POST'],
    url: PAGES,
    handler: async (request, reply) => {
      const path = request.url.split('?', 1)[0] ?? '/';
      if (looksLikeAFile.test(path)) {
        return reply.code(404).type('text/html; charset=utf-8').send(missingFilePage(request.id));
      }
      if (
        Number(request.headers['content-length'] ?? 0) > LARGEST_BODY ||
        request.headers['transfer-encoding']
      ) {
        return reply.code(413).type('text/html; charset=utf-8').send(tooLargePage(request.id));
      }
      const endTurn = await turns.take(leftBy(reply.raw));
      if (endTurn === null) {
        reply.header('retry-after', String(CROWDED_RETRY_SECONDS));
        return reply.code(503).type('text/html; charset=utf-8').send(crowdedPage(request.id));
      }
      try {
        await answer(request, reply);
      } finally {
        endTurn();
      }
    },
  });

  return {
    app,
    startDraining: () => {
      isDraining = true;
      answering.endConnections();
    },
  };
}

/** Follows the answers under way, so that each can end its connection: `Connection: close` tells who sent the request not to send another. */
function trackAnswers(app: FastifyInstance): { endConnections(): void } {
  const answering = new Set<ServerResponse>();
  let isEnding = false;
  app.server.prependListener('request', (_request, response: ServerResponse) => {
    if (isEnding) response.shouldKeepAlive = false;
    answering.add(response);
    response.once('close', () => answering.delete(response));
  });
  return {
    endConnections() {
      isEnding = true;
      for (const response of answering) response.shouldKeepAlive = false;
    },
  };
}

/** Aborts when the browser ends the connection before its answer is written. */
function leftBy(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  return leaving.signal;
}
