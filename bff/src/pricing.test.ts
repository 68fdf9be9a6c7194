import { addToCart } from '@souk/domain/cart';
import { updatePreferences } from '@souk/domain/customers';
import { guest, withActor } from '@souk/domain/kernel';
import { createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';
import { seedShirts } from './testing/test-server.ts';

/** Where one shops and what staff set for it, call by call without caches: each keeps its budget, and none has room to hide in. */
const router: AnyTRPCRouter = appRouter;
const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
let shop: TestDomain;
const most = new Map<string, number>();
const onCall = (call: { path: string; statements: number }) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
  await seedShirts(shop, 6);
});
afterAll(() => shop?.close());

async function filledCart(): Promise<string> {
  const variant = await shop.ctx.db
    .selectFrom('variants')
    .select('id')
    .where('sku', '=', 'SHIRT-1-INDIGO')
    .executeTakeFirstOrThrow();
  const asked = { cartId: null, variantId: variant.id, quantity: 1 };
  return (await addToCart(withActor(shop.ctx, guest), asked)).cart.id;
}

describe('where one shops', () => {
  test('is chosen, and the cart goes along', async () => {
    const cartId = await filledCart();
    const visitor = testCaller(withActor(shop.ctx, guest), { onCall, cartId });
    expect(await visitor.pricing.chooseRegion({ code: 'eu' })).toMatchObject({ code: 'eu', currency: 'EUR' });
    const cart = await shop.ctx.db
      .selectFrom('carts')
      .select('currency')
      .where('id', '=', cartId)
      .executeTakeFirst();
    expect(cart).toEqual({ currency: 'EUR' });
    await expect(visitor.pricing.chooseRegion({ code: 'mars' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(visitor.pricing.choosePreferredRegion()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test('goes by the currency that a customer prefers, when the shop sells in it', async () => {
    const { ctx } = await signUp(shop.ctx);
    const ada = testCaller(ctx, { onCall, cartId: await filledCart() });
    const prefer = (currency: 'EUR' | 'GBP') =>
      updatePreferences(ctx, { locale: 'en', currency, mailOptIns: [] });
    expect(await ada.pricing.choosePreferredRegion()).toBeNull();
    await prefer('GBP');
    expect(await ada.pricing.choosePreferredRegion()).toBeNull();
    await prefer('EUR');
    expect(await ada.pricing.choosePreferredRegion()).toMatchObject({ code: 'eu' });
  });

  test('is told with all there is to choose from', async () => {
    const inEu = shop.domain.context({ origin: { ...shop.ctx.origin, region: 'eu' } });
    const info = await testCaller(inEu, { onCall }).shop.info();
    expect(info).toMatchObject({ currency: 'EUR', region: { code: 'eu', pricesIncludeTax: true } });
    expect(info.regions.map(({ code }) => code)).toEqual(['us', 'eu']);
  });
});

test('staff set regions, lists, groups and prices', async () => {
  const staff = await signUp(shop.ctx, { role: 'catalogue_manager' });
  const { pricing } = testCaller(staff.ctx, { onCall });
  const region = {
    id: crypto.randomUUID(),
    code: 'uk',
    name: 'United Kingdom',
    currency: 'GBP' as const,
    pricesIncludeTax: true,
    countries: ['GB'],
    position: 30,
    isActive: true,
  };
  await pricing.saveRegion(region);
  await pricing.saveRegion({ ...region, name: 'Great Britain' });
  expect(await pricing.regions()).toHaveLength(3);

  const group = { id: crypto.randomUUID(), code: 'trade', name: 'Trade' };
  await pricing.saveGroup(group);
  const emails = [staff.email, 'nobody@example.com'];
  const { unknown } = await pricing.addGroupMembers({ groupId: group.id, emails });
  expect(unknown).toEqual(['nobody@example.com']);
  expect(await pricing.groups()).toMatchObject([{ code: 'trade', memberCount: 1 }]);
  const { items: members } = await pricing.groupMembers({ groupId: group.id });
  expect(members).toEqual([{ userId: staff.userId, email: staff.email }]);

  const eu = (await pricing.regions()).find(({ code }) => code === 'eu');
  const list = {
    id: crypto.randomUUID(),
    name: 'Sale',
    currency: 'EUR' as const,
    regionId: eu?.id ?? null,
    groupId: group.id,
    isSale: true,
    startsAt: new Date(Date.now() + 3_600_000),
    endsAt: new Date(Date.now() + 7_200_000),
    priority: 0,
    isActive: true,
  };
  await pricing.saveList(list);
  const prices = Array.from({ length: 1_000 }, (_, index) => ({
    sku: index < 5 ? `SHIRT-${index}-SAND` : `NONE-${index}`,
    amount: 990,
  }));
  const set = await pricing.setListPrices({ priceListId: list.id, prices });
  expect(set).toMatchObject({ changed: 5, refused: { length: 995 } });
  expect((await pricing.listedPrices({ priceListId: list.id })).items).toHaveLength(5);
  await pricing.saveList({ ...list, groupId: null });
  await pricing.setListPrices({ priceListId: list.id, prices: [{ sku: 'SHIRT-0-SAND', amount: 980 }] });
  expect(await pricing.lists()).toMatchObject([{ name: 'Sale', priceCount: 5 }]);
  // the most that it takes: out of one region and group, into another
  await pricing.saveList({ ...list, name: 'Later' });
  await pricing.saveList({ ...list, groupId: null, priority: 1 });
  await pricing.disableList({ priceListId: list.id });
  expect(await pricing.removeGroupMembers({ groupId: group.id, userIds: [staff.userId] })).toEqual({
    removed: 1,
  });
});

test.each([
  [
    'more than 1,000 prices',
    { priceListId: crypto.randomUUID(), prices: Array(1_001).fill({ sku: 'A', amount: 1 }) },
  ],
  ['no prices', { priceListId: crypto.randomUUID(), prices: [] }],
])('a call with %s is refused', async (_, input) => {
  const { pricing } = testCaller(shop.ctx, { onCall });
  await expect(pricing.setListPrices(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('none of them has room to hide in', () => {
  const declared = z.object({ statements: z.int() });
  const wrong = procedures.flatMap(([path, procedure]) => {
    if (!/^(pricing[.]|shop[.]info)/.test(path)) return [];
    const { statements } = declared.parse(procedure._def.meta);
    const sent = most.get(path);
    return sent === statements ? [] : [`${path} sends ${sent}, declares ${statements}`];
  });
  expect(wrong).toEqual([]);
});
