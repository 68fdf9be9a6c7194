import type { FastifyInstance } from 'fastify';
import { messagePage, sendPage } from '../pages/layout.ts';
import { sendElementPage } from './element-page.ts';
import { scriptNamed } from './scripts.ts';

/** `/v3/stripe.js`, and the frame that it mounts. */
export function registerElements(app: FastifyInstance): void {
  for (const name of ['stripe.js', 'frame.js'] as const) {
    app.get(`/v3/${name}`, async (_request, reply) =>
      reply
        .headers({
          'content-type': 'text/javascript; charset=utf-8',
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          'x-content-type-options': 'nosniff',
          'cache-control': 'public, max-age=60',
        })
        .send(scriptNamed(name)),
    );
  }

  app.get<{ Querystring: { origin?: unknown } }>('/v3/elements/payment', async (request, reply) => {
    const origin = originOf(request.query.origin);
    if (origin !== undefined) return sendElementPage(reply, origin);
    const text = 'This form stands in a page of a shop: mount it with /v3/stripe.js.';
    return sendPage(reply, messagePage('Nothing to see here', text, { status: 400 }));
  });
}

function originOf(given: unknown): string | undefined {
  if (typeof given !== 'string' || !URL.canParse(given)) return undefined;
  const { origin, protocol } = new URL(given);
  return (protocol === 'http:' || protocol === 'https:') && origin === given ? origin : undefined;
}
