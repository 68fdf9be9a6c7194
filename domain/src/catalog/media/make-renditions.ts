import { z } from 'zod';
import { type Context, defineJob, enqueue, isDomainError } from '../../kernel/index.ts';
import { rendition } from './rendition.ts';

/** Those that listings and product pages ask for first; the rest is made when somebody asks. */
const ahead = [
  { width: 320, format: 'avif' },
  { width: 640, format: 'avif' },
] as const;

/** How many pictures one job takes. */
const CHUNK = 20;

/** Makes renditions before a shopper waits for them. */
export const makeRenditionsJob = defineJob({
  name: 'catalog.make-renditions',
  payload: z.object({ keys: z.array(z.string()) }),
  async handle(ctx, { keys }) {
    for (const key of keys) {
      for (const { width, format } of ahead) await makeIfThere(ctx, key, width, format);
    }
  },
});

async function makeIfThere(ctx: Context, key: string, width: number, format: string): Promise<void> {
  try {
    await rendition(ctx, { key, width, format });
  } catch (error) {
    if (!isDomainError(error, 'not_found')) throw error;
    ctx.logger.warn({ key }, 'a picture has no original');
  }
}

/** Queues the making of renditions behind everything else, one job at a time. */
export async function makeRenditionsAhead(ctx: Context, keys: readonly string[]): Promise<void> {
  const distinct = [...new Set(keys)];
  for (let start = 0; start < distinct.length; start += CHUNK) {
    await enqueue(
      ctx,
      makeRenditionsJob,
      { keys: distinct.slice(start, start + CHUNK) },
      { priority: 100, queue: makeRenditionsJob.name, maxAttempts: 5 },
    );
  }
}
