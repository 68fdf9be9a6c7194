import { createDomain } from '@souk/domain/app';
import { placeOrder } from '@souk/domain/checkout';
import { sweepReservations } from '@souk/domain/inventory';
import { createLogger, defineEvent, relayEvents, type Subscription } from '@souk/domain/kernel';
import { queueMail } from '@souk/domain/mail';
import {
  createTestClock,
  createTestDomain,
  fillCart,
  openLine,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '@souk/domain/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { figureIn, seriesIn } from '../testing/figures.ts';
import { addBacklogMetrics } from './backlog-metrics.ts';
import { observeDomain, observeJobs } from './domain-metrics.ts';
import { type OperationsServer, startOperationsServer } from './operations-server.ts';
import { addPoolMetrics, createRegistry } from './registry.ts';

const noted = defineEvent('test.noted', z.object({}));
const clock = createTestClock(new Date());
let handled = 0;
let fails = false;
const listener: Subscription = {
  name: 'test.listener',
  on: [noted],
  mode: 'aggregate',
  async handle() {
    if (fails) throw new Error('not now');
    handled += 1;
  },
};

let shop: TestDomain;
let registry: Registry;
beforeEach(async () => {
  registry = createRegistry('worker', { version: '1.2.3', commit: 'c0ffee' });
  const observer = { ...observeDomain(registry), ...observeJobs(registry) };
  shop = await createTestDomain({ observer, parts: { clock, subscriptions: [listener] } });
  fails = false;
});
afterEach(() => shop.close());

/** The backlog as it is now: a registry that remembers nothing yet. */
async function backlog(...names: readonly string[]): Promise<(number | null)[]> {
  const fresh = new Registry();
  addBacklogMetrics(fresh, shop.domain);
  const text = await fresh.metrics();
  return names.map((name) => figureIn(text, name));
}

const run = (statement: string) => shop.domain.pool.query(statement);
const tell = () => shop.ctx.transaction((tx) => tx.emit(noted(tx.ids.next(), {})));
const runs = async (job: string, outcome: string) =>
  figureIn(await registry.metrics(), 'job_duration_seconds_count', { job, outcome });

test('a shop at rest has nothing to do, and says so', async () => {
  const fresh = new Registry();
  addBacklogMetrics(fresh, shop.domain);
  const series = seriesIn(await fresh.metrics());
  expect(series.length).toBeGreaterThan(15);
  expect(series.filter(({ value }) => value !== 0)).toEqual([]);
});

test('stock that is held counts once its time ran out, until it is given back', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  for (const _ of [1, 2]) await payWith(shop.ctx, await fillCart(shop.ctx, variantId), testCards.success);
  const names = ['reservations_overdue', 'reservations_overdue_oldest_seconds'];
  expect(await backlog(...names)).toEqual([0, 0]);
  clock.advance(15 * 60 + 30);
  expect(await backlog(...names)).toEqual([2, expect.closeTo(30, 0)]);
  await sweepReservations(shop.ctx);
  expect(await backlog(...names)).toEqual([0, 0]);
});

test('a checkout that waits for the bank shows for how long', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  const cartId = await fillCart(shop.ctx, variantId);
  await placeOrder(shop.ctx, { cartId, ...(await payWith(shop.ctx, cartId, testCards.threeDSecure)) });
  clock.advance(100);
  expect(await backlog('checkouts_placing_oldest_seconds')).toEqual([expect.closeTo(100, 0)]);
});

test('events wait in the outbox, then as jobs; those that nobody can take die', async () => {
  await tell();
  clock.advance(7);
  await tell();
  const events = ['events_waiting', 'events_waiting_oldest_seconds', 'events_dead'];
  expect(await backlog(...events)).toEqual([2, expect.closeTo(7, 0), 0]);
  await relayEvents(shop.ctx);
  expect(await backlog(...events)).toEqual([0, 0, 0]);
  expect(await backlog('jobs_waiting')).toEqual([2]);

  fails = true;
  await shop.runJobs();
  expect(await runs('test.listener', 'failed')).toBe(2);
  // tried again later: not due yet
  expect(await backlog('jobs_waiting', 'jobs_dead')).toEqual([0, 0]);
  await run('update graphile_worker._private_jobs set run_at = now(), attempts = max_attempts - 1');
  await shop.runJobs();
  expect(await runs('test.listener', 'dead')).toBe(2);
  expect(await runs('test.listener', 'ok')).toBeNull();
  expect(await backlog(...events, 'jobs_dead')).toEqual([0, 0, 2, 0]);

  fails = false;
  handled = 0;
  await tell();
  await shop.runJobs();
  expect(handled).toBe(1);
  expect(await runs('test.listener', 'ok')).toBe(1);
});

test('a job that fails for the last time is dead; one that is due waits', async () => {
  await run(`select graphile_worker.add_job('mail.send', '{}'::json, max_attempts => 1)`);
  await run(`select graphile_worker.add_job('mail.send', '{}'::json, run_at => now() + interval '1 hour')`);
  await run(`update graphile_worker._private_jobs set run_at = run_at - interval '1 minute'`);
  const names = ['jobs_waiting', 'jobs_waiting_oldest_seconds', 'jobs_dead'];
  clock.advance(0);
  const [waiting, oldest, dead] = await backlog(...names);
  expect([waiting, dead]).toEqual([1, 0]);
  expect(oldest).toBeGreaterThan(0);
  await shop.runJobs();
  expect(await runs('mail.send', 'dead')).toBe(1);
  expect(await backlog(...names)).toEqual([0, 0, 1]);
});

test('mails wait, and those that are given up are dead, as is the run that gave up', async () => {
  const data = { name: 'Ada', url: 'http://shop.test/reset-password/token' };
  const mail = { template: 'reset-password', to: 'ada@example.com', locale: 'en', data } as const;
  for (const _ of [1, 2, 3]) await queueMail(shop.ctx, mail);
  expect(await backlog('mails_waiting', 'mails_dead')).toEqual([3, 0]);
  // nobody sends mail here
  await shop.runJobs();
  expect(await runs('mail.send', 'failed')).toBe(3);
  await run('update graphile_worker._private_jobs set run_at = now(), attempts = max_attempts - 1');
  await shop.runJobs();
  expect(await runs('mail.send', 'dead')).toBe(3);
  expect(await backlog('mails_waiting', 'mails_dead', 'jobs_dead')).toEqual([0, 3, 0]);
});

test('differences between the books show by kind, all kinds always', async () => {
  await run(`
    insert into payment_discrepancies (id, kind, subject, first_seen_at, last_seen_at)
    values (gen_random_uuid(), 'money_without_order', 'pi_1', now(), now())
  `);
  const fresh = new Registry();
  addBacklogMetrics(fresh, shop.domain);
  const text = await fresh.metrics();
  expect(figureIn(text, 'payment_discrepancies_open', { kind: 'money_without_order' })).toBe(1);
  expect(figureIn(text, 'payment_discrepancies_open', { kind: 'disputed' })).toBe(0);
});

test('is asked of Postgres in one statement, once, however many look', async () => {
  addBacklogMetrics(registry, shop.domain);
  const selects = async (text: Promise<string>) =>
    figureIn(await text, 'database_statement_duration_seconds_count', { kind: 'select' });
  await registry.metrics();
  const before = await selects(registry.metrics());
  await Promise.all(Array.from({ length: 20 }, () => registry.metrics()));
  expect(before).toBe(1);
  expect(await selects(registry.metrics())).toBe(1);
});

test('uses an index for each, in a shop where much else is', async () => {
  const client = await shop.domain.pool.connect();
  await client.query('set enable_seqscan = off');
  const plans = [
    `select expires_at from reservations where status = 'held' and expires_at < now() order by expires_at limit 10`,
    `select min(placing_since) from checkouts where status = 'placing'`,
    `select from event_deliveries where dead_at is not null limit 10`,
    `select status from mails where status <> 'sent' limit 10`,
    `select run_at from graphile_worker._private_jobs where is_available = true and run_at <= now() order by priority, run_at limit 10`,
  ];
  for (const plan of plans) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${plan}`);
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index (Only )?Scan/);
  }
  client.release(true);
});

/** What a worker tells whose Postgres is what `url` leads to. */
async function figuresOf(url: string): Promise<{ status: number; text: string; seconds: number }> {
  const observed = createRegistry('worker', { version: '1.2.3', commit: 'c0ffee' });
  const logger = createLogger({ name: 'test', level: 'silent' });
  const domain = createDomain({ ...shop.config, databaseUrl: url }, { logger });
  addPoolMetrics(observed, domain.pool);
  addBacklogMetrics(observed, domain);
  let operations: OperationsServer | undefined;
  try {
    operations = await startOperationsServer({ host: '127.0.0.1', port: 0, registry: observed });
    const startedAt = performance.now();
    const response = await fetch(`http://127.0.0.1:${operations.port}/metrics`);
    const text = await response.text();
    return { status: response.status, text, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await operations?.close();
    domain.close().catch(() => {});
  }
}

test('is absent while Postgres is away or hangs, and the rest is told in time', async () => {
  const line = await openLine(shop.databaseUrl);
  const url = new URL(shop.databaseUrl);
  url.host = new URL(line.url).host;
  expect(figureIn((await figuresOf(url.href)).text, 'jobs_waiting')).toBe(0);
  for (const fault of ['hang', 'kill'] as const) {
    await line[fault]();
    const { status, text, seconds } = await figuresOf(url.href);
    expect(status).toBe(200);
    expect(seconds).toBeLessThan(5);
    const names = new Set(seriesIn(text).map(({ name }) => name));
    expect(names).toContain('database_pool_connections');
    expect(names).toContain('process_cpu_seconds_total');
    expect(
      [...names].filter((name) => /^(jobs|events|reservations|checkouts|mails|payment)_/.test(name)),
    ).toEqual([]);
  }
  await line.close();
});

test('a worker says that it is ready only while it runs', async () => {
  let isReady = false;
  const operations = await startOperationsServer({
    host: '127.0.0.1',
    port: 0,
    registry,
    isReady: () => isReady,
  });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${operations.port}${path}`)).status;
  expect([await ask('/health/live'), await ask('/health/ready')]).toEqual([200, 503]);
  isReady = true;
  expect(await ask('/health/ready')).toBe(200);
  expect(await ask('/nothing')).toBe(404);
  await operations.close();
  const without = await startOperationsServer({ host: '127.0.0.1', port: 0, registry });
  expect((await fetch(`http://127.0.0.1:${without.port}/health/ready`)).status).toBe(404);
  await without.close();
});
