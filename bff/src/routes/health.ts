import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

/** How long a dependency may take to say how it is. */
const HEALTH_WITHIN_MS = 3_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, which takes Postgres alone; Redis and the search
 * engine are told of, and the shop works without them.
 */
export async function healthRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const unlimited = { config: { rateLimit: false as const } };

  app.get('/health/live', unlimited, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  });

  app.get('/health/ready', unlimited, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (deps.isDraining()) return reply.code(503).send({ status: 'draining' });
    const dependencies = await healthOf(deps);
    const isReady = dependencies.postgres === 'up';
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready', dependencies });
  });
}

type Health = Awaited<ReturnType<Deps['domain']['health']>>;

/** Postgres counts as down when it does not say otherwise in time. */
async function healthOf(deps: Deps): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(
      () => resolve({ postgres: 'down', redis: 'down', meilisearch: 'down' }),
      HEALTH_WITHIN_MS,
    );
  });
  try {
    return await Promise.race([deps.domain.health(), late]);
  } finally {
    clearTimeout(timer);
  }
}
