import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSeconds, type Context, createContext, guest, userActor, withActor } from '../kernel/index.ts';
import { createTestClock, createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import { clearRecentlyViewed, MAX_RECENTLY_VIEWED, noteView, recentlyViewed } from './index.ts';

const all = { handles: [], exceptId: null, limit: MAX_RECENTLY_VIEWED };

let shop: TestDomain;
const clock = createTestClock(new Date());
const products: { productId: string; handle: string }[] = [];
beforeAll(async () => {
  shop = await createTestDomain();
  for (let index = 0; index < MAX_RECENTLY_VIEWED + 5; index += 1) {
    products.push(await sellProduct(shop.ctx, { stock: 1, title: `Thing ${index}` }));
  }
  await shop.runJobs();
});
afterAll(() => shop.close());

async function customer(): Promise<Context> {
  const userId = shop.ctx.ids.next();
  const now = clock.now();
  await shop.ctx.db
    .insertInto('users')
    .values({ id: userId, email: `${userId}@example.com`, created_at: now, updated_at: now })
    .execute();
  const session = { id: shop.ctx.ids.next(), authenticatedAt: now };
  return withActor(createContext({ ...shop.ctx, clock }), userActor({ userId, roles: [], session }));
}

const productIds = () => products.map((product) => product.productId);

test('the newest first, each once, and no more than are kept', async () => {
  const ada = await customer();
  for (const productId of productIds()) {
    await noteView(ada, { productId });
    clock.advance(1);
  }
  const [first = '', second = ''] = productIds().slice(-MAX_RECENTLY_VIEWED);
  await noteView(ada, { productId: first });
  await noteView(ada, { productId: first });
  const seen = await recentlyViewed(ada, all);
  expect(seen).toHaveLength(MAX_RECENTLY_VIEWED);
  expect(seen[0]).toMatchObject({ id: first, title: 'Thing 5', price: { amount: 2_500 } });
  expect(seen.at(-1)?.id).toBe(second);
  const kept = await shop.ctx.db
    .selectFrom('recently_viewed')
    .selectAll()
    .where('user_id', '=', ada.actor.id)
    .execute();
  expect(kept).toHaveLength(MAX_RECENTLY_VIEWED);
  const others = await recentlyViewed(ada, { ...all, exceptId: first, limit: 6 });
  expect(others).toHaveLength(6);
  expect(others.map((card) => card.id)).not.toContain(first);
  await clearRecentlyViewed(ada);
  expect(await recentlyViewed(ada, all)).toEqual([]);
});

test('the same view, many times at once, is one; customers do not see each other’s', async () => {
  const [ada, other] = [await customer(), await customer()];
  const few = productIds().slice(0, 4);
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => noteView(ada, { productId: few[index % 4] ?? '' })),
  );
  expect(await recentlyViewed(ada, all)).toHaveLength(4);
  expect(await recentlyViewed(other, all)).toEqual([]);
});

test('a guest’s browser remembers by itself: what is no product of ours is left out', async () => {
  const visitor = withActor(shop.ctx, guest);
  const [one, two] = products;
  const handles = [two?.handle ?? '', 'nothing-of-ours', one?.handle ?? '', two?.handle ?? ''];
  const seen = await recentlyViewed(visitor, { ...all, handles });
  expect(seen.map((card) => card.id)).toEqual([two?.productId, one?.productId]);
  await expect(noteView(visitor, { productId: one?.productId ?? '' })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test('a product that does not exist is refused, and one that is withdrawn is not shown', async () => {
  const ada = await customer();
  await expect(noteView(ada, { productId: shop.ctx.ids.next() })).rejects.toMatchObject({
    code: 'not_found',
  });
  const gone = await sellProduct(shop.ctx, { stock: 1 });
  await noteView(ada, { productId: gone.productId });
  await shop.ctx.db
    .updateTable('products')
    .set({ status: 'archived', updated_at: addSeconds(clock.now(), 1) })
    .where('id', '=', gone.productId)
    .execute();
  expect(await recentlyViewed(ada, all)).toEqual([]);
});
