import type { FastifyInstance } from 'fastify';
import type { Admission } from '../admission.ts';
import type { Deps } from '../deps.ts';

/** How long a process stays in service after it last reached Postgres, in milliseconds. */
const GRACE_MS = 30_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it is to be sent requests. Redis and the search engine are told of, and the shop
 * works without them. So is Postgres: a process has to reach it once to come into service, and leaves when it has been cut off from it for
 * half a minute; before that it stays, for all processes see the same Postgres fail at the same moment, and one that answers 503 and when to
 * come back is better than none. Having much to do is no reason to leave either: it would only give the others more.
 */
export async function healthRoutes(
  app: FastifyInstance,
  { isDraining, domain, admission }: Pick<Deps, 'isDraining' | 'domain'> & { admission: Admission },
): Promise<void> {
  const unlimited = { config: { rateLimit: false as const } };
  let inServiceUntil = 0;

  app.get('/health/live', unlimited, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  });

  app.get('/health/ready', unlimited, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (isDraining()) return reply.code(503).send({ status: 'draining' });
    const dependencies = await domain.health();
    const now = performance.now();
    if (dependencies.postgres === 'up') inServiceUntil = now + GRACE_MS;
    const isReady = now < inServiceUntil;
    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? 'ready' : 'not_ready',
      load: admission.isShedding() ? 'shedding' : 'normal',
      dependencies,
    });
  });
}
