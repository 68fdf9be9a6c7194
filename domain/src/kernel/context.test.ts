import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import { countStatements } from './statements.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

test('a deadlock is retried and reaches nobody', async () => {
  const [a, b] = [await sellProduct(shop.ctx, { stock: 1 }), await sellProduct(shop.ctx, { stock: 1 })];
  let runs = 0;
  let told = 0;
  let arrived = 0;
  const bothInside = () => {
    arrived += 1;
    return new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (arrived < 2) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
  };
  const touch = (first: string, second: string) =>
    shop.ctx.transaction(async (tx) => {
      runs += 1;
      tx.afterCommit(() => {
        told += 1;
      });
      await tx.db.updateTable('variants').set({ barcode: '1' }).where('id', '=', first).execute();
      await bothInside();
      await tx.db.updateTable('variants').set({ barcode: '2' }).where('id', '=', second).execute();
    });
  await Promise.all([touch(a.variantId, b.variantId), touch(b.variantId, a.variantId)]);
  expect(runs).toBeGreaterThan(2);
  // what was undone is not told of
  expect(told).toBe(2);
});

test('statements are counted for the work that sends them, transaction control left out', async () => {
  const select = () => shop.ctx.db.selectFrom('locations').selectAll().execute();
  const counts = await Promise.all([
    countStatements(async () => {
      await select();
    }),
    countStatements(() =>
      shop.ctx.transaction(async (tx) => {
        await tx.db.selectFrom('locations').selectAll().execute();
        await tx.transaction((inner) => inner.db.selectFrom('locations').selectAll().execute());
      }),
    ),
  ]);
  expect(counts.map((count) => count.statements)).toEqual([1, 2]);
});

test('what a transaction tells is told once it has committed, and never where it has not', async () => {
  const told: string[] = [];
  const rows = () =>
    shop.ctx.db.selectFrom('events').select('type').where('type', '=', 'test.told').execute();
  const aggregateId = shop.ctx.ids.next();
  await shop.ctx.transaction(async (tx) => {
    await tx.emit({ type: 'test.told', aggregateId, payload: {} });
    tx.afterCommit(() => told.push('outer'));
    await tx.transaction(async (inner) => inner.afterCommit(() => void told.push('inner')));
    tx.afterCommit(() => {
      throw new Error('what counts is broken');
    });
    expect(told).toEqual([]);
  });
  expect(told).toEqual(['outer', 'inner']);
  expect(await rows()).toHaveLength(1);
  const undone = shop.ctx.transaction(async (tx) => {
    tx.afterCommit(() => told.push('undone'));
    throw new Error('changed its mind');
  });
  await expect(undone).rejects.toThrow('changed its mind');
  expect(told).toEqual(['outer', 'inner']);
});
