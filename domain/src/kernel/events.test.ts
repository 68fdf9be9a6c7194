import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import {
  defineEvent,
  MAX_DELIVERY_ATTEMPTS,
  relayEvents,
  retryDeadEvents,
  type Subscription,
} from './events.ts';

const noted = defineEvent('test.noted', z.object({ n: z.int() }));

let shop: TestDomain;
afterEach(() => shop.close());

/** A domain whose only subscriber notes what it gets, and fails while `fails` says so. */
async function listening(mode: Subscription['mode'], fails: (n: number) => boolean = () => false) {
  const heard: { aggregateId: string; ns: number[] }[] = [];
  shop = await createTestDomain({
    parts: {
      subscriptions: [
        {
          name: 'test.listener',
          on: [noted],
          mode,
          batchSize: 100,
          async handle(_ctx, events) {
            const ns = events.map((event) => noted.schema.parse(event.payload).n);
            if (ns.some(fails)) throw new Error(`cannot take ${ns}`);
            heard.push({ aggregateId: events[0]?.aggregateId ?? '', ns });
          },
        },
      ],
    },
  });
  return heard;
}

const emit = (aggregateId: string, ...ns: number[]) =>
  shop.ctx.transaction((tx) => tx.emit(...ns.map((n) => noted(aggregateId, { n }))));

const retryNow = async () => {
  await sql`update graphile_worker._private_jobs set run_at = now()`.execute(shop.ctx.db);
  await shop.runJobs();
};

const pending = async () => (await shop.ctx.db.selectFrom('event_deliveries').selectAll().execute()).length;

test('an event exists exactly when its change does', async () => {
  const heard = await listening('aggregate');
  const id = shop.ctx.ids.next();
  await expect(
    shop.ctx.transaction(async (tx) => {
      await tx.emit(noted(id, { n: 1 }));
      throw new Error('changed its mind');
    }),
  ).rejects.toThrow('changed its mind');
  await shop.runJobs();
  expect(heard).toEqual([]);
  await emit(id, 2);
  await shop.runJobs();
  expect(heard).toEqual([{ aggregateId: id, ns: [2] }]);
  expect(await pending()).toBe(0);
});

test('one aggregate is told in order, also over failures, and does not hold up another', async () => {
  let isDown = true;
  const heard = await listening('aggregate', (n) => isDown && n === 2);
  const [a, b] = [shop.ctx.ids.next(), shop.ctx.ids.next()];
  await emit(a, 1, 2, 3);
  await emit(b, 10);
  await shop.runJobs();
  expect(heard.filter((call) => call.aggregateId === a).flatMap((call) => call.ns)).toEqual([1]);
  expect(heard.filter((call) => call.aggregateId === b).flatMap((call) => call.ns)).toEqual([10]);
  await emit(a, 4);
  isDown = false;
  await retryNow();
  expect(heard.filter((call) => call.aggregateId === a).flatMap((call) => call.ns)).toEqual([1, 2, 3, 4]);
});

test('an event that nobody can take is set aside, those behind it go on, and it can be put back', async () => {
  let isPoison = true;
  const heard = await listening('aggregate', (n) => isPoison && n === 1);
  const id = shop.ctx.ids.next();
  await emit(id, 1, 2);
  for (let attempt = 0; attempt < MAX_DELIVERY_ATTEMPTS; attempt += 1) await retryNow();
  expect(heard.flatMap((call) => call.ns)).toEqual([2]);
  const dead = await shop.ctx.db
    .selectFrom('event_deliveries')
    .select(['last_error', 'attempts'])
    .where('dead_at', 'is not', null)
    .execute();
  expect(dead).toEqual([{ last_error: 'cannot take 1', attempts: MAX_DELIVERY_ATTEMPTS }]);

  isPoison = false;
  expect(await retryDeadEvents(shop.ctx)).toBe(1);
  await shop.runJobs();
  expect(heard.flatMap((call) => call.ns)).toEqual([2, 1]);
  expect(await pending()).toBe(0);
});

test('events that several workers hand over at once are delivered once, and in order', async () => {
  const heard = await listening('aggregate');
  const ids = Array.from({ length: 5 }, () => shop.ctx.ids.next());
  for (const n of [1, 2, 3]) for (const id of ids) await emit(id, n);
  const relayed = await Promise.all(Array.from({ length: 8 }, () => relayEvents(shop.ctx)));
  expect(relayed.reduce((sum, count) => sum + count)).toBe(15);
  expect(await relayEvents(shop.ctx)).toBe(0);
  expect(await pending()).toBe(15);
  await shop.runJobs();
  for (const id of ids) {
    expect(heard.filter((call) => call.aggregateId === id).flatMap((call) => call.ns)).toEqual([1, 2, 3]);
  }
});

test('what is emitted while events are handled is handled too', async () => {
  const heard: number[] = [];
  shop = await createTestDomain({
    parts: {
      subscriptions: [
        {
          name: 'test.listener',
          on: [noted],
          mode: 'aggregate',
          async handle(ctx, events) {
            for (const { aggregateId, payload } of events) {
              const { n } = noted.schema.parse(payload);
              heard.push(n);
              if (n > 0) await ctx.transaction((tx) => tx.emit(noted(aggregateId, { n: n - 1 })));
            }
          },
        },
      ],
    },
  });
  await emit(shop.ctx.ids.next(), 3);
  await shop.runJobs();
  expect(heard).toEqual([3, 2, 1, 0]);
});

test('a batch subscriber gets many at once, each once', async () => {
  const heard = await listening('batch');
  await Promise.all(Array.from({ length: 5 }, (_, n) => emit(shop.ctx.ids.next(), n * 2, n * 2 + 1)));
  await shop.runJobs();
  expect(heard).toHaveLength(1);
  expect(heard.flatMap((call) => call.ns).toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('one event that a batch subscriber cannot take does not take its batch with it', async () => {
  const heard = await listening('batch', (n) => n === 3);
  for (const n of [1, 2, 3, 4, 5]) await emit(shop.ctx.ids.next(), n);
  for (let attempt = 0; attempt < MAX_DELIVERY_ATTEMPTS; attempt += 1) await retryNow();
  expect(heard.flatMap((call) => call.ns)).toEqual([1, 2, 4, 5]);
  const left = await shop.ctx.db.selectFrom('event_deliveries').select('last_error').execute();
  expect(left).toEqual([{ last_error: 'cannot take 3' }]);
});
