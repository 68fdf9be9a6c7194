import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  createRequestHandler,
  type ServerBuild,
} from '@remix-run/node';
import { inSpan, traceHeaders } from '@souk/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BffCall } from '../app/lib/load-context.ts';
import type { StorefrontConfig } from './config.ts';
import { awayPage, brokenPage } from './plain-pages.ts';
import type { RouteFinder } from './route-of.ts';
import { traceForBrowser } from './trace-pages.ts';

/** Where the pages come from: the built module, or Vite's while developing. */
export type BuildSource = ServerBuild | (() => Promise<ServerBuild>);

function asFetchRequest(request: FastifyRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return new Request(new URL(request.url, `${request.protocol}://${request.host}`), {
    method: request.method,
    headers,
    signal,
    ...(hasBody ? { body: createReadableStreamFromReadable(request.raw), duplex: 'half' as const } : {}),
  });
}

/** Whether anybody may be given this answer. */
function isForAll(response: Response): boolean {
  return /\bpublic\b/.test(response.headers.get('cache-control') ?? '');
}

const RETRY_AFTER_SECONDS = '10';

/** Whether a browser would show what Remix tells programs: routes that only lead on have no page to fail by. */
function isBareFault(request: FastifyRequest, response: Response): boolean {
  const isWanted = request.headers.accept?.includes('text/html') ?? false;
  const isText = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  return isWanted && !isText && response.status >= 500;
}

/** Answers requests with the shop's pages, streaming. */
export function remixHandler(
  build: BuildSource,
  routes: RouteFinder,
  config: StorefrontConfig,
  observeBff: (call: BffCall) => void,
) {
  const handle = createRequestHandler(build, config.isDevelopment ? 'development' : 'production');

  return async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { span } = request.scope;
    if (span?.isSampled) request.pageRoute = await routes.of(request.url.split('?', 1)[0] ?? '/');
    const leave = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) leave.abort();
    });
    const context: AppLoadContext = {
      requestId: request.id,
      nonce: request.nonce,
      clientAddress: request.ip,
      shopUrl: config.shopUrl,
      bffUrl: config.bffUrl,
      mailboxUrl: config.mailboxUrl,
      observeBff,
      traced: (name, ask) => inSpan({ name, kind: 'client' }, () => ask(traceHeaders())),
      log: request.log,
    };
    const response = await handle(asFetchRequest(request, leave.signal), context);
    if (isBareFault(request, response)) {
      const isForNow = response.status === 503;
      if (isForNow) reply.header('retry-after', RETRY_AFTER_SECONDS);
      const page = isForNow ? awayPage : brokenPage;
      return reply.code(response.status).type('text/html; charset=utf-8').send(page(request.id));
    }

    reply.hijack();
    const head = { ...reply.getHeaders() };
    for (const [name, value] of response.headers) if (name !== 'set-cookie') head[name] = value;
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) head['set-cookie'] = cookies;
    // Prices go by the region that a cookie names, and more by who is logged in: what a browser fetched ahead is no good after that.
    if (!isForAll(response)) head.vary = [head.vary, 'cookie'].filter(Boolean).join(', ');
    // an answer for all is kept for others than the one whose trace it is
    if (span !== null && !isForAll(response))
      head['server-timing'] = traceForBrowser(span, request.pageRoute);
    const filled = Object.entries(head).filter(([, value]) => value !== undefined);
    reply.raw.writeHead(response.status, Object.fromEntries(filled));
    if (response.body === null || request.method === 'HEAD') {
      reply.raw.end();
      return;
    }
    await pipeline(Readable.from(response.body, { objectMode: false }), reply.raw).catch((error: unknown) => {
      if (!leave.signal.aborted) request.log.error({ err: error }, 'the page broke off');
    });
  };
}
