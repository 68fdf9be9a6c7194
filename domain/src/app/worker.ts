import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  parseCronItems,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
  Logger as WorkerLogger,
} from 'graphile-worker';
import { sql } from 'kysely';
import {
  deliverJob,
  inLaterSpan,
  relayEvents,
  system,
  waitForDatabase,
  withoutTrace,
} from '../kernel/index.ts';
import type { Domain } from './domain.ts';
import { handBackJobs } from './hand-back.ts';
import { jobs, schedules } from './modules.ts';
import { measuredName, observeJob } from './observe-job.ts';
import { keepLease, type WorkerLease } from './worker-lease.ts';

/** A running worker. */
export interface Worker {
  /**
   * Takes no more jobs, and lets those under way finish. What is not done by then goes back to the queue.
   *
   * @returns how many jobs were handed back: they run on here, so the process has to end at once
   */
  stop(): Promise<number>;
  /** Settles when the worker has stopped, for whatever reason. */
  readonly stopped: Promise<void>;
}

function tasksOf(domain: Domain): TaskList {
  const ctx = domain.context({ actor: system });
  const tasks: TaskList = {};
  for (const job of jobs) {
    tasks[job.name] = async (stored, helpers) => {
      const { attempts, max_attempts: maxAttempts } = helpers.job;
      const { payload, trace } = withoutTrace(stored);
      const run = { attempt: attempts, isLastAttempt: attempts >= maxAttempts };
      await inLaterSpan(`job ${job.name}`, [trace], () =>
        observeJob(ctx, { ...run, name: measuredName(ctx, job, payload) }, (observed) =>
          job.handle(ctx, job.payload.parse(payload), observed),
        ),
      );
    };
  }
  for (const schedule of schedules) {
    // the clock tries again: it never counts as dead
    const run = { name: schedule.name, attempt: 1, isLastAttempt: false };
    tasks[schedule.name] = () =>
      inLaterSpan(`job ${schedule.name}`, [], () => observeJob(ctx, run, () => schedule.handle(ctx)));
  }
  return tasks;
}

function loggerOf(domain: Domain): WorkerLogger {
  const { logger } = domain.context();
  return new WorkerLogger(() => (level, message, meta) => {
    const about = meta?.error === undefined ? {} : { err: meta.error };
    if (level === 'error') logger.error(about, message);
    else if (level === 'warning') logger.warn(about, message);
    else logger.debug(about, message);
  });
}

/** How long a worker that starts waits for a Postgres that is away. */
const DATABASE_PATIENCE_MS = 60_000;

/** How long jobs under way may take to finish when the worker stops, in milliseconds: what is left of the 10 s is for handing back. */
const FINISH_WITHIN_MS = 6_500;

/** How long events wait at the most before they are handed to their subscribers, and how long after a failure. */
const RELAY_PAUSE_MS = 50;
const RELAY_RETRY_MS = 1_000;

/** Hands events to their subscribers until stopped. */
function keepRelaying(domain: Domain): { stop(): Promise<void> } {
  const ctx = domain.context({ actor: system });
  const stopping = new AbortController();
  const relaying = (async () => {
    while (!stopping.signal.aborted) {
      const pause = await relayEvents(ctx).then(
        (relayed) => (relayed > 0 ? 0 : RELAY_PAUSE_MS),
        (error: unknown) => {
          ctx.logger.warn({ err: error }, 'events could not be handed to their subscribers');
          return RELAY_RETRY_MS;
        },
      );
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    stop() {
      stopping.abort();
      return relaying;
    },
  };
}

/**
 * Runs jobs and schedules until stopped. Several workers may run at once: each job goes to one. What a worker was at that died is begun
 * anew by the others within half a minute.
 */
export async function runWorker(
  domain: Domain,
  options: { concurrency?: number; finishWithinMs?: number } = {},
): Promise<Worker> {
  // whoever ends instead is started again a few times, and then no more
  await waitForDatabase(domain.pool, { patienceMs: DATABASE_PATIENCE_MS });
  const events: WorkerEvents = new EventEmitter();
  let lease: WorkerLease | undefined;
  let poolId = '';
  events.once('pool:create', ({ workerPool }) => {
    poolId = workerPool.id;
    lease = keepLease(domain, workerPool.id);
  });
  const runner = await run({
    pgPool: domain.pool,
    concurrency: options.concurrency ?? 4,
    pollInterval: 1_000,
    noHandleSignals: true,
    events,
    logger: loggerOf(domain),
    taskList: tasksOf(domain),
    parsedCronItems: parseCronItems(
      schedules.map((schedule) => ({
        task: schedule.name,
        match: schedule.cron,
        identifier: schedule.name,
        options: { maxAttempts: 1, jobKey: schedule.name, queueName: schedule.name },
      })),
    ),
  });
  const relay = keepRelaying(domain);
  const stopped = runner.promise.finally(() => Promise.all([relay.stop(), lease?.end()]));
  return {
    async stop() {
      const finishing = Promise.all([relay.stop(), runner.stop()]).then(() => true);
      const isLate = sleep(options.finishWithinMs ?? FINISH_WITHIN_MS, false, { ref: false });
      const handedBack = (await Promise.race([finishing, isLate])) ? [] : await handBackJobs(domain, poolId);
      if (handedBack.length > 0) {
        domain.context().logger.warn({ jobs: handedBack }, 'jobs that did not finish went back to the queue');
      }
      await lease?.end();
      return handedBack.length;
    },
    stopped,
  };
}

/** How long to wait for jobs that others are at. */
const OTHERS_PATIENCE_MS = 30_000;

/**
 * Runs the jobs that are due, and those that become due by them, until none is left: for tests. The library's own `runOnce` may
 * answer while its last job is still being written off, so what it leaves is looked at.
 */
export async function runDueJobs(domain: Domain): Promise<void> {
  const { db } = domain.context();
  const giveUpAt = performance.now() + OTHERS_PATIENCE_MS;
  for (;;) {
    await runTasks(domain, tasksOf(domain));
    const relayed = await relayEvents(domain.context({ actor: system }));
    const { rows } = await sql<{ due: number; running: number }>`
      select
        count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts)::int as due,
        count(*) filter (where locked_at is not null)::int as running
      from graphile_worker.jobs
    `.execute(db);
    const { due, running } = rows[0] ?? { due: 0, running: 0 };
    const isIdle = due === 0 && relayed === 0;
    if (isIdle && (running === 0 || performance.now() > giveUpAt)) return;
    if (isIdle) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Delivers the events that are due now and leaves other jobs to the worker; safe beside it, as each queue has one runner at a
 * time. Returns when nothing is left that it may take.
 */
export async function drainEvents(domain: Domain): Promise<void> {
  const deliver = tasksOf(domain)[deliverJob.name];
  if (!deliver) return;
  const ctx = domain.context({ actor: system });
  // what is left of earlier rounds first, then for as long as there is news
  do await runTasks(domain, { [deliverJob.name]: deliver });
  while ((await relayEvents(ctx)) > 0);
}

async function runTasks(domain: Domain, taskList: TaskList): Promise<void> {
  await runOnce({
    pgPool: domain.pool,
    concurrency: 4,
    noHandleSignals: true,
    logger: loggerOf(domain),
    taskList,
  });
}
