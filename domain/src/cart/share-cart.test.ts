import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setStock } from '../inventory/index.ts';
import { createContext, guest, withActor } from '../kernel/index.ts';
import { createTestClock, createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import { addToCart } from './add-to-cart.ts';
import { addSharedCart, dropSharedCarts, SHARED_CART_SECONDS, shareCart, sharedCart } from './share-cart.ts';
import { getCart } from './view-cart.ts';

let shop: TestDomain;
const clock = createTestClock();
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop?.close());

const visitor = () => withActor(createContext({ ...shop.ctx, clock }), guest);

/** A link to a cart of some things. */
async function share(things: readonly { variantId: string; quantity: number }[]): Promise<string> {
  let cartId: string | null = null;
  for (const thing of things) cartId = (await addToCart(visitor(), { cartId, ...thing })).cart.id;
  const { url } = await shareCart(visitor(), { cartId: cartId ?? '' });
  return url.slice(url.lastIndexOf('/') + 1);
}

describe('a link to what is in a cart', () => {
  test('shows the things, and puts as many into another cart as there are', async () => {
    const tray = await sellProduct(shop.ctx, { stock: 5, title: 'Tray' });
    const lamp = await sellProduct(shop.ctx, { stock: 5, title: 'Lamp' });
    const token = await share([
      { variantId: tray.variantId, quantity: 3 },
      { variantId: lamp.variantId, quantity: 2 },
    ]);
    await shop.ctx.transaction((tx) => setStock(tx, [{ variantId: tray.variantId, onHand: 1 }]));
    const { lines } = await sharedCart(visitor(), { token });
    expect(lines.map(({ title, quantity, available }) => [title, quantity, available])).toEqual([
      ['Tray', 3, 1],
      ['Lamp', 2, 5],
    ]);
    const { cart: own } = await addToCart(visitor(), {
      cartId: null,
      variantId: lamp.variantId,
      quantity: 4,
    });
    // twice does no harm
    for (const _ of [1, 2]) {
      expect(await addSharedCart(visitor(), { token, cartId: own.id })).toMatchObject({ left: [] });
    }
    const held = (await getCart(visitor(), { cartId: own.id }))?.lines;
    expect(held?.map(({ title, quantity }) => [title, quantity])).toEqual([
      ['Lamp', 4],
      ['Tray', 1],
    ]);
  });

  test('adds nothing of what is sold out', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
    const token = await share([{ variantId, quantity: 1 }]);
    await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 0 }]));
    expect(await addSharedCart(visitor(), { token, cartId: null })).toEqual({
      ...{ cartId: null, inCart: [], left: [variantId] },
    });
  });

  test('works for a month; a made-up one never', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
    const token = await share([{ variantId, quantity: 1 }]);
    clock.advance(SHARED_CART_SECONDS - 1);
    expect((await sharedCart(visitor(), { token })).lines).toHaveLength(1);
    clock.advance(2);
    for (const lapsed of [token, 'made-up', '']) {
      await expect(sharedCart(visitor(), { token: lapsed })).rejects.toMatchObject({ code: 'token_invalid' });
      await expect(addSharedCart(visitor(), { token: lapsed, cartId: null })).rejects.toMatchObject({
        code: 'token_invalid',
      });
    }
    expect(await dropSharedCarts(visitor())).toBeGreaterThan(0);
  });

  test('an empty cart has none', async () => {
    await expect(shareCart(visitor(), { cartId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'cart_empty',
    });
  });
});
