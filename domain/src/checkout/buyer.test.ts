import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addToCart } from '../cart/index.ts';
import { insertUser } from '../identity/index.ts';
import { type Context, guest, userActor, withActor } from '../kernel/index.ts';
import { listMyOrders } from '../orders/index.ts';
import {
  anAddress,
  chooseDelivery,
  createTestDomain,
  fillCart,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import {
  choosePayment,
  chooseShipping,
  getCheckout,
  placementStatus,
  placeOrder,
  setCheckoutAddress,
} from './index.ts';

let shop: TestDomain;
let variantId: string;
beforeAll(async () => {
  shop = await createTestDomain();
  variantId = (await sellProduct(shop.ctx, { stock: 100 })).variantId;
});
afterAll(() => shop.close());

async function customer(): Promise<Context> {
  const email = `${shop.ctx.ids.next()}@example.com`;
  const { id } = await shop.ctx.transaction((tx) =>
    insertUser(tx, { email, name: 'Ada', passwordHash: null, locale: 'en' }),
  );
  const session = { id: shop.ctx.ids.next(), authenticatedAt: new Date() };
  return withActor(shop.ctx, userActor({ userId: id, roles: [], session }));
}

/** A cart of a browser, and of no account: who has its token may use it. */
async function guestCart(): Promise<string> {
  return (await addToCart(nobody(), { cartId: null, variantId, quantity: 1 })).cart.id;
}

const nobody = () => withActor(shop.ctx, guest);
const ordersOf = async (who: Context) =>
  (await listMyOrders(who, { search: '', status: 'all', cursor: null, limit: 10 })).items.length;

async function placed(who: Context, cartId: string, totalsVersion: number): Promise<string> {
  const placement = await placeOrder(who, { cartId, totalsVersion });
  if (placement.outcome !== 'placed') throw new Error(`expected an order, not ${placement.outcome}`);
  return placement.orderNumber;
}

describe('an order belongs to the account', () => {
  test('that bought it', async () => {
    const ada = await customer();
    const cartId = await fillCart(ada, variantId);
    const { totalsVersion } = await payWith(ada, cartId, testCards.success);
    await placed(ada, cartId, totalsVersion);
    expect(await ordersOf(ada)).toBe(1);
  });

  test('that logged in on the way, even before the last step', async () => {
    const ada = await customer();
    const cartId = await fillCart(nobody(), variantId);
    const { totalsVersion } = await payWith(nobody(), cartId, testCards.success);
    await placed(ada, cartId, totalsVersion);
    expect(await ordersOf(ada)).toBe(1);
  });

  test('and is a guest’s without one', async () => {
    const cartId = await fillCart(nobody(), variantId);
    const { totalsVersion } = await payWith(nobody(), cartId, testCards.success);
    const number = await placed(nobody(), cartId, totalsVersion);
    const { user_id } = await shop.ctx.db
      .selectFrom('orders')
      .select('user_id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    expect(user_id).toBeNull();
  });
});

describe('who finds the cart of somebody who logged out', () => {
  test('sees neither address nor card, and cannot order in their name', async () => {
    const ada = await customer();
    const cartId = await guestCart();
    await chooseDelivery(ada, cartId);
    const { totalsVersion } = await payWith(ada, cartId, testCards.success);
    for (const stranger of [nobody(), await customer()]) {
      expect(await getCheckout(stranger, { cartId })).toMatchObject({
        nextStep: 'address',
        email: null,
        shippingAddress: null,
        billingAddress: null,
        payment: null,
        lines: [{ variantId }],
      });
      for (const attempt of [
        () => placeOrder(stranger, { cartId, totalsVersion }),
        () => placementStatus(stranger, { cartId }),
        () => choosePayment(stranger, { cartId, method: 'hosted' }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({
          code: 'checkout_incomplete',
          data: { step: 'address' },
        });
      }
    }
    expect((await getCheckout(ada, { cartId }))?.nextStep).toBe('review');
    const number = await placed(ada, cartId, totalsVersion);
    expect(number).toMatch(/^SK-/);
    await expect(placementStatus(nobody(), { cartId })).rejects.toMatchObject({
      code: 'checkout_incomplete',
    });
  });

  test('makes it their own by an address of their own', async () => {
    const ada = await customer();
    const cart = { id: await guestCart() };
    const mine = { ...anAddress, fullName: 'Guest' };
    const buy = { cartId: cart.id, email: 'guest@example.com', billingAddress: null };
    const { shippingOptions } = await setCheckoutAddress(ada, { ...buy, shippingAddress: anAddress });
    const optionId = shippingOptions[0]?.id ?? '';
    await chooseShipping(ada, { cartId: cart.id, optionId, note: 'ring twice', giftMessage: 'to Bob' });
    await setCheckoutAddress(nobody(), { ...buy, shippingAddress: mine });
    expect(await getCheckout(nobody(), { cartId: cart.id })).toMatchObject({
      shippingAddress: mine,
      note: '',
      giftMessage: '',
    });
    const row = await shop.ctx.db
      .selectFrom('checkouts')
      .select('user_id')
      .where('cart_id', '=', cart.id)
      .executeTakeFirstOrThrow();
    expect(row.user_id).toBeNull();
  });
});
