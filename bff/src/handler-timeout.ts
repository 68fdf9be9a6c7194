import { DomainError } from '@souk/domain/kernel';
import type { FastifyInstance } from 'fastify';

/**
 * Answers 503 when a handler takes longer than `timeoutMs`. What it began goes on: procedures may be repeated safely.
 * Fastify's own `handlerTimeout` does not do: once a body has been read its timer is disarmed (5.12), so a POST never times out.
 */
export function limitHandlerTime(app: FastifyInstance, timeoutMs: number, onTimeout: () => void): void {
  app.addHook('preHandler', async (_request, reply) => {
    const timer = setTimeout(() => {
      if (reply.sent || reply.raw.headersSent) return;
      onTimeout();
      reply.send(new DomainError('unavailable', 'this took too long; try again soon'));
    }, timeoutMs);
    reply.raw.once('close', () => clearTimeout(timer));
  });
}
