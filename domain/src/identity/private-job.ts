import { z } from 'zod';
import { type Context, defineJob, enqueue, type Job, seal, unseal } from '../kernel/index.ts';

/** A job whose payload is nobody's business who reads the queue: an address, what a link will stand for. */
export interface PrivateJob<Schema extends z.ZodType> {
  readonly job: Job;
  readonly name: string;
  readonly schema: Schema;
}

/** Declares one; see `enqueuePrivately`. */
export function definePrivateJob<Schema extends z.ZodType>(input: {
  name: string;
  schema: Schema;
  handle: (ctx: Context, payload: z.infer<Schema>) => Promise<void>;
}): PrivateJob<Schema> {
  const { name, schema } = input;
  const job = defineJob({
    name,
    payload: z.object({ sealed: z.string() }),
    async handle(ctx, { sealed }) {
      const text = unseal(ctx.config.secrets, `job:${name}`, sealed);
      if (text !== null) await input.handle(ctx, schema.parse(JSON.parse(text)));
    },
  });
  return { job, name, schema };
}

/**
 * Queues a private job in the context's transaction, if it is in one. One statement, whatever the job will find: use cases that must
 * not show by their time whether an account exists leave all that depends on it to such a job.
 */
export async function enqueuePrivately<Schema extends z.ZodType>(
  ctx: Context,
  { job, name }: PrivateJob<Schema>,
  payload: z.infer<Schema>,
): Promise<void> {
  await enqueue(ctx, job, { sealed: seal(ctx.config.secrets, `job:${name}`, JSON.stringify(payload)) });
}
