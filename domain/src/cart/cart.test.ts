import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStock } from '../inventory/index.ts';
import { addSeconds } from '../kernel/index.ts';
import { createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import {
  acceptCartChanges,
  addToCart,
  cartSummary,
  getCart,
  readCartToken,
  removeLine,
  setLineQuantity,
  signCartToken,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const firstLine = async (cartId: string) => (await getCart(shop.ctx, { cartId }))?.lines[0]?.id ?? '';

const stockOf = (variantId: string, onHand: number) =>
  shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand }]));

test('a line grows, changes and goes; the sums are the server’s', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 10, amount: 1_250 });
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 2 });
  const again = await addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 3 });
  expect(again.cart).toEqual({ id: cart.id, itemCount: 5 });
  const full = await getCart(shop.ctx, { cartId: cart.id });
  expect(full).toMatchObject({
    id: cart.id,
    itemCount: 5,
    subtotal: { amount: 6_250, currency: 'USD' },
    canCheckOut: true,
    lines: [{ quantity: 5, maxQuantity: 10, problems: [] }],
  });
  const lineId = full?.lines[0]?.id ?? '';
  await setLineQuantity(shop.ctx, { cartId: cart.id, lineId, quantity: 1 });
  expect((await getCart(shop.ctx, { cartId: cart.id }))?.subtotal.amount).toBe(1_250);
  expect(await cartSummary(shop.ctx, { cartId: cart.id })).toEqual({ itemCount: 1 });
  await removeLine(shop.ctx, { cartId: cart.id, lineId });
  await removeLine(shop.ctx, { cartId: cart.id, lineId });
  expect(await getCart(shop.ctx, { cartId: cart.id })).toMatchObject({ lines: [], canCheckOut: false });
});

test('the same request twice, also at once, adds once', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 50 });
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 1 });
  const requestId = shop.ctx.ids.next();
  await Promise.all(
    Array.from({ length: 8 }, () =>
      addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 1, requestId }),
    ),
  );
  expect((await getCart(shop.ctx, { cartId: cart.id }))?.itemCount).toBe(2);

  // another variant from the same form, and the same form again after a while, are wishes of their own
  const other = await sellProduct(shop.ctx, { stock: 5 });
  await addToCart(shop.ctx, { cartId: cart.id, variantId: other.variantId, quantity: 1, requestId });
  await shop.ctx.db
    .updateTable('cart_requests')
    .set({ created_at: addSeconds(new Date(), -11) })
    .execute();
  await addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 1, requestId });
  expect((await getCart(shop.ctx, { cartId: cart.id }))?.itemCount).toBe(4);
});

test('additions at once are all counted and never pass what is in stock', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 6 });
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 1 });
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, () => addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 1 })),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5);
  expect((await getCart(shop.ctx, { cartId: cart.id }))?.itemCount).toBe(6);
});

test('more than is left, or what is not sold, is refused with what is left, and changes nothing', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 2 });
  await expect(addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 2 })).rejects.toMatchObject({
    code: 'out_of_stock',
    data: { available: 3, inCart: 2 },
  });
  const lineId = await firstLine(cart.id);
  await expect(setLineQuantity(shop.ctx, { cartId: cart.id, lineId, quantity: 4 })).rejects.toMatchObject({
    code: 'out_of_stock',
    data: { available: 3 },
  });
  await expect(
    addToCart(shop.ctx, { cartId: cart.id, variantId: shop.ctx.ids.next(), quantity: 1 }),
  ).rejects.toMatchObject({ code: 'product_unavailable' });
  expect((await getCart(shop.ctx, { cartId: cart.id }))?.itemCount).toBe(2);
});

test('each view finds what changed; accepting mends it', async () => {
  const rising = await sellProduct(shop.ctx, { stock: 5, amount: 1_000 });
  const scarce = await sellProduct(shop.ctx, { stock: 5 });
  const gone = await sellProduct(shop.ctx, { stock: 5 });
  const withdrawn = await sellProduct(shop.ctx, { stock: 5 });
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId: rising.variantId, quantity: 1 });
  for (const { variantId } of [scarce, gone, withdrawn]) {
    await addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 4 });
  }
  await shop.ctx.db
    .updateTable('prices')
    .set({ amount: 1_100 })
    .where('variant_id', '=', rising.variantId)
    .execute();
  await stockOf(scarce.variantId, 2);
  await stockOf(gone.variantId, 0);
  await shop.ctx.db
    .updateTable('products')
    .set({ status: 'archived' })
    .where('id', '=', withdrawn.productId)
    .execute();

  const view = await getCart(shop.ctx, { cartId: cart.id });
  expect(view?.canCheckOut).toBe(false);
  const problems = new Map(view?.lines.map((line) => [line.variantId, line.problems]));
  expect(problems.get(rising.variantId)).toEqual([
    { code: 'PRICE_CHANGED', previous: { amount: 1_000, currency: 'USD' } },
  ]);
  expect(problems.get(scarce.variantId)).toEqual([{ code: 'OUT_OF_STOCK', available: 2 }]);
  expect(problems.get(gone.variantId)).toEqual([{ code: 'OUT_OF_STOCK', available: 0 }]);
  expect(problems.get(withdrawn.variantId)).toEqual([{ code: 'PRODUCT_UNAVAILABLE' }]);

  await acceptCartChanges(shop.ctx, { cartId: cart.id });
  const mended = await getCart(shop.ctx, { cartId: cart.id });
  expect(mended?.canCheckOut).toBe(true);
  expect(mended?.lines.map((line) => [line.variantId, line.quantity])).toEqual([
    [rising.variantId, 1],
    [scarce.variantId, 2],
  ]);
});

test('one cart cannot touch another’s lines', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
  const mine = (await addToCart(shop.ctx, { cartId: null, variantId, quantity: 1 })).cart;
  const other = (await addToCart(shop.ctx, { cartId: null, variantId, quantity: 1 })).cart;
  const lineId = await firstLine(other.id);
  await expect(setLineQuantity(shop.ctx, { cartId: mine.id, lineId, quantity: 5 })).rejects.toMatchObject({
    code: 'not_found',
  });
  await removeLine(shop.ctx, { cartId: mine.id, lineId });
  expect((await getCart(shop.ctx, { cartId: other.id }))?.itemCount).toBe(1);
});

test('a cart that nobody touched in time is gone; adding begins a new one', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 1 });
  await shop.ctx.db
    .updateTable('carts')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .where('id', '=', cart.id)
    .execute();
  expect(await getCart(shop.ctx, { cartId: cart.id })).toBeNull();
  const fresh = await addToCart(shop.ctx, { cartId: cart.id, variantId, quantity: 1 });
  expect(fresh.cart.id).not.toBe(cart.id);
});

test('a cart token names its cart and nothing else', () => {
  const cartId = shop.ctx.ids.next();
  const token = signCartToken(shop.ctx, cartId);
  expect(readCartToken(shop.ctx, token)).toBe(cartId);
  expect(readCartToken(shop.ctx, token.replace(cartId, shop.ctx.ids.next()))).toBeNull();
});
