import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, countStatements, createContext, guest, withActor } from '../kernel/index.ts';
import { createTestClock, createTestDomain, sellProduct, signUp, type TestDomain } from '../testing/index.ts';
import { accountCart } from './account-cart.ts';
import { addToCart } from './add-to-cart.ts';
import { enterCode } from './cart-codes.ts';
import { setEstimatePlace } from './cart-place.ts';
import { setLineQuantity } from './change-cart.ts';
import { dropExpiredCarts } from './close-cart.ts';
import { cartSummary } from './get-cart.ts';
import { CART_TTL_SECONDS } from './model.ts';
import { saveForLater } from './saved-lines.ts';
import { makeCode } from './testing/codes.ts';
import { getCart } from './view-cart.ts';

let shop: TestDomain;
let redis: Redis;
const clock = createTestClock(new Date());
beforeAll(async () => {
  shop = await createTestDomain();
  redis = new Redis(shop.config.redis?.url ?? '');
});
afterAll(async () => {
  redis?.disconnect();
  await shop?.close();
});

const at = (ctx: Context) => createContext({ ...ctx, clock });
const visitor = () => withActor(at(shop.ctx), guest);

/** All that the cache holds of this shop is lost at once. */
async function loseCache(): Promise<number> {
  const keys = await redis.keys(`${shop.config.redis?.prefix}*`);
  return keys.length === 0 ? 0 : redis.del(keys);
}

/** A cart with something of everything in it. */
async function fill(ctx: Context): Promise<string> {
  const [tray, lamp] = [await sellProduct(shop.ctx, { stock: 9 }), await sellProduct(shop.ctx, { stock: 9 })];
  const { cart } = await addToCart(ctx, { cartId: null, variantId: tray.variantId, quantity: 2 });
  await addToCart(ctx, { cartId: cart.id, variantId: lamp.variantId, quantity: 1 });
  const later = (await getCart(ctx, { cartId: cart.id }))?.lines[1]?.id ?? '';
  await saveForLater(ctx, { cartId: cart.id, lineId: later });
  const code = `KEPT-${cart.id.slice(-8).toUpperCase()}`;
  await makeCode(shop.ctx, [code]);
  await enterCode(ctx, { cartId: cart.id, code });
  const place = { country: 'US', region: 'CA', postcode: '94601' };
  await setEstimatePlace(ctx, { cartId: cart.id, place });
  return cart.id;
}

const counted = async (work: () => Promise<unknown>) => (await countStatements(work)).statements;

describe('carts are served from Redis and held in Postgres', () => {
  test('what was looked at is not asked of the database again, until it changes', async () => {
    const cartId = await fill(visitor());
    const summary = () => cartSummary(visitor(), { cartId });
    expect([await counted(summary), await counted(summary), await counted(summary)]).toEqual([1, 0, 0]);
    const view = () => getCart(visitor(), { cartId });
    await loseCache();
    await view();
    await loseCache();
    const [cold, warm] = [await counted(view), await counted(view)];
    expect(cold - warm).toBeGreaterThanOrEqual(1);
    const lineId = (await view())?.lines[0]?.id ?? '';
    await setLineQuantity(visitor(), { cartId, lineId, quantity: 5 });
    expect(await summary()).toEqual({ itemCount: 5 });
    expect(await counted(summary)).toBe(0);
  });

  test('losing Redis loses nothing: a guest’s cart, and an account’s', async () => {
    const ada = await signUp(shop.ctx);
    for (const ctx of [visitor(), at(ada.ctx)]) {
      const cartId = await fill(ctx);
      const before = await getCart(ctx, { cartId });
      expect(before).toMatchObject({
        lines: [{ quantity: 2 }],
        saved: [{ quantity: 1 }],
        codes: [`KEPT-${cartId.slice(-8).toUpperCase()}`],
        estimate: { place: { postcode: '94601' } },
      });
      expect(await loseCache()).toBeGreaterThan(0);
      expect(await getCart(ctx, { cartId })).toEqual(before);
    }
    await loseCache();
    expect(await accountCart(at(ada.ctx))).not.toBeNull();
  });
});

describe('a cart is kept', () => {
  test.each([
    { whose: 'a guest’s', days: 7, ttl: CART_TTL_SECONDS.guest },
    { whose: 'a customer’s', days: 30, ttl: CART_TTL_SECONDS.customer },
  ])('$whose for $days days after it was last touched, also as the cache holds it', async ({ days, ttl }) => {
    expect(ttl).toBe(days * 24 * 3_600);
    const ctx = days === 7 ? visitor() : at((await signUp(shop.ctx)).ctx);
    const cartId = await fill(ctx);
    clock.advance(ttl - 1);
    const lineId = (await getCart(ctx, { cartId }))?.lines[0]?.id ?? '';
    await setLineQuantity(ctx, { cartId, lineId, quantity: 3 });
    clock.advance(ttl - 1);
    expect(await cartSummary(ctx, { cartId })).toEqual({ itemCount: 3 });
    await dropExpiredCarts(at(shop.ctx));
    clock.advance(1);
    expect(await cartSummary(ctx, { cartId })).toEqual({ itemCount: 0 });
    expect(await getCart(ctx, { cartId })).toBeNull();
    clock.advance(1);
    expect(await dropExpiredCarts(at(shop.ctx))).toBe(1);
    const left = shop.ctx.db.selectFrom('carts').select('id').where('id', '=', cartId);
    expect(await left.execute()).toEqual([]);
  });
});
