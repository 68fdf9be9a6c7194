import { PassThrough } from 'node:stream';
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { NonceContext } from './lib/nonce.ts';

/** How long parts of a page may come after its shell before they are given up. */
export const streamTimeout = 8_000;

/**
 * Renders a page, streaming: browsers get the shell as soon as it is ready, robots get the whole at once.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  headers.set('content-type', 'text/html; charset=utf-8');
  // Every page names the shopper's cart, so no shared cache may keep it.
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
  if ((status === 503 || status === 429) && !headers.has('retry-after')) headers.set('retry-after', '10');

  const isRobot = isbot(request.headers.get('user-agent') ?? '');
  return new Promise((resolve, reject) => {
    let answerStatus = status;
    const respond = () => {
      const body = new PassThrough();
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answerStatus }));
      page.pipe(body);
    };
    const page = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <RemixServer context={remix} url={request.url} nonce={context.nonce} abortDelay={streamTimeout} />
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        ...(isRobot ? { onAllReady: respond } : { onShellReady: respond }),
        onShellError: reject,
        onError: (error) => {
          answerStatus = 500;
          if (!request.signal.aborted) context.log.error({ err: error }, 'rendering failed');
        },
      },
    );
    setTimeout(() => page.abort(), streamTimeout + 1_000).unref();
  });
}

/** Faults of loaders and actions: expected refusals are answers, so what comes here is ours to mend. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
) {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  context.log.error({ err: error }, 'a loader or action failed');
}
