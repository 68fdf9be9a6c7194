import type { FastifyInstance } from 'fastify';
import { Agent, request as fetchFrom, interceptors } from 'undici';
import type { StorefrontConfig } from './config.ts';

const passedOn = ['content-type', 'content-length', 'cache-control', 'etag', 'last-modified'];

/** Serves pictures from the bff, so that pages load them from the shop's own address. */
export function addMediaProxy(app: FastifyInstance, config: StorefrontConfig): void {
  const agent = new Agent({
    connections: 32,
    // sooner than a bff that stops ends idle connections
    keepAliveTimeout: 3_000,
    keepAliveMaxTimeout: 3_000,
    headersTimeout: 15_000,
  });
  // a picture may be asked for twice: only a connection that failed is a reason, not what the bff answers
  const again = interceptors.retry({
    maxRetries: 3,
    minTimeout: 50,
    methods: ['GET', 'HEAD'],
    statusCodes: [],
  });
  const connections = agent.compose(again);
  app.addHook('onClose', () => agent.close());

  app.get('/media/*', { logLevel: 'warn' }, async (request, reply) => {
    const conditional = request.headers['if-none-match'];
    const path = request.url.split('?', 1)[0] ?? '/';
    const picture = await fetchFrom(`${config.bffUrl}${path}`, {
      method: request.method === 'HEAD' ? 'HEAD' : 'GET',
      headers: { 'x-request-id': request.id, ...(conditional ? { 'if-none-match': conditional } : {}) },
      dispatcher: connections,
    }).catch((error: unknown) => {
      request.log.warn({ err: error }, 'the bff did not give a picture');
      return null;
    });
    if (picture === null) return reply.code(503).header('retry-after', '5').send();

    reply.code(picture.statusCode);
    for (const name of passedOn) {
      const value = picture.headers[name];
      if (value !== undefined) reply.header(name, value);
    }
    return reply.send(picture.body);
  });
}
