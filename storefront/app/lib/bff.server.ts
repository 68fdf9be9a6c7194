import type { AppLoadContext } from '@remix-run/node';
import type { AppRouter } from '@souk/bff/types';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  loggerLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client';
import superjson from 'superjson';
import { askBff } from './bff-connection.server.ts';
import { readCartToken } from './cart-cookie.server.ts';
import { lastAnswersLink } from './last-answers.server.ts';
import { readRegion } from './region-cookie.server.ts';
import { readDeviceToken, readSessionToken } from './session-cookie.server.ts';

function connect(request: Request, context: AppLoadContext, session: string | null) {
  const cart = readCartToken(request, context.shopUrl);
  const device = readDeviceToken(request, context.shopUrl);
  const region = readRegion(request, context.shopUrl);
  const language = request.headers.get('accept-language');
  const userAgent = request.headers.get('user-agent')?.slice(0, 400);
  const options = {
    url: `${context.bffUrl}/trpc`,
    transformer: superjson,
    headers: {
      'x-request-id': context.requestId,
      'x-forwarded-for': context.clientAddress,
      ...(cart ? { 'x-souk-cart': cart } : {}),
      ...(session ? { 'x-souk-session': session } : {}),
      ...(device ? { 'x-souk-device': device } : {}),
      ...(region ? { 'x-souk-region': region } : {}),
      ...(userAgent ? { 'x-souk-user-agent': userAgent } : {}),
      ...(language ? { 'accept-language': language } : {}),
    },
    fetch: (url: RequestInfo | URL | string, init?: { method?: string; headers?: unknown; body?: unknown }) =>
      context.traced(`bff ${proceduresIn(String(url))}`, (trace) =>
        askBff({
          url: String(url),
          method: init?.method ?? 'GET',
          headers: { ...(init?.headers as Record<string, string>), ...trace },
          body: typeof init?.body === 'string' ? init.body : null,
          signal: request.signal,
        }),
      ),
  };
  return createTRPCClient<AppRouter>({
    links: [
      lastAnswersLink(session === null ? `${region ?? ''} ${language ?? ''}` : null),
      observing(request, context),
      splitLink({
        condition: (operation) => operation.type === 'query',
        true: httpBatchLink({ ...options, maxURLLength: 8_000 }),
        false: httpLink(options),
      }),
    ],
  });
}

/** The names of the procedures that a request asks for, separated by commas; what it asks them is left out. */
function proceduresIn(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1).split('?', 1)[0] ?? '';
}

/** Tells the server of each call, for its metrics. */
function observing(request: Request, context: AppLoadContext) {
  return loggerLink<AppRouter>({
    enabled: ({ direction }) => direction === 'down',
    logger(call) {
      if (call.direction !== 'down') return;
      const { path: procedure, result, elapsedMs } = call;
      context.observeBff({ procedure, outcome: outcomeOf(result, request), seconds: elapsedMs / 1000 });
    },
  });
}

function outcomeOf(result: object, request: Request): string {
  if (!(result instanceof TRPCClientError)) return 'ok';
  const code: unknown = result.data?.code;
  if (typeof code === 'string') return code;
  return request.signal.aborted ? 'aborted' : 'unreachable';
}

/** The typed client of the bff. */
export type Bff = ReturnType<typeof connect>;

const clients = new WeakMap<AppLoadContext, Bff>();

/**
 * The bff, as the shopper of this request. All loaders of one page share it, so what they ask for at the same time
 * travels as one HTTP request.
 */
export function bffFor({ request, context }: { request: Request; context: AppLoadContext }): Bff {
  const known = clients.get(context);
  if (known) return known;
  const client = connect(request, context, readSessionToken(request, context.shopUrl));
  clients.set(context, client);
  return client;
}

/** Lets the rest of this request ask with the new token of its session: the loaders of a page that answers a form. */
export function goOnWithSession(args: { request: Request; context: AppLoadContext }, token: string): void {
  clients.set(args.context, connect(args.request, args.context, token));
}
