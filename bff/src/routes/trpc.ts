import {
  type CreateFastifyContextOptions,
  type FastifyTRPCPluginOptions,
  fastifyTRPCPlugin,
} from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import { logError } from '../answer-error.ts';
import { createRequestContext } from '../create-request-context.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../errors.ts';
import { type AppRouter, appRouter } from '../router.ts';

/** The most calls in one batch: more than a page asks for, fewer than an attack wants. */
const MAX_BATCH_SIZE = 32;

/** `/trpc/<procedures>`: what the storefront talks to. Answers are of one shopper: nobody may cache them. */
export async function trpcRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const options: FastifyTRPCPluginOptions<AppRouter> = {
    trpcOptions: {
      router: appRouter,
      maxBatchSize: MAX_BATCH_SIZE,
      createContext: ({ req }: CreateFastifyContextOptions) => createRequestContext(deps, req),
      onError: ({ error, path, req }) => {
        logError(deps.logger, error, { requestId: req.id, procedure: path });
        deps.metrics.shedBy(error);
      },
      responseMeta({ errors }) {
        const retryAfter = errors.map((error) => describeError(error).retryAfterSeconds ?? 0);
        const longest = Math.max(0, ...retryAfter);
        return {
          headers: new Headers({
            'cache-control': 'no-store',
            ...(longest > 0 ? { 'retry-after': String(longest) } : {}),
          }),
        };
      },
    },
  };
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', ...options });
}
