import { type FastifyInstance, fastify } from 'fastify';
import type { Registry } from 'prom-client';

/** Serves `/metrics` and `/health/live` on a port that shoppers do not reach; the caller has it listen. */
export function createOperationsServer(registry: Registry): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.get('/health/live', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  );
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
}
