import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { saveProducts } from '../catalog/index.ts';
import { type Context, system } from '../kernel/index.ts';
import { createTestClock, createTestDomain, type Line, openLine, type TestDomain } from '../testing/index.ts';
import { catchUp, searchHealth, searchProducts } from './index.ts';
import { draftOf, randomShop } from './testing/random-shop.ts';

const products = randomShop(60);
const clock = createTestClock();

let line: Line;
let shop: TestDomain;
let ctx: Context;

beforeAll(async () => {
  line = await openLine(process.env.MEILI_URL ?? '');
  shop = await createTestDomain({ env: { MEILI_URL: line.url }, parts: { clock } });
  ctx = shop.domain.context({ actor: system });
  await saveProducts(ctx, products.map(draftOf));
  await shop.runJobs();
});

beforeEach(async () => {
  await line.restore();
  await saveProducts(ctx, products.map(draftOf));
  await shop.runJobs();
  await untilBack();
});

/** Waits until the engine answers, caught up: the first requests may meet connections that the outage ended. */
async function untilBack(): Promise<void> {
  await vi.waitFor(
    async () => {
      clock.advance(6);
      await catchUp(ctx);
      expect((await searchProducts(ctx, {})).engine).toBe('meilisearch');
    },
    { timeout: 10_000 },
  );
}

afterAll(async () => {
  await line?.restore();
  await shop?.close();
  await line?.close();
});

test('answers from Postgres while the engine is dead, and from the engine when it is back', async () => {
  expect(await searchHealth(ctx)).toBe('up');
  const before = await searchProducts(ctx, { sort: 'price-asc', inStock: true });
  await line.kill();
  const away = await searchProducts(ctx, { sort: 'price-asc', inStock: true });
  expect(away).toEqual({ ...before, engine: 'postgres' });
  expect(await searchHealth(ctx)).toBe('down');
  await line.restore();
  await vi.waitFor(async () => {
    clock.advance(6);
    expect((await searchProducts(ctx, {})).engine).toBe('meilisearch');
  });
  expect(await searchHealth(ctx)).toBe('up');
});

test('lets one request wait for an engine that hangs, and no other', async () => {
  line.hang();
  const timed = async () => {
    const start = performance.now();
    expect((await searchProducts(ctx, {})).engine).toBe('postgres');
    return performance.now() - start;
  };
  expect(await timed()).toBeGreaterThan(900);
  for (let request = 0; request < 20; request += 1) expect(await timed()).toBeLessThan(500);
  clock.advance(6);
  const again = await Promise.all(Array.from({ length: 20 }, timed));
  expect(again.filter((took) => took > 900)).toHaveLength(1);
});

test('keeps the documents in Postgres right while the engine is dead, and catches up', async () => {
  const [first, second] = products;
  if (!first || !second) throw new Error('the random shop is empty');
  await line.kill();
  await saveProducts(ctx, [
    { ...draftOf(first), title: 'Zanzibar chest' },
    { ...draftOf(second), status: 'archived' },
  ]);
  await shop.runJobs();
  const away = await searchProducts(ctx, { q: 'zanzibar' });
  expect(away.engine).toBe('postgres');
  expect(away.items.map((item) => item.handle)).toEqual([first.handle]);
  expect((await searchProducts(ctx, {})).total).toBe(products.length - 1);

  await line.restore();
  await untilBack();
  const back = await searchProducts(ctx, { q: 'zanzibar' });
  expect(back.engine).toBe('meilisearch');
  expect(back.items.map((item) => item.handle)).toEqual([first.handle]);
  expect((await searchProducts(ctx, {})).total).toBe(products.length - 1);
});

test('answers from Postgres while the index is missing, and makes it anew', async () => {
  await ctx.services.meili?.deleteIndex(ctx.config.meili?.index ?? '').waitTask();
  const missing = await searchProducts(ctx, {});
  expect(missing).toMatchObject({ engine: 'postgres', total: products.length });
  await untilBack();
  expect(await searchProducts(ctx, {})).toEqual({ ...missing, engine: 'meilisearch' });
});

test('answers from Postgres while the index has other settings than ours', async () => {
  const index = ctx.services.meili?.index(ctx.config.meili?.index ?? '');
  await index?.updateSettings({ filterableAttributes: [] }).waitTask();
  expect(await searchProducts(ctx, { inStock: true })).toMatchObject({ engine: 'postgres' });
  await index?.delete().waitTask();
});

test('says off, and searches, in a shop without an engine', async () => {
  const bare = { ...ctx, services: { ...ctx.services, meili: null } };
  expect(await searchHealth(bare)).toBe('off');
  expect(await searchProducts(bare, {})).toMatchObject({ engine: 'postgres', total: products.length });
});
