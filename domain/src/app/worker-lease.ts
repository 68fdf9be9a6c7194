import { createDatabase } from '../kernel/index.ts';
import type { Domain } from './domain.ts';

/** How long a worker may be away from Postgres, which may be starting anew, before others take what it was at. */
const GRACE_SECONDS = 20;
const LOOK_SECONDS = 5;

/** What shows others that a worker lives. */
export interface WorkerLease {
  end(): Promise<void>;
}

/**
 * Shows that a worker lives, by a lock that Postgres drops with its connection, and gives back the jobs of workers that died: the queue by
 * itself would keep them, and all that wait in line behind them, for four hours.
 *
 * @param poolId the name by which the worker locks jobs
 */
export function keepLease(
  domain: Domain,
  poolId: string,
  { graceSeconds = GRACE_SECONDS, lookSeconds = LOOK_SECONDS } = {},
): WorkerLease {
  const { logger } = domain.context();
  const connect = () => connectOnce(domain, poolId);
  let connection: Awaited<ReturnType<typeof connect>> | undefined;
  let isEnded = false;
  let wake = () => {};

  const look = async () => {
    connection ??= await connect();
    const { heldSince, check } = connection;
    // those who lost their lock as Postgres went down are given time to take it again
    if (Date.now() - heldSince < graceSeconds * 1000) return check();
    const freed = await connection.freeJobsOfDead(graceSeconds);
    if (freed.length > 0) logger.warn({ workers: freed }, 'jobs of workers that died are free again');
  };
  const disconnect = async () => {
    const last = connection;
    connection = undefined;
    await last?.close();
  };
  const run = async () => {
    while (!isEnded) {
      try {
        await look();
      } catch (error) {
        logger.warn({ err: error }, 'a worker could not show that it lives');
        await disconnect();
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookSeconds * 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    await disconnect();
  };
  const running = run();
  return {
    async end() {
      isEnded = true;
      wake();
      await running;
    },
  };
}

/** A connection of its own that holds the worker's lock: those of the pool come and go. */
async function connectOnce(domain: Domain, poolId: string) {
  const { logger } = domain.context();
  const { pool } = createDatabase({
    url: domain.config.databaseUrl,
    poolSize: 1,
    applicationName: 'souk-worker-lease',
    onPoolError: (error) => logger.warn({ err: error }, "the connection of a worker's lease broke"),
  });
  const client = await pool.connect().catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const close = async () => {
    client.release(true);
    await pool.end();
  };
  try {
    // a machine that vanished is noticed as soon as a process that died
    await client.query(
      'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 2',
    );
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockOf(poolId)]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    heldSince: Date.now(),
    close,
    /** Fails when the connection broke, and with it the lock. */
    async check(): Promise<void> {
      await client.query('select 1');
    },
    async freeJobsOfDead(graceSeconds: number): Promise<string[]> {
      const { rows } = await client.query<{ worker: string }>(freeing, [poolId, graceSeconds]);
      return rows.map(({ worker }) => worker);
    },
  };
}

const lockOf = (poolId: string) => `souk-worker:${poolId}`;

const freeing = `
  with holder as (
    select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
    union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
  ), dead as materialized (
    select locked_by as worker from holder
    where locked_by <> $1
    group by locked_by
    having max(locked_at) < now() - make_interval(secs => $2::int)
      and pg_try_advisory_xact_lock(hashtextextended('souk-worker:' || locked_by, 0))
  )
  select worker, graphile_worker.force_unlock_workers(array[worker]) from dead`;
