import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { runWorker } from './worker.ts';

const noted = defineEvent('test.noted', z.object({}));

let shop: TestDomain;
afterEach(() => shop?.close());

/** A domain whose subscriber begins, and ends when it is let go. */
async function slowSubscriber() {
  const letGo = Promise.withResolvers<void>();
  let begun = 0;
  shop = await createTestDomain({
    parts: {
      subscriptions: [
        {
          name: 'test.slow',
          on: [noted],
          mode: 'aggregate',
          async handle() {
            begun += 1;
            await letGo.promise;
          },
        },
      ],
    },
  });
  await shop.ctx.transaction((tx) => tx.emit(noted(shop.ctx.ids.next(), {})));
  return { begun: () => begun, letGo: letGo.resolve };
}

const jobs = async () =>
  (
    await shop.domain.pool.query<{ attempts: number; isLocked: boolean }>(
      `select attempts, locked_at is not null as "isLocked" from graphile_worker.jobs
        where task_identifier = 'events.deliver'`,
    )
  ).rows;

test('a worker that stops finishes what it is at', async () => {
  const subscriber = await slowSubscriber();
  const worker = await runWorker(shop.domain);
  await expect.poll(subscriber.begun, { timeout: 10_000 }).toBe(1);
  const stopping = worker.stop();
  subscriber.letGo();
  expect(await stopping).toBe(0);
  // the library may answer while its last job is still being written off
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([]);
});

test('what does not finish in time goes back to the queue, as if never begun, and another worker does it at once', async () => {
  const subscriber = await slowSubscriber();
  const worker = await runWorker(shop.domain, { finishWithinMs: 300 });
  await expect.poll(subscriber.begun, { timeout: 10_000 }).toBe(1);
  const began = performance.now();
  expect(await worker.stop()).toBe(1);
  expect(performance.now() - began).toBeLessThan(6_000);
  expect(await jobs()).toEqual([{ attempts: 0, isLocked: false }]);

  const other = await runWorker(shop.domain);
  await expect.poll(subscriber.begun, { timeout: 10_000 }).toBe(2);
  subscriber.letGo();
  expect(await other.stop()).toBe(0);
});
