import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCartToken, stopRemindersUrl } from '@souk/domain/cart';
import { saveProducts } from '@souk/domain/catalog';
import { setStock } from '@souk/domain/inventory';
import { nowhere, signValue } from '@souk/domain/kernel';
import { createPromotion, newPromotion } from '@souk/domain/promotions';
import { createTestDomain, enterInElement, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';
import { type SandboxProcess, startSandboxProcess } from './testing/payment-sandbox.ts';
import { seedShirts } from './testing/test-server.ts';

/**
 * The whole way from the home page to the order, call by call, without caches. A call above its budget fails; the last tests tell
 * that no procedure was left out and that no budget is idle.
 */
let shop: TestDomain;
let sandbox: SandboxProcess;
let cartId: string | null = null;
const most = new Map<string, number>();

const router: AnyTRPCRouter = appRouter;
const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  shop = await createTestDomain({ env: { STRIPE_API_BASE: sandbox.url, REDIS_URL: '' } });
  await seedShirts(shop, 4);
});
afterAll(async () => {
  await shop?.close();
  await sandbox?.stop();
});

/** From somewhere: what is counted by networks counts. */
const origin = { ...nowhere, address: '203.0.113.9' };

function caller(ctx = shop.domain.context({ origin })) {
  return testCaller(ctx, { cartId, onCall: note });
}

function note({ path, statements }: { path: string; statements: number }): void {
  most.set(path, Math.max(most.get(path) ?? 0, statements));
}

/** Of a line of two units, of which one is left when it comes back. */
async function saveAndMoveBack(lineId: string): Promise<void> {
  await caller().cart.saveForLater({ lineId });
  const [saved] = (await caller().cart.get())?.saved ?? [];
  const variantId = saved?.variantId ?? '';
  await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 1 }]));
  await caller().cart.moveToCart({ savedId: saved?.id ?? '' });
  const [left] = (await caller().cart.get())?.saved ?? [];
  await caller().cart.removeSaved({ savedId: left?.id ?? '' });
  await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 5 }]));
}

/** Follows the links of a mail about a cart, in a browser that has lost it. */
async function askForReminder(left: string): Promise<void> {
  const [line] = (await caller().cart.get())?.lines ?? [];
  await caller().cart.saveForLater({ lineId: line?.id ?? '' });
  await caller().cart.setReminder({ email: 'left@example.com' });
  expect(await caller().cart.reminder()).toEqual({ isWanted: true });
  const restoring = { token: signValue(shop.ctx.config.secrets, 'cart-restore', left) };
  cartId = crypto.randomUUID();
  expect(await caller().cart.restorable(restoring)).toMatchObject({ state: 'guest' });
  await caller().cart.restore(restoring);
  cartId = left;
  const [saved] = (await caller().cart.get())?.saved ?? [];
  await caller().cart.moveToCart({ savedId: saved?.id ?? '' });
  const stopping = { token: stopRemindersUrl(shop.ctx, 'left@example.com').split('/').at(-1) ?? '' };
  await caller().cart.stopReminders(stopping);
  expect(await caller().cart.remindersByToken(stopping)).toEqual({ isStopped: true });
}

/** A customer whose last cart was bought. */
async function shopAgain(variantId: string): Promise<void> {
  const { ctx, userId } = await signUp(shop.ctx);
  const add = () =>
    testCaller(ctx, { onCall: note }).cart.addLine({
      variantId,
      quantity: 1,
      requestId: crypto.randomUUID(),
    });
  await add();
  await shop.ctx.db.updateTable('carts').set({ status: 'ordered' }).where('user_id', '=', userId).execute();
  await add();
}

describe('each procedure keeps its budget of SQL statements', () => {
  test('while browsing', async () => {
    await caller().shop.info();
    await caller().shipping.addressForms();
    await caller().shipping.countries();
    await caller().shipping.addressForm({ country: 'BR' });
    await caller().catalog.categoryTree();
    await caller().catalog.category({ slug: 'shirts' });
    await expect(caller().catalog.category({ slug: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await caller().catalog.sitemap({});
    await expect(caller().catalog.product({ slug: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await caller().catalog.product({ slug: 'shirt-0' });
    const { ctx } = await signUp(shop.ctx);
    await caller(ctx).catalog.product({ slug: 'shirt-0' });
    const price = { amount: 900, currency: 'EUR' as const };
    await saveProducts(shop.ctx, [
      { handle: 'in-euros', title: 'In euros', variants: [{ sku: 'E', price }] },
    ]);
    await expect(caller(ctx).catalog.product({ slug: 'in-euros' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('in a search: the region alone, which a shop remembers, while the search engine is up', async () => {
    const { engine } = await caller().search.products({ q: 'linen shirt', brands: ['marlowe'], priceMin: 1 });
    expect(engine).toBe('meilisearch');
    expect(most.get('search.products')).toBe(1);
  });

  test('with a cart of many lines', async () => {
    cartId = crypto.randomUUID(); // a cart that has lapsed
    for (const slug of ['shirt-0', 'shirt-1', 'shirt-2', 'shirt-3']) {
      const { variants } = await caller().catalog.product({ slug });
      for (const { id: variantId } of variants) {
        const added = await caller().cart.addLine({ variantId, quantity: 1, requestId: crypto.randomUUID() });
        cartId = readCartToken(shop.ctx, added.token ?? '') ?? '';
      }
    }
    await createPromotion(
      shop.ctx,
      newPromotion.parse({
        promotion: {
          name: 'Ten',
          label: '10 % off',
          trigger: 'code',
          action: { type: 'percent', percent: 10 },
        },
        codes: ['A-CODE-OF-TWELVE'],
      }),
    );
    await caller().cart.enterCode({ code: 'A-CODE-OF-TWELVE' });
    await caller().cart.setPlace({ place: { country: 'US', region: 'CA', postcode: '94105' } });
    const filled = await caller().cart.get();
    const lineIds = filled?.lines.map((line) => line.id) ?? [];
    await caller().cart.removeCode({ code: 'A-CODE-OF-TWELVE' });
    await caller().cart.removeGiftCard({ giftCardId: crypto.randomUUID() });
    await caller().cart.summary();
    await caller().cart.setQuantity({ lineId: lineIds[0] ?? '', quantity: 2 });
    await caller().cart.removeLine({ lineId: lineIds[1] ?? '' });
    await saveAndMoveBack(lineIds[0] ?? '');
    const { url } = await caller().cart.share();
    const link = { token: url.split('/').at(-1) ?? '' };
    await caller().cart.shared(link);
    await caller().cart.addShared(link);
    const own = cartId;
    cartId = crypto.randomUUID();
    await caller().cart.addShared(link);
    cartId = own;
    await askForReminder(own ?? '');
    await shopAgain(filled?.lines[0]?.variantId ?? '');
    await shop.ctx.db.updateTable('cart_lines').set({ seen_amount: 1 }).execute();
    await shop.ctx.db
      .updateTable('products')
      .set({ status: 'archived' })
      .where('handle', '=', 'shirt-3')
      .execute();
    await caller().cart.acceptChanges({});
    expect(await caller().cart.get()).toMatchObject({ canCheckOut: true });
  });

  test('through the checkout', async () => {
    await caller().checkout.get();
    await toReview(AUTHENTICATED_CARD);
    // back from the review, which gives up what was held
    const version = await toReview(AUTHENTICATED_CARD);
    const asked = await caller().checkout.place({ totalsVersion: version, acceptsTerms: true });
    expect(asked.outcome).toBe('action_required');
    await caller().checkout.placementStatus();
    // back from the bank's question, which calls the payment off
    const totalsVersion = await toReview(GOOD_CARD);
    const placed = await caller().checkout.place({ totalsVersion, acceptsTerms: true });
    if (placed.outcome !== 'placed') throw new Error(`expected an order, not ${placed.outcome}`);
    await caller().checkout.placementStatus();
    const order = await caller().orders.get({ number: placed.orderNumber, token: placed.token });
    expect(order.lines).toHaveLength(5);
  });

  test('none of those called here has room to hide in', () => {
    const slack = procedures.flatMap(([path, procedure]) => {
      const { statements: budget } = z.object({ statements: z.int() }).parse(procedure._def.meta);
      const sent = most.get(path) ?? budget;
      return sent === budget || forWorseDays.has(path) ? [] : [`${path} sends ${sent}, declares ${budget}`];
    });
    expect(slack).toEqual([]);
  });

  test('none is left out: what is not called here is called in another test, by the same caller', () => {
    const others = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
      .filter((source) => source.includes('testCaller('));
    const isCalled = (path: string) =>
      most.has(path) || others.some((source) => source.includes(`.${path}(`) || isCalledByName(source, path));
    expect(procedures.map(([path]) => path).filter((path) => !isCalled(path))).toEqual([]);
  });
});

/** `const { factors } = testCaller(…)`, and then `factors.start(`. */
function isCalledByName(source: string, path: string): boolean {
  const [router = ''] = path.split('.');
  return new RegExp(`\\{[^}]*\\b${router}\\b[^}]*\\} = `).test(source) && source.includes(`${path}(`);
}

const GOOD_CARD = '4242424242424242';
const AUTHENTICATED_CARD = '4000002760003184';

/** All steps from the address to the review. @returns the version of the totals there */
async function toReview(card: string): Promise<number> {
  await caller().checkout.setAddress({ email: 'ada@example.com', shippingAddress });
  const options = (await caller().checkout.get())?.shippingOptions ?? [];
  const optionId = options.find((option) => !option.isChosen)?.id ?? '';
  await caller().checkout.setShipping({ optionId });
  const confirmationToken = await enterInElement(shop.ctx, { card });
  await caller().checkout.choosePayment({ method: 'card', confirmationToken });
  const view = await caller().checkout.get();
  expect(view?.nextStep).toBe('review');
  return view?.totalsVersion ?? 0;
}

const shippingAddress = {
  fullName: 'Ada Lovelace',
  line1: '1 Market Street',
  city: 'San Francisco',
  region: 'CA',
  postcode: '94105',
  country: 'US' as const,
};

/** Declared for days worse than this test's: the search engine away, payments that are found undecided, gifts, gift cards, orders to attach. */
const forWorseDays = new Set([
  'identity.confirmRegistration',
  'search.products',
  'cart.get',
  'checkout.get',
  'checkout.setAddress',
  'checkout.setShipping',
  'checkout.choosePayment',
  'checkout.place',
  'checkout.placementStatus',
]);
