import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 50;

/**
 * Closes a server: takes no new connection, finishes what is under way, and ends each connection as it falls idle. Fastify looks for idle
 * ones but once: whatever was answering then would stay open until its keep-alive runs out.
 */
export async function closeOrderly(app: FastifyInstance): Promise<void> {
  const closing = app.close();
  const timer = setInterval(() => app.server.closeIdleConnections(), LOOK_EVERY_MS);
  await closing.finally(() => clearInterval(timer));
}
