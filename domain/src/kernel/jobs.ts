import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from './context.ts';
import { DELIVER_JOB, deliverEvents } from './events.ts';
import { withTrace } from './handed-on-trace.ts';
import { wakeForgotten } from './pending-deliveries.ts';

/** Work for the worker, queued in the transaction that wants it done. Runs at least once: handlers are idempotent. */
export interface Job<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Schema;
  readonly handle: (ctx: Context, payload: z.infer<Schema>, run: JobRun) => Promise<void>;
}

export interface JobRun {
  /** From 1. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  /** Says that what could not be done was set aside: the job ends well, and counts as dead. */
  setAside(): void;
}

/** Declares a job; see `enqueue`. */
export function defineJob<Schema extends z.ZodType>(job: Job<Schema>): Job<Schema> {
  return job;
}

/** Work that runs by the clock, in one worker at a time. `cron` has five fields, UTC. */
export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly handle: (ctx: Context) => Promise<void>;
}

/** What a module wants the worker to do for it. */
export interface ModuleJobs {
  readonly subscriptions?: readonly import('./events.ts').Subscription[];
  readonly jobs?: readonly Job[];
  readonly schedules?: readonly Schedule[];
}

/**
 * Queues a job in the context's transaction, if it is in one.
 *
 * @param options.key a later job of the same key replaces one that has not begun
 */
export async function enqueue<Schema extends z.ZodType>(
  ctx: Context,
  job: Job<Schema>,
  payload: z.infer<Schema>,
  options: { key?: string; runAt?: Date; queue?: string; maxAttempts?: number; priority?: number } = {},
): Promise<void> {
  // what is put off until a moment is no part of what is done now
  const stored = options.runAt === undefined ? withTrace(payload) : payload;
  await sql`
    select graphile_worker.add_job(
      ${job.name}, payload := ${JSON.stringify(stored)}::json, queue_name := ${options.queue ?? null}::text,
      run_at := ${options.runAt ?? null}::timestamptz, max_attempts := ${options.maxAttempts ?? 25}::int,
      job_key := ${options.key ?? null}::text, priority := ${options.priority ?? 0}::int
    )
  `.execute(ctx.db);
}

/** The job behind every subscription. */
export const deliverJob = defineJob({
  name: DELIVER_JOB,
  payload: z.object({ subscriber: z.string(), aggregateId: z.string().nullable() }),
  async handle(ctx, payload, run) {
    const dead = await deliverEvents(ctx, { ...payload, isLastAttempt: run.isLastAttempt });
    if (dead > 0) run.setAside();
  },
});

/** What keeps the events going, beside what each module wants. */
export const eventJobs: ModuleJobs = {
  jobs: [deliverJob as Job],
  schedules: [
    {
      name: 'events.wake-forgotten',
      cron: '* * * * *',
      async handle(ctx) {
        const woken = await wakeForgotten(ctx);
        if (woken > 0) ctx.logger.warn({ woken }, 'events that nobody was going to deliver');
      },
    },
  ],
};
