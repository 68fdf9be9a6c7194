import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../checkout/index.ts';
import {
  createTestDomain,
  fillCart,
  payWith,
  sellProduct,
  signUp,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import { findOrder, listOrders, orderFilter } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

test('staff page through all orders, each once, also those of one moment; customers do not', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 10 });
  for (let placed = 0; placed < 3; placed += 1) {
    const cartId = await fillCart(shop.ctx, variantId);
    const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
    await placeOrder(shop.ctx, { cartId, totalsVersion });
  }
  const { ctx } = await signUp(shop.ctx, { role: 'support' });
  const newestFirst = (await listOrders(ctx, orderFilter.parse({}))).items.map(({ number }) => number);
  expect(newestFirst).toEqual(newestFirst.toSorted().toReversed());
  expect(newestFirst).toHaveLength(3);

  await shop.ctx.db
    .updateTable('orders')
    .set({ placed_at: new Date('2026-01-01T00:00:00.123Z') })
    .execute();
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(
      ctx,
      orderFilter.parse({ limit: 1, cursor }),
    );
    seen.push(...page.items.map(({ number }) => number));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.toSorted()).toEqual(newestFirst.toSorted());
  expect((await listOrders(ctx, orderFilter.parse({ status: 'cancelled' }))).items).toEqual([]);
  expect(await findOrder(ctx, { number: seen[0] ?? '' })).toMatchObject({ number: seen[0] });

  await expect(listOrders(ctx, orderFilter.parse({ cursor: 'x' }))).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const customer = await signUp(shop.ctx);
  await expect(listOrders(customer.ctx, orderFilter.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(findOrder(customer.ctx, { number: seen[0] ?? '' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});
