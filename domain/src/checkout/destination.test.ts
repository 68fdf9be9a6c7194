import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addToCart, getCart } from '../cart/index.ts';
import { locationInput, saveLocation, setStock, sweepReservations } from '../inventory/index.ts';
import { addSeconds } from '../kernel/index.ts';
import {
  aCard,
  anAddress,
  brokenInvariants,
  createTestDomain,
  fillCart,
  payWith,
  sellProduct,
  type TestDomain,
} from '../testing/index.ts';
import { getCheckout, placeOrder, setCheckoutAddress } from './index.ts';

let shop: TestDomain;
let berlin: string;
beforeAll(async () => {
  shop = await createTestDomain();
  const input = locationInput.parse({ code: 'berlin', name: 'Berlin', country: 'DE', countries: ['DE'] });
  berlin = (await saveLocation(shop.ctx, input)).id;
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

const inBerlin = (variantId: string, onHand: number) =>
  shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand }], berlin));
/** Until somebody waits for a lock in this shop's database. */
async function somebodyWaits(): Promise<void> {
  const waiting = sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `;
  await vi.waitFor(async () => expect((await waiting.execute(shop.ctx.db)).rows).toHaveLength(1), 5_000);
}
const address = { email: 'ada@example.com', shippingAddress: anAddress, billingAddress: null };

test('what lies only where nothing is sent to the buyer from is refused with the address, and the cart shows it', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  await inBerlin(variantId, 5);
  const { cart } = await addToCart(shop.ctx, { cartId: null, variantId, quantity: 3 });
  const before = await getCart(shop.ctx, { cartId: cart.id });
  expect(before?.lines[0]?.problems).toEqual([]);

  await expect(setCheckoutAddress(shop.ctx, { cartId: cart.id, ...address })).rejects.toMatchObject({
    code: 'out_of_stock',
    data: { variantId, available: 1 },
  });
  const after = await getCart(shop.ctx, { cartId: cart.id });
  expect(after?.lines[0]?.problems).toEqual([{ code: 'OUT_OF_STOCK', available: 1 }]);
  // what was typed is there when the shopper comes back
  expect(await getCheckout(shop.ctx, { cartId: cart.id })).toMatchObject({
    email: 'ada@example.com',
    shippingAddress: anAddress,
  });
});

test('an address that changes while payment waits for the checkout decides what is there', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
  await inBerlin(variantId, 5);
  const cartId = await fillCart(shop.ctx, variantId);
  await addToCart(shop.ctx, { cartId, variantId, quantity: 2 });
  const sendTo = (country: string, ctx = shop.ctx) =>
    sql`
    update checkouts set shipping_address = shipping_address || jsonb_build_object('country', ${country}::text)
    where cart_id = ${cartId}::uuid
  `.execute(ctx.db);
  await sendTo('DE');
  const { promise: isWaiting, resolve: goOn } = Promise.withResolvers<void>();
  const moved = shop.ctx.transaction(async (tx) => {
    await sendTo('US', tx);
    goOn();
    await somebodyWaits();
  });
  await isWaiting;
  await expect(payWith(shop.ctx, cartId, aCard())).rejects.toMatchObject({ code: 'cart_changed' });
  await moved;
});

test('units that are held anew when the order is placed come from where it is sent from', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  const cartId = await fillCart(shop.ctx, variantId, 2);
  const { totalsVersion } = await payWith(shop.ctx, cartId, aCard());
  const lapsed = addSeconds(new Date(), -1);
  await shop.ctx.db
    .updateTable('reservations')
    .set({ expires_at: lapsed })
    .where('holder_id', '=', cartId)
    .execute();
  await shop.ctx.db
    .updateTable('checkouts')
    .set({ held_until: lapsed })
    .where('cart_id', '=', cartId)
    .execute();
  await sweepReservations(shop.ctx);
  await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 1 }]));
  await inBerlin(variantId, 5);

  await expect(placeOrder(shop.ctx, { cartId, totalsVersion })).rejects.toMatchObject({
    code: 'out_of_stock',
    data: { variantId, available: 1 },
  });
  const cart = await getCart(shop.ctx, { cartId });
  expect(cart?.lines[0]?.problems).toEqual([{ code: 'OUT_OF_STOCK', available: 1 }]);
});
