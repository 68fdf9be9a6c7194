import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addToCart, getCart } from '../cart/index.ts';
import { setStock } from '../inventory/index.ts';
import { type Context, guest, userActor, withActor } from '../kernel/index.ts';
import { createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import {
  addToWishlist,
  changeSharing,
  createWishlist,
  getWishlist,
  listWishlists,
  MAX_WISHLIST_ITEMS,
  MAX_WISHLISTS,
  moveBetweenWishlists,
  removeFromWishlist,
  removeWishlist,
  renameWishlist,
  sharedWishlist,
  sharedWishlistToCart,
  wishlistName,
  wishlistToCart,
} from './index.ts';

let shop: TestDomain;
let lamp: { variantId: string };
let chair: { variantId: string };
let soldOut: { variantId: string };
beforeAll(async () => {
  shop = await createTestDomain();
  lamp = await sellProduct(shop.ctx, { stock: 5, amount: 4_000, title: 'A lamp' });
  chair = await sellProduct(shop.ctx, { stock: 5, amount: 9_900, title: 'A chair' });
  soldOut = await sellProduct(shop.ctx, { stock: 0, title: 'A rare thing' });
});
afterAll(() => shop.close());

/** Somebody new, logged in. */
async function customer(name = 'Ada Lovelace'): Promise<Context> {
  const { ctx } = shop;
  const userId = ctx.ids.next();
  const now = ctx.clock.now();
  await ctx.db
    .insertInto('users')
    .values({ id: userId, email: `${userId}@example.com`, name, created_at: now, updated_at: now })
    .execute();
  const session = { id: ctx.ids.next(), authenticatedAt: now };
  return withActor(ctx, userActor({ userId, roles: [], session }));
}

const tokenOf = (url: string | null) => url?.split('/wishlist/')[1] ?? '';

let ada: Context;
let stranger: Context;
beforeEach(async () => {
  ada = await customer();
  stranger = await customer('Charles Babbage');
});

describe('the lists of a customer', () => {
  test('a first wish makes a list; it shows prices, stock and pictures of now, the newest first', async () => {
    const { wishlistId, name } = await addToWishlist(ada, { wishlistId: null, ...lamp });
    expect(name).toBe('Wishlist');
    await addToWishlist(ada, { wishlistId: null, ...soldOut });
    await addToWishlist(ada, { wishlistId: null, ...lamp });
    expect(await listWishlists(ada)).toMatchObject([{ id: wishlistId, itemCount: 2, isShared: false }]);
    const list = await getWishlist(ada, { wishlistId });
    expect(list).toMatchObject({
      shareUrl: null,
      items: [
        { title: 'A rare thing', available: 0, isForSale: true },
        { title: 'A lamp', available: 5, isForSale: true, price: { amount: 4_000, currency: 'USD' } },
      ],
    });
  });

  test('several lists: made, named without regard to case, renamed, moved between, removed', async () => {
    const home = await createWishlist(ada, { name: 'Home' });
    const gifts = await createWishlist(ada, { name: 'Gifts' });
    await expect(createWishlist(ada, { name: 'HOME' })).rejects.toMatchObject({ code: 'name_taken' });
    await expect(renameWishlist(ada, { wishlistId: gifts.id, name: 'home' })).rejects.toMatchObject({
      code: 'name_taken',
    });
    await renameWishlist(ada, { wishlistId: gifts.id, name: 'GIFTS' });
    await createWishlist(stranger, { name: 'Home' });

    await addToWishlist(ada, { wishlistId: home.id, ...lamp });
    await addToWishlist(ada, { wishlistId: gifts.id, ...lamp });
    await addToWishlist(ada, { wishlistId: home.id, ...chair });
    await moveBetweenWishlists(ada, { fromId: home.id, toId: gifts.id, variantId: lamp.variantId });
    await moveBetweenWishlists(ada, { fromId: home.id, toId: gifts.id, variantId: chair.variantId });
    expect((await listWishlists(ada)).map(({ name, itemCount }) => [name, itemCount])).toEqual([
      ['Home', 0],
      ['GIFTS', 2],
    ]);
    await removeFromWishlist(ada, { wishlistId: gifts.id, variantId: lamp.variantId });
    await removeFromWishlist(ada, { wishlistId: gifts.id, variantId: lamp.variantId });
    expect((await getWishlist(ada, { wishlistId: gifts.id })).items).toHaveLength(1);
    await removeWishlist(ada, { wishlistId: gifts.id });
    await expect(getWishlist(ada, { wishlistId: gifts.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('names are kept on one line, and are not empty or endless', () => {
    expect(wishlistName.parse('  For \n Max\u0007 ')).toBe('For Max');
    expect(wishlistName.safeParse(' \t ').success).toBe(false);
    expect(wishlistName.safeParse('x'.repeat(61)).success).toBe(false);
  });

  test('nobody reaches another’s list, and guests have none', async () => {
    const { id: wishlistId } = await createWishlist(ada, { name: 'Mine' });
    await addToWishlist(ada, { wishlistId, ...lamp });
    const own = await createWishlist(stranger, { name: 'Own' });
    await addToWishlist(stranger, { wishlistId: own.id, ...chair });
    const { variantId } = lamp;
    const attempts = [
      () => getWishlist(stranger, { wishlistId }),
      () => renameWishlist(stranger, { wishlistId, name: 'Yours' }),
      () => removeWishlist(stranger, { wishlistId }),
      () => addToWishlist(stranger, { wishlistId, ...chair }),
      () => removeFromWishlist(stranger, { wishlistId, variantId }),
      () => moveBetweenWishlists(stranger, { fromId: wishlistId, toId: own.id, variantId }),
      () => moveBetweenWishlists(stranger, { fromId: own.id, toId: wishlistId, ...chair }),
      () => changeSharing(stranger, { wishlistId, sharing: 'on' }),
      () => wishlistToCart(stranger, { wishlistId, variantId, keeps: true, cartId: null }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    const visitor = withActor(shop.ctx, guest);
    await expect(listWishlists(visitor)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(addToWishlist(visitor, { wishlistId: null, ...lamp })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect((await getWishlist(ada, { wishlistId })).items).toMatchObject([lamp]);
  });

  test('what is no variant of the shop cannot be wished for', async () => {
    const { id: wishlistId } = await createWishlist(ada, { name: 'Odd' });
    await expect(addToWishlist(ada, { wishlistId, variantId: shop.ctx.ids.next() })).rejects.toMatchObject({
      code: 'product_unavailable',
    });
    await expect(
      moveBetweenWishlists(ada, {
        fromId: wishlistId,
        toId: (await createWishlist(ada, { name: 'Other' })).id,
        variantId: lamp.variantId,
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the caps hold when 50 come at once', () => {
  const codesOf = (results: PromiseSettledResult<unknown>[]) =>
    results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));

  test('of lists', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => createWishlist(ada, { name: `List ${index}` })),
    );
    expect(await listWishlists(ada)).toHaveLength(MAX_WISHLISTS);
    expect(codesOf(results)).toEqual(Array.from({ length: 50 - MAX_WISHLISTS }, () => 'limit_reached'));
  });

  test('of items', async () => {
    const { id: wishlistId } = await createWishlist(ada, { name: 'Long' });
    const { rows } = await fillVariants(40);
    await shop.ctx.db
      .insertInto('wishlist_items')
      .values(
        (await fillVariants(MAX_WISHLIST_ITEMS - 10)).rows.map((variantId) => ({
          wishlist_id: wishlistId,
          variant_id: variantId,
          added_at: new Date(),
        })),
      )
      .execute();
    const wishes = [...rows, ...rows.slice(0, 10)].map((variantId) =>
      addToWishlist(ada, { wishlistId, variantId }),
    );
    const results = await Promise.allSettled(wishes);
    expect((await getWishlist(ada, { wishlistId })).items).toHaveLength(MAX_WISHLIST_ITEMS);
    expect(new Set(codesOf(results))).toEqual(new Set(['limit_reached']));
  });

  test('of the first list: 50 first wishes make one', async () => {
    await Promise.all(Array.from({ length: 50 }, () => addToWishlist(ada, { wishlistId: null, ...lamp })));
    expect(await listWishlists(ada)).toMatchObject([{ name: 'Wishlist', itemCount: 1 }]);
  });
});

/** Variants of one product, more than an import would make one by one. */
async function fillVariants(count: number): Promise<{ rows: string[] }> {
  const { productId } = await sellProduct(shop.ctx, { stock: 1 });
  const rows = await shop.ctx.db
    .insertInto('variants')
    .values(
      Array.from({ length: count }, (_, index) => {
        const id = shop.ctx.ids.next();
        return {
          id,
          product_id: productId,
          sku: `${productId}-${index}`,
          title: `Kind ${index}`,
          position: index + 1,
          created_at: new Date(),
          updated_at: new Date(),
        };
      }),
    )
    .returning('id')
    .execute();
  return { rows: rows.map((row) => row.id) };
}

describe('sharing', () => {
  test('a link shows a list and the first name; it is void once sharing is off or the link is new', async () => {
    const { wishlistId } = await addToWishlist(ada, { wishlistId: null, ...lamp });
    const visitor = withActor(shop.ctx, guest);
    const first = await changeSharing(ada, { wishlistId, sharing: 'on' });
    expect((await getWishlist(ada, { wishlistId })).shareUrl).toBe(first.shareUrl);
    expect((await changeSharing(ada, { wishlistId, sharing: 'on' })).shareUrl).toBe(first.shareUrl);
    const token = tokenOf(first.shareUrl);
    const seen = await sharedWishlist(visitor, { token });
    expect(seen).toMatchObject({ firstName: 'Ada', name: 'Wishlist', items: [{ title: 'A lamp' }] });
    expect(JSON.stringify(seen)).not.toMatch(/Lovelace|example\.com/);

    await changeSharing(ada, { wishlistId, sharing: 'off' });
    await expect(sharedWishlist(visitor, { token })).rejects.toMatchObject({ code: 'not_found' });
    const again = await changeSharing(ada, { wishlistId, sharing: 'on' });
    await expect(sharedWishlist(visitor, { token })).rejects.toMatchObject({ code: 'not_found' });
    const renewed = await changeSharing(ada, { wishlistId, sharing: 'new-link' });
    await expect(sharedWishlist(visitor, { token: tokenOf(again.shareUrl) })).rejects.toMatchObject({
      code: 'not_found',
    });
    await sharedWishlist(visitor, { token: tokenOf(renewed.shareUrl) });
  });

  test('a link that is bent opens nothing, nor one of somebody who was shut out', async () => {
    const { wishlistId } = await addToWishlist(ada, { wishlistId: null, ...lamp });
    const other = await addToWishlist(stranger, { wishlistId: null, ...chair });
    const token = tokenOf((await changeSharing(ada, { wishlistId, sharing: 'on' })).shareUrl);
    for (const bent of [
      token.replace(wishlistId, other.wishlistId),
      token.replace('.0.', '.1.'),
      token.slice(0, -1),
      `${wishlistId}.0`,
      '',
      'x'.repeat(500),
    ]) {
      await expect(sharedWishlist(ada, { token: bent })).rejects.toMatchObject({ code: 'not_found' });
    }
    await shop.ctx.db
      .updateTable('users')
      .set({ status: 'disabled' })
      .where('id', '=', ada.actor.id)
      .execute();
    await expect(sharedWishlist(stranger, { token })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('into the cart', () => {
  test('all that can be bought moves; the rest stays; twice does no harm', async () => {
    const { wishlistId } = await addToWishlist(ada, { wishlistId: null, ...lamp });
    await addToWishlist(ada, { wishlistId, ...soldOut });
    await addToWishlist(ada, { wishlistId, ...chair });
    const { cart } = await addToCart(ada, { cartId: null, variantId: chair.variantId, quantity: 2 });
    const moved = await wishlistToCart(ada, { wishlistId, variantId: null, keeps: false, cartId: cart.id });
    expect(moved).toMatchObject({ cartId: cart.id, left: [soldOut.variantId] });
    expect(new Set(moved.inCart)).toEqual(new Set([lamp.variantId, chair.variantId]));
    expect((await getCart(ada, { cartId: cart.id }))?.itemCount).toBe(3);
    expect((await getWishlist(ada, { wishlistId })).items).toMatchObject([soldOut]);
    const nothing = await wishlistToCart(ada, { wishlistId, variantId: null, keeps: false, cartId: null });
    expect(nothing).toEqual({ cartId: null, inCart: [], left: [soldOut.variantId] });
  });

  test('one, kept on the list, without a cart yet', async () => {
    const { wishlistId } = await addToWishlist(ada, { wishlistId: null, ...lamp });
    const { variantId } = lamp;
    const { cartId } = await wishlistToCart(ada, { wishlistId, variantId, keeps: true, cartId: null });
    expect(await getCart(ada, { cartId: cartId ?? '' })).toMatchObject({ itemCount: 1, canCheckOut: true });
    expect((await getWishlist(ada, { wishlistId })).items).toHaveLength(1);
    await expect(
      wishlistToCart(ada, { wishlistId, variantId: chair.variantId, keeps: true, cartId }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a guest buys from a shared list, only what is on it', async () => {
    const visitor = withActor(shop.ctx, guest);
    const { wishlistId } = await addToWishlist(ada, { wishlistId: null, ...lamp });
    await addToWishlist(ada, { wishlistId, ...soldOut });
    const token = tokenOf((await changeSharing(ada, { wishlistId, sharing: 'on' })).shareUrl);
    const { cartId, left } = await sharedWishlistToCart(visitor, { token, variantId: null, cartId: null });
    expect(left).toEqual([soldOut.variantId]);
    expect((await getCart(visitor, { cartId: cartId ?? '' }))?.itemCount).toBe(1);
    await expect(
      sharedWishlistToCart(visitor, { token, variantId: chair.variantId, cartId }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await getWishlist(ada, { wishlistId })).items).toHaveLength(2);
    await changeSharing(ada, { wishlistId, sharing: 'off' });
    await expect(sharedWishlistToCart(visitor, { token, variantId: null, cartId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

test('a product that is withdrawn stays on the list, without a price', async () => {
  const gone = await sellProduct(shop.ctx, { stock: 3 });
  const { wishlistId } = await addToWishlist(ada, { wishlistId: null, variantId: gone.variantId });
  await shop.ctx.transaction((tx) => setStock(tx, [{ variantId: gone.variantId, onHand: 2 }]));
  await shop.ctx.db
    .updateTable('products')
    .set({ status: 'archived' })
    .where('id', '=', gone.productId)
    .execute();
  const { items } = await getWishlist(ada, { wishlistId });
  expect(items).toMatchObject([{ isForSale: false, price: null, available: 0 }]);
});
