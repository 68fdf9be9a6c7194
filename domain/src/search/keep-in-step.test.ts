import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { runWorker } from '../app/index.ts';
import { saveProducts } from '../catalog/index.ts';
import { type Context, createContext, isDomainError, system } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { ensureIndex, type ProductCard, reindex, searchProducts } from './index.ts';
import { draftOf, randomShop, type ShopProduct } from './testing/random-shop.ts';

const products = randomShop(1_300);
const [first, second, third] = products;

let shop: TestDomain;
let ctx: Context;
let fallback: Context;

beforeAll(async () => {
  shop = await createTestDomain();
  ctx = shop.domain.context({ actor: system });
  fallback = createContext({ ...ctx, services: { ...ctx.services, meili: null } });
  await saveProducts(ctx, products.map(draftOf));
  await shop.runJobs();
});

afterEach(async () => {
  await saveProducts(ctx, products.map(draftOf));
  await shop.runJobs();
});

afterAll(() => shop?.close());

function given(product: ShopProduct | undefined): ShopProduct {
  if (!product) throw new Error('the random shop is empty');
  return product;
}

async function everything(context: Context): Promise<ProductCard[]> {
  const items: ProductCard[] = [];
  for (let page = 1; ; page += 1) {
    const result = await searchProducts(context, { page, limit: 100, sort: 'newest' });
    expect(result.engine).toBe(context === fallback ? 'postgres' : 'meilisearch');
    items.push(...result.items);
    if (page >= result.pageCount) return items;
  }
}

const byHandle = (a: ProductCard, b: ProductCard) => (a.handle < b.handle ? -1 : 1);

test('shows a change of price, stock, title and status within two seconds of its commit', async () => {
  const worker = await runWorker(shop.domain);
  try {
    const draft = draftOf(given(first));
    const changes: [change: object, seen: (card: ProductCard | undefined) => boolean][] = [
      [
        { variants: draft.variants.map((v) => ({ ...v, price: { amount: 123, currency: 'USD' } })) },
        (card) => card?.price.amount === 123,
      ],
      [{ variants: draft.variants.map((v) => ({ ...v, stock: 0 })) }, (card) => card?.isInStock === false],
      [{ variants: draft.variants.map((v) => ({ ...v, stock: 3 })) }, (card) => card?.isInStock === true],
      [{ title: `Renamed ${given(first).handle}` }, (card) => card?.title.startsWith('Renamed') === true],
      [{ status: 'archived' }, (card) => card === undefined],
      [{ status: 'published' }, (card) => card !== undefined],
    ];
    for (const [change, seen] of changes) {
      await saveProducts(ctx, [{ ...draft, ...change }]);
      const find = async () => {
        const { items } = await searchProducts(ctx, { q: given(first).handle, limit: 100 });
        return items.find((item) => item.handle === given(first).handle);
      };
      await vi.waitFor(async () => expect(seen(await find())).toBe(true), { timeout: 2_000, interval: 25 });
    }
  } finally {
    await worker.stop();
  }
});

test('rebuilds while products change, and shoppers always find all of them', async () => {
  const live: number[] = [];
  let isDone = false;
  const shopper = async () => {
    while (!isDone) {
      const { total, engine } = await searchProducts(ctx, { q: '', brands: [] });
      expect(engine).toBe('meilisearch');
      live.push(total);
    }
  };
  const merchant = async () => {
    for (let round = 0; !isDone; round += 1) {
      const some = products.filter((_, index) => index % 40 === round % 40).map(draftOf);
      await saveProducts(
        ctx,
        some.map((draft, index) => ({
          ...draft,
          title: `${draft.title} round ${round}`,
          status: index % 10 === 9 ? ('archived' as const) : ('published' as const),
        })),
      );
      await shop.runJobs();
    }
  };
  const progress: number[] = [];
  const rebuild = reindex(ctx, { onProgress: ({ done }) => progress.push(done) }).finally(() => {
    isDone = true;
  });
  await Promise.all([rebuild, shopper(), merchant()]);
  await shop.runJobs();
  expect(Math.min(...live)).toBeGreaterThan(products.length * 0.8);
  expect(progress.at(-1)).toBeGreaterThanOrEqual(products.length * 0.8);
  const found = await everything(ctx);
  expect(found.sort(byHandle)).toEqual((await everything(fallback)).sort(byHandle));
  const uids = await indexNames();
  expect(uids).toEqual([ctx.config.meili?.index]);
}, 60_000);

test('takes what is not for sale any more out of both engines', async () => {
  await ctx.db
    .updateTable('products')
    .set({ status: 'draft' })
    .where('handle', '=', given(second).handle)
    .execute();
  await ctx.db.deleteFrom('products').where('handle', '=', given(third).handle).execute();
  const { documents } = await reindex(ctx);
  expect(documents).toBe(products.length - 2);
  for (const context of [ctx, fallback]) {
    const handles = (await everything(context)).map((item) => item.handle);
    expect(handles).toHaveLength(products.length - 2);
    expect(handles).not.toContain(given(second).handle);
    expect(handles).not.toContain(given(third).handle);
  }
  await ctx.db
    .updateTable('products')
    .set({ status: 'published' })
    .where('handle', '=', given(second).handle)
    .execute();
});

test('rebuilds once at a time', async () => {
  const attempts = await Promise.allSettled([reindex(ctx), reindex(ctx), reindex(ctx)]);
  const refused = attempts.filter((attempt) => attempt.status === 'rejected');
  expect(refused).toHaveLength(2);
  for (const { reason } of refused) expect(isDomainError(reason, 'conflict')).toBe(true);
  await expect(reindex(ctx)).resolves.toMatchObject({ engine: 'meilisearch' });
});

test('cleans up after a rebuild that was killed', async () => {
  const orphan = `${ctx.config.meili?.index}_build_1`;
  await ctx.services.meili?.createIndex(orphan, { primaryKey: 'id' }).waitTask();
  await ctx.db.insertInto('search_builds').values({ index_uid: orphan, started_at: new Date() }).execute();
  await saveProducts(ctx, [{ ...draftOf(given(first)), title: 'Changed meanwhile' }]);
  await shop.runJobs();
  expect((await ctx.services.meili?.index(orphan).getStats())?.numberOfDocuments).toBe(1);
  await reindex(ctx);
  expect(await indexNames()).toEqual([ctx.config.meili?.index]);
  expect(await ctx.db.selectFrom('search_builds').selectAll().execute()).toEqual([]);
});

test('builds a new index when the settings are others, and only then', async () => {
  expect(await ensureIndex(ctx)).toBe(false);
  await ctx.services.meili
    ?.index(ctx.config.meili?.index ?? '')
    .updateSettings({ searchableAttributes: ['description', 'title'] })
    .waitTask();
  expect(await ensureIndex(ctx, { only: 'missing' })).toBe(false);
  expect(await ensureIndex(ctx)).toBe(true);
  expect(await ensureIndex(ctx)).toBe(false);
  expect(await everything(ctx)).toHaveLength(products.length);
});

test('writes and sends only what has changed', async () => {
  const tasks = async () =>
    (await ctx.services.meili?.tasks.getTasks({ indexUids: [ctx.config.meili?.index ?? ''], limit: 1 }))
      ?.total;
  const before = await tasks();
  const rows = await ctx.db.selectFrom('products').select('id').limit(50).execute();
  const events = rows.map((row, position) => ({
    id: row.id,
    type: 'product.changed',
    aggregateId: row.id,
    position,
    payload: {},
    occurredAt: new Date(),
  }));
  await ctx.subscriptions.find((subscription) => subscription.name === 'search.index')?.handle(ctx, events);
  expect(await tasks()).toBe(before);
});

async function indexNames(): Promise<string[]> {
  const indexes = await ctx.services.meili?.getRawIndexes({ limit: 1_000 });
  return (indexes?.results ?? [])
    .map((index) => index.uid)
    .filter((uid) => uid.startsWith(ctx.config.meili?.index ?? '-'));
}
