import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { defineEvent, relayEvents, type Subscription } from './events.ts';
import { wakeForgotten } from './pending-deliveries.ts';

const noted = defineEvent('test.noted', z.object({ n: z.int() }));

let shop: TestDomain;
afterEach(() => shop.close());

/** A domain whose only subscriber is to hear of two events; `forget` loses the jobs that would deliver them. */
async function heardOf(mode: Subscription['mode']) {
  const heard: number[] = [];
  const listener: Subscription = {
    name: 'test.listener',
    on: [noted],
    mode,
    async handle(_ctx, events) {
      heard.push(...events.map((event) => noted.schema.parse(event.payload).n));
    },
  };
  shop = await createTestDomain({ parts: { subscriptions: [listener] } });
  const { ctx } = shop;
  await ctx.transaction((tx) => tx.emit(noted(ctx.ids.next(), { n: 1 }), noted(ctx.ids.next(), { n: 2 })));
  await relayEvents(ctx);
  await sql`update events set occurred_at = occurred_at - interval '1 minute'`.execute(ctx.db);
  const forget = () => sql`delete from graphile_worker._private_jobs`.execute(ctx.db);
  return { heard, forget };
}

test.each([
  { mode: 'aggregate', jobs: 2 },
  { mode: 'batch', jobs: 1 },
] as const)(
  'events whose jobs were lost are delivered all the same, $mode by $mode',
  async ({ mode, jobs }) => {
    const { heard, forget } = await heardOf(mode);
    expect(await wakeForgotten(shop.ctx)).toBe(0);
    await forget();
    expect(await wakeForgotten(shop.ctx)).toBe(jobs);
    expect(await wakeForgotten(shop.ctx)).toBe(0);
    await shop.runJobs();
    expect(heard.toSorted()).toEqual([1, 2]);
    expect(await wakeForgotten(shop.ctx)).toBe(0);
  },
);

test('a job whose worker died at its last try does not count', async () => {
  const { heard } = await heardOf('aggregate');
  await sql`update graphile_worker._private_jobs set attempts = max_attempts`.execute(shop.ctx.db);
  expect(await wakeForgotten(shop.ctx)).toBe(2);
  await shop.runJobs();
  expect(heard.toSorted()).toEqual([1, 2]);
});

test('what happened just now is left to its own job', async () => {
  const { forget } = await heardOf('aggregate');
  await sql`update events set occurred_at = now()`.execute(shop.ctx.db);
  await forget();
  expect(await wakeForgotten(shop.ctx)).toBe(0);
});
