import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { keepLease } from './worker-lease.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const soon = { graceSeconds: 0, lookSeconds: 0.05 };
const newWorker = () => `pool-${randomBytes(6).toString('hex')}`;

/** Leaves a job, and the queue that it is in, to a worker. */
async function jobOf(worker: string): Promise<{ isFree(): Promise<boolean> }> {
  const { pool } = shop.domain;
  const added = await pool.query<{ id: number }>(
    `select id from graphile_worker.add_job('mail.send', '{}'::json, queue_name => $1)`,
    [worker],
  );
  const id = added.rows[0]?.id;
  await pool.query(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '1 minute' where id = $2`,
    [worker, id],
  );
  await pool.query(
    `update graphile_worker._private_job_queues set locked_by = $1, locked_at = now() - interval '1 minute'
      where queue_name = $1`,
    [worker],
  );
  return {
    async isFree() {
      const { rows } = await pool.query<{ locks: number }>(
        `select (job.locked_by is not null)::int + (queue.locked_by is not null)::int as locks
          from graphile_worker._private_jobs job
          join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
          where job.id = $1`,
        [id],
      );
      return rows[0]?.locks === 0;
    },
  };
}

test('what a worker was at that died is free for others; what a living one is at stays its own', async () => {
  const [ours, living, dead] = [newWorker(), newWorker(), newWorker()];
  const lives = keepLease(shop.domain, living, { graceSeconds: 3_600, lookSeconds: 0.05 });
  const jobs = { ours: await jobOf(ours), living: await jobOf(living), dead: await jobOf(dead) };
  await isHeld(living);
  const lease = keepLease(shop.domain, ours, soon);
  await expect.poll(() => jobs.dead.isFree(), { timeout: 10_000 }).toBe(true);
  expect(await jobs.living.isFree()).toBe(false);
  expect(await jobs.ours.isFree()).toBe(false);

  await lives.end();
  await expect.poll(() => jobs.living.isFree(), { timeout: 10_000 }).toBe(true);
  expect(await jobs.ours.isFree()).toBe(false);
  await lease.end();
});

test('a worker whose connection broke takes its lock again', async () => {
  const worker = newWorker();
  const lease = keepLease(shop.domain, worker, { graceSeconds: 3_600, lookSeconds: 0.05 });
  await isHeld(worker);
  const [first] = await holders(worker);
  await shop.domain.pool.query('select pg_terminate_backend($1)', [first]);
  await expect
    .poll(async () => (await holders(worker)).filter((pid) => pid !== first), { timeout: 10_000 })
    .toHaveLength(1);
  await lease.end();
  await expect.poll(() => holders(worker)).toEqual([]);
});

/** The connections that hold a worker's lock. */
async function holders(worker: string): Promise<number[]> {
  const { rows } = await shop.domain.pool.query<{ pid: number }>(
    `select pid from pg_locks
      where locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)`,
    [`souk-worker:${worker}`],
  );
  return rows.map(({ pid }) => pid);
}

const isHeld = (worker: string) => expect.poll(() => holders(worker), { timeout: 10_000 }).toHaveLength(1);
