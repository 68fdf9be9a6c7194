import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  ABANDONED_SECONDS,
  addToCart,
  CART_TTL_SECONDS,
  closingOf,
  enterCode,
  getCart,
  remindersByToken,
  removeLine,
  restorable,
  restoreCart,
  setReminderWish,
  stopReminders,
  tellAbandonedCarts,
} from '../cart/index.ts';
import { choosePayment, placeOrder, setCheckoutAddress } from '../checkout/index.ts';
import { setStock } from '../inventory/index.ts';
import { type Context, createContext, guest, withActor } from '../kernel/index.ts';
import { createPromotion, newPromotion } from '../promotions/index.ts';
import {
  anAddress,
  createTestClock,
  createTestDomain,
  fillCart,
  sellProduct,
  signUp,
  type TestDomain,
} from '../testing/index.ts';
import { updatePreferences } from './preferences.ts';

const { SMTP_URL = '', MAILBOX_URL = '' } = process.env;
const mailbox = z.object({
  messages: z.array(z.object({ to: z.array(z.string()), subject: z.string(), text: z.string() })),
});

let shop: TestDomain;
const clock = createTestClock(new Date());
beforeAll(async () => {
  shop = await createTestDomain({ env: { SMTP_URL, MAILBOX_URL, SHOP_NAME: `Souk ${crypto.randomUUID()}` } });
});
afterAll(() => shop?.close());

const by = (ctx: Context) => createContext({ ...ctx, clock });
const asGuest = (languages = '') =>
  withActor(by(createContext({ ...shop.ctx, origin: { ...shop.ctx.origin, languages } })), guest);
const someone = () => `left.${crypto.randomUUID()}@example.com`;

interface Left {
  cartId: string;
  email: string;
  title: string;
  variantId: string;
}

/** A guest's cart with two of a thing in it. @param email null: no mail is wanted */
async function fill(
  options: { ctx?: Context; email?: string | null; quantity?: number } = {},
): Promise<Left> {
  const { ctx = asGuest(), email = someone(), quantity = 2 } = options;
  const title = `Tray ${crypto.randomUUID()}`;
  const { variantId } = await sellProduct(shop.ctx, { stock: 9, title });
  const { cart } = await addToCart(ctx, { cartId: null, variantId, quantity });
  if (email !== null) await setReminderWish(ctx, { cartId: cart.id, email });
  return { cartId: cart.id, email: email ?? '', title, variantId };
}

/** Lets hours go by, and the worker do what is due. */
async function leave(seconds = ABANDONED_SECONDS + 60): Promise<void> {
  clock.advance(seconds);
  await tellAbandonedCarts(by(shop.ctx));
  await shop.runJobs();
}

async function mailsTo(email: string) {
  const { messages } = mailbox.parse(await (await fetch(`${MAILBOX_URL}/messages`)).json());
  return messages.filter((mail) => mail.to.includes(email) && /cart|Warenkorb/.test(mail.subject));
}

async function eventsOf(cartId: string): Promise<number> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select('id')
    .where('aggregate_id', '=', cartId)
    .where('type', '=', 'cart.abandoned')
    .execute();
  return rows.length;
}

function tokenIn(text: string, path: 'restore' | 'mails'): string {
  const token = new RegExp(`/cart/${path}/([\\w.-]+)`).exec(text)?.[1];
  if (!token) throw new Error(`no link to ${path} in: ${text}`);
  return token;
}

describe('a cart that was left', () => {
  test('is told of once each time, and mailed about once', async () => {
    const { cartId, email, title, variantId } = await fill();
    await leave(ABANDONED_SECONDS - 60);
    expect(await eventsOf(cartId)).toBe(0);
    await leave(120);
    await leave(ABANDONED_SECONDS);
    expect(await eventsOf(cartId)).toBe(1);
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe(`Your cart at ${shop.config.shop.name} is still here`);
    expect(mail?.text).toContain(`2 × ${title}`);

    // who goes back to it, and leaves it again
    await addToCart(asGuest(), { cartId, variantId, quantity: 1 });
    await leave();
    expect(await eventsOf(cartId)).toBe(2);
    expect(await mailsTo(email)).toHaveLength(1);
  });

  test('is written about in the language of the browser', async () => {
    const { email } = await fill({ ctx: asGuest('de-AT,en;q=0.5') });
    await leave();
    expect((await mailsTo(email))[0]?.subject).toBe(
      `Dein Warenkorb bei ${shop.config.shop.name} ist noch da`,
    );
  });

  test('is told of, but not mailed about, where nobody asked for it', async () => {
    const { cartId } = await fill({ email: null });
    const { cartId: withdrawn, email } = await fill();
    await setReminderWish(asGuest(), { cartId: withdrawn, email: null });
    await leave();
    expect([await eventsOf(cartId), await eventsOf(withdrawn)]).toEqual([1, 1]);
    expect(await mailsTo(email)).toEqual([]);
    const kept = await shop.ctx.db
      .selectFrom('carts')
      .select('email')
      .where('id', '=', withdrawn)
      .executeTakeFirstOrThrow();
    expect(kept.email).toBeNull();
  });

  test('is not mailed about to somebody who has ordered since from another cart', async () => {
    const [before, after] = [await fill(), await fill()];
    clock.advance(60);
    for (const { email } of [before, after]) {
      const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
      const other = await fillCart(asGuest(), variantId);
      await setCheckoutAddress(asGuest(), {
        cartId: other,
        email: email.toUpperCase(),
        shippingAddress: anAddress,
        billingAddress: null,
      });
      const { totalsVersion } = await choosePayment(asGuest(), { cartId: other, method: 'bank_transfer' });
      await placeOrder(asGuest(), { cartId: other, totalsVersion });
    }
    // goes back to what was left: then it is wanted still
    clock.advance(60);
    await addToCart(asGuest(), { cartId: before.cartId, variantId: before.variantId, quantity: 1 });
    await leave();
    expect(await mailsTo(before.email)).toHaveLength(1);
    expect(await mailsTo(after.email)).toEqual([]);
  });

  test('is not mailed about when it was ordered, emptied, touched or sold out before the mail', async () => {
    const [ordered, emptied, touched, soldOut] = [await fill(), await fill(), await fill(), await fill()];
    clock.advance(ABANDONED_SECONDS + 60);
    await tellAbandonedCarts(by(shop.ctx));
    await shop.ctx.transaction((tx) => closingOf(tx, { cartId: ordered.cartId, userId: null }).execute());
    const lineId = (await getCart(asGuest(), { cartId: emptied.cartId }))?.lines[0]?.id ?? '';
    await removeLine(asGuest(), { cartId: emptied.cartId, lineId });
    await addToCart(asGuest(), { cartId: touched.cartId, variantId: touched.variantId, quantity: 1 });
    await shop.ctx.db
      .updateTable('products')
      .set({ status: 'archived' })
      .where('title', '=', soldOut.title)
      .execute();
    await shop.runJobs();
    for (const { email } of [ordered, emptied, touched, soldOut]) expect(await mailsTo(email)).toEqual([]);
  });

  test('goes to a customer who wants news, and to no other', async () => {
    const [ada, eve] = [await signUp(shop.ctx), await signUp(shop.ctx)];
    await updatePreferences(ada.ctx, { locale: 'de', currency: null, mailOptIns: ['news'] });
    for (const { ctx } of [ada, eve]) await fill({ ctx: by(ctx), email: null });
    await leave();
    expect((await mailsTo(ada.email)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Warenkorb'),
    ]);
    expect(await mailsTo(eve.email)).toEqual([]);
  });

  test('is one of many to the same address: one mail a week, and none once it was stopped', async () => {
    const email = someone();
    for (const _ of [1, 2, 3]) await fill({ email });
    await leave();
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    const token = tokenIn(mail?.text ?? '', 'mails');
    expect(token).not.toContain(email);
    expect(await remindersByToken(asGuest(), { token })).toEqual({ isStopped: false });
    for (const _ of [1, 2]) await stopReminders(asGuest(), { token });
    expect(await remindersByToken(asGuest(), { token })).toEqual({ isStopped: true });
    clock.advance(8 * 24 * 3600);
    await fill({ email: email.toUpperCase() });
    await leave();
    expect(await mailsTo(email)).toHaveLength(1);
    expect(await mailsTo(email.toUpperCase())).toEqual([]);
    await expect(stopReminders(asGuest(), { token: `${token}x` })).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });
});

describe('the link in such a mail', () => {
  const linkOf = async ({ email }: Left) => tokenIn((await mailsTo(email))[0]?.text ?? '', 'restore');

  test('gives back what was in a guest’s cart, to a browser that has lost it, and beside what another has', async () => {
    const left = await fill();
    await createPromotion(
      shop.ctx,
      newPromotion.parse({
        promotion: { name: 'T', label: '10 %', trigger: 'code', action: { type: 'percent', percent: 10 } },
        codes: ['COMEBACK'],
      }),
    );
    await enterCode(asGuest(), { cartId: left.cartId, code: 'COMEBACK' });
    await leave();
    const token = await linkOf(left);
    expect(await restorable(asGuest(), { token, cartId: left.cartId })).toEqual({ state: 'at_hand' });
    expect(await restorable(asGuest(), { token, cartId: null })).toMatchObject({
      state: 'guest',
      lines: [{ title: left.title, quantity: 2 }],
    });
    const { cartId } = await restoreCart(asGuest(), { token, cartId: null });
    expect(cartId).not.toBe(left.cartId);
    expect(await getCart(asGuest(), { cartId: cartId ?? '' })).toMatchObject({
      itemCount: 2,
      codes: ['COMEBACK'],
    });
    const other = await fill({ email: null });
    for (const _ of [1, 2]) await restoreCart(asGuest(), { token, cartId: other.cartId });
    expect((await getCart(asGuest(), { cartId: other.cartId }))?.itemCount).toBe(4);
    // their own is as it was
    expect((await getCart(asGuest(), { cartId: left.cartId }))?.itemCount).toBe(2);
  });

  test('puts it into the account of who is logged in', async () => {
    const left = await fill();
    await leave();
    const ada = await signUp(shop.ctx);
    const { cartId } = await restoreCart(by(ada.ctx), { token: await linkOf(left), cartId: null });
    expect(await getCart(by(ada.ctx), { cartId: cartId ?? '' })).toMatchObject({ itemCount: 2 });
    expect(await getCart(asGuest(), { cartId: cartId ?? '' })).toBeNull();
  });

  test('opens nobody the cart of an account but its owner', async () => {
    const [ada, eve] = [await signUp(shop.ctx), await signUp(shop.ctx)];
    const left = await fill({ ctx: by(ada.ctx), email: ada.email });
    await leave();
    const token = await linkOf(left);
    for (const ctx of [asGuest(), by(eve.ctx)]) {
      expect(await restorable(ctx, { token, cartId: null })).toEqual({ state: 'account' });
      await expect(restoreCart(ctx, { token, cartId: null })).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await restorable(by(ada.ctx), { token, cartId: left.cartId })).toEqual({ state: 'at_hand' });
  });

  test('lapses with the cart: ordered, or nobody came for a week', async () => {
    const [ordered, lapsed] = [await fill(), await fill()];
    await leave();
    const tokens = [await linkOf(ordered), await linkOf(lapsed)];
    await shop.ctx.transaction((tx) => closingOf(tx, { cartId: ordered.cartId, userId: null }).execute());
    clock.advance(CART_TTL_SECONDS.guest);
    for (const token of [...tokens, 'made.up', '']) {
      for (const work of [restorable, restoreCart]) {
        await expect(work(asGuest(), { token, cartId: null })).rejects.toMatchObject({
          code: 'token_invalid',
        });
      }
    }
  });

  test('adds as much as there is by now', async () => {
    const left = await fill({ quantity: 5 });
    await leave();
    await shop.ctx.transaction((tx) => setStock(tx, [{ variantId: left.variantId, onHand: 3 }]));
    const { cartId } = await restoreCart(asGuest(), { token: await linkOf(left), cartId: null });
    expect((await getCart(asGuest(), { cartId: cartId ?? '' }))?.itemCount).toBe(3);
  });
});
