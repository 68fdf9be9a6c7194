import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStock } from '../inventory/index.ts';
import { guest, withActor } from '../kernel/index.ts';
import { createTestDomain, sellProduct, signUp, type TestDomain, type TestUser } from '../testing/index.ts';
import {
  accountCart,
  addToCart,
  cartSummary,
  enterCode,
  getCart,
  mergeCarts,
  saveForLater,
} from './index.ts';
import { makeCode, makeGiftCard } from './testing/codes.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

const guests = () => withActor(shop.ctx, guest);

async function guestCart(variantId: string, quantity = 1): Promise<string> {
  const { cart } = await addToCart(guests(), { cartId: null, variantId, quantity });
  return cart.id;
}

async function ownCart(user: TestUser, variantId: string, quantity = 1): Promise<string> {
  const { cart } = await addToCart(user.ctx, { cartId: null, variantId, quantity });
  return cart.id;
}

async function quantitiesOf(user: TestUser): Promise<Record<string, number>> {
  const cartId = await accountCart(user.ctx);
  const view = cartId && (await getCart(user.ctx, { cartId }));
  return Object.fromEntries((view ? view.lines : []).map((line) => [line.variantId, line.quantity]));
}

test('a guest’s cart becomes the account’s as it is, and its token opens nothing any more', async () => {
  const user = await signUp(shop.ctx);
  const { variantId } = await sellProduct(shop.ctx, { stock: 9 });
  const guestCartId = await guestCart(variantId, 2);
  expect(await mergeCarts(user.ctx, { guestCartId })).toEqual({ cartId: guestCartId, changes: [] });
  expect(await accountCart(user.ctx)).toBe(guestCartId);
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 2 });
  expect(await getCart(guests(), { cartId: guestCartId })).toBeNull();
  expect(await cartSummary(guests(), { cartId: guestCartId })).toEqual({ itemCount: 0 });
  const other = await signUp(shop.ctx);
  expect(await getCart(other.ctx, { cartId: guestCartId })).toBeNull();
  // who comes with the old token begins a new cart
  const begun = await addToCart(guests(), { cartId: guestCartId, variantId, quantity: 1 });
  expect(begun.cart.id).not.toBe(guestCartId);
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 2 });
});

test('two carts become one: sums, capped by stock, and the shopper is told', async () => {
  const user = await signUp(shop.ctx);
  const plenty = await sellProduct(shop.ctx, { stock: 50 });
  const scarce = await sellProduct(shop.ctx, { stock: 4, title: 'A rare thing' });
  const gone = await sellProduct(shop.ctx, { stock: 5, title: 'A thing that sold out' });
  const accountCartId = await ownCart(user, plenty.variantId, 2);
  for (const { variantId } of [scarce, gone]) {
    await addToCart(user.ctx, { cartId: accountCartId, variantId, quantity: 3 });
  }
  const guestCartId = await guestCart(plenty.variantId, 5);
  await addToCart(guests(), { cartId: guestCartId, variantId: scarce.variantId, quantity: 3 });
  await shop.ctx.transaction((tx) => setStock(tx, [{ variantId: gone.variantId, onHand: 0 }]));

  const merged = await mergeCarts(user.ctx, { guestCartId });
  expect(merged.cartId).toBe(guestCartId);
  expect(merged.changes).toEqual([
    { variantId: scarce.variantId, title: 'A rare thing', wanted: 6, kept: 4 },
    { variantId: gone.variantId, title: 'A thing that sold out', wanted: 3, kept: 0 },
  ]);
  expect(await quantitiesOf(user)).toEqual({ [plenty.variantId]: 7, [scarce.variantId]: 4 });
  const view = await getCart(user.ctx, { cartId: guestCartId });
  expect(view?.saved).toMatchObject([{ variantId: gone.variantId, quantity: 3, available: 0 }]);
  expect(await getCart(user.ctx, { cartId: accountCartId })).toBeNull();
  const told = await shop.ctx.db.selectFrom('events').selectAll().where('type', '=', 'cart.merged').execute();
  expect(told.filter((event) => event.aggregate_id === accountCartId)).toMatchObject([
    { payload: { intoCartId: guestCartId } },
  ]);
});

test('codes, gift cards and what was kept for later join', async () => {
  const user = await signUp(shop.ctx);
  await makeCode(shop.ctx, ['MINE', 'YOURS']);
  const code = await makeGiftCard(shop.ctx);
  const later = await sellProduct(shop.ctx, { stock: 5 });
  const now = await sellProduct(shop.ctx, { stock: 5 });
  const accountCartId = await ownCart(user, later.variantId, 2);
  const [line] = (await getCart(user.ctx, { cartId: accountCartId }))?.lines ?? [];
  await saveForLater(user.ctx, { cartId: accountCartId, lineId: line?.id ?? '' });
  await enterCode(user.ctx, { cartId: accountCartId, code: 'mine' });
  await enterCode(user.ctx, { cartId: accountCartId, code });
  const guestCartId = await guestCart(now.variantId);
  await enterCode(guests(), { cartId: guestCartId, code: 'yours' });
  await mergeCarts(user.ctx, { guestCartId });
  expect(await getCart(user.ctx, { cartId: guestCartId })).toMatchObject({
    codes: ['YOURS', 'MINE'],
    giftCards: [{ balance: { amount: 5_000 } }],
    saved: [{ variantId: later.variantId, quantity: 2 }],
    lines: [{ variantId: now.variantId }],
  });
});

test('an empty cart gives way to the account’s', async () => {
  const user = await signUp(shop.ctx);
  const { variantId } = await sellProduct(shop.ctx, { stock: 9 });
  const accountCartId = await ownCart(user, variantId, 2);
  const guestCartId = await guestCart(variantId, 1);
  await shop.ctx.db.deleteFrom('cart_lines').where('cart_id', '=', guestCartId).execute();
  expect(await mergeCarts(user.ctx, { guestCartId })).toEqual({ cartId: accountCartId, changes: [] });
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 2 });
});

test('fifty log-ins at once with one cart, and fifty carts at once into one account, count everything once', async () => {
  const user = await signUp(shop.ctx);
  const { variantId } = await sellProduct(shop.ctx, { stock: 500 });
  await ownCart(user, variantId, 1);
  const guestCartId = await guestCart(variantId, 2);
  await Promise.all(Array.from({ length: 50 }, () => mergeCarts(user.ctx, { guestCartId })));
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 3 });

  const carts = await Promise.all(Array.from({ length: 50 }, () => guestCart(variantId, 1)));
  await Promise.all(carts.map((id) => mergeCarts(user.ctx, { guestCartId: id })));
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 53 });
  const active = await shop.ctx.db
    .selectFrom('carts')
    .select('id')
    .where('user_id', '=', user.userId)
    .where('status', '=', 'active')
    .execute();
  expect(active).toHaveLength(1);
});

test('one cart that two accounts want at once goes to one of them', async () => {
  const [one, two] = [await signUp(shop.ctx), await signUp(shop.ctx)];
  const { variantId } = await sellProduct(shop.ctx, { stock: 9 });
  const guestCartId = await guestCart(variantId, 2);
  await Promise.all([one, two].map((user) => mergeCarts(user.ctx, { guestCartId })));
  const units = await Promise.all([one, two].map(async (user) => (await quantitiesOf(user))[variantId] ?? 0));
  expect(units.toSorted()).toEqual([0, 2]);
});

test('things that are added while carts merge are not lost', async () => {
  const user = await signUp(shop.ctx);
  const { variantId } = await sellProduct(shop.ctx, { stock: 500 });
  const accountCartId = await ownCart(user, variantId, 1);
  const guestCartId = await guestCart(variantId, 1);
  await Promise.all([
    mergeCarts(user.ctx, { guestCartId }),
    ...Array.from({ length: 30 }, () =>
      addToCart(user.ctx, { cartId: accountCartId, variantId, quantity: 1 }),
    ),
  ]);
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 32 });
});

test('two devices that begin a cart at once share one', async () => {
  const user = await signUp(shop.ctx);
  const { variantId } = await sellProduct(shop.ctx, { stock: 500 });
  const added = await Promise.all(
    Array.from({ length: 20 }, () => addToCart(user.ctx, { cartId: null, variantId, quantity: 1 })),
  );
  expect(new Set(added.map(({ cart }) => cart.id)).size).toBe(1);
  expect(await quantitiesOf(user)).toEqual({ [variantId]: 20 });
});
