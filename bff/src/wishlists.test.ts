import { guest, withActor } from '@souk/domain/kernel';
import { addGroupMembers, saveCustomerGroup } from '@souk/domain/pricing';
import { createTestDomain, fillCart, sellProduct, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

/** Wishlists, what was viewed, and privacy, call by call without caches: each keeps its budget, and none has room to hide in. */
const router: AnyTRPCRouter = appRouter;
const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
let shop: TestDomain;
const most = new Map<string, number>();
const onCall = (call: { path: string; statements: number }) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(() => shop?.close());

test('a customer keeps lists, shares one, buys from it, takes a copy of it all and leaves', async () => {
  const things = [];
  for (let index = 0; index < 6; index += 1) things.push(await sellProduct(shop.ctx, { stock: 5 }));
  await shop.runJobs();
  const [first, second] = things;
  if (!first || !second) throw new Error('nothing is sold');
  const { ctx, userId, email } = await signUp(shop.ctx, { name: 'Ada Lovelace' });
  const ada = testCaller(ctx, { onCall });
  const visitor = testCaller(withActor(shop.ctx, guest), { onCall });
  // who has prices of their own costs the most statements
  const groupId = shop.ctx.ids.next();
  await saveCustomerGroup(shop.ctx, { id: groupId, code: 'trade', name: 'Trade' });
  await addGroupMembers(shop.ctx, { groupId, emails: [email] });

  const { wishlistId } = await ada.wishlists.add({ wishlistId: null, variantId: first.variantId });
  for (const { variantId } of things) await ada.wishlists.add({ wishlistId, variantId });
  const gifts = await ada.wishlists.create({ name: '  Gifts  for all ' });
  await ada.wishlists.rename({ wishlistId: gifts.id, name: 'Gifts' });
  await ada.wishlists.move({ fromId: wishlistId, toId: gifts.id, variantId: first.variantId });
  await ada.wishlists.removeItem({ wishlistId: gifts.id, variantId: first.variantId });
  expect(await ada.wishlists.list()).toMatchObject([{ itemCount: 5 }, { name: 'Gifts', itemCount: 0 }]);
  expect((await ada.wishlists.get({ wishlistId })).items).toHaveLength(5);

  const { shareUrl } = await ada.wishlists.share({ wishlistId, sharing: 'on' });
  const token = shareUrl?.split('/').at(-1) ?? '';
  expect(await visitor.wishlists.shared({ token })).toMatchObject({ firstName: 'Ada' });
  await ada.wishlists.shared({ token });
  expect(await visitor.wishlists.sharedToCart({ token, variantId: null })).toMatchObject({
    added: 5,
    left: 0,
  });
  const cartId = await fillCart(shop.ctx, second.variantId);
  const shopper = testCaller(ctx, { onCall, cartId });
  await shopper.wishlists.sharedToCart({ token, variantId: null });
  await shop.ctx.db.deleteFrom('cart_lines').where('variant_id', '<>', second.variantId).execute();
  const { variantId } = second;
  await expect(shopper.wishlists.toCart({ wishlistId, variantId, keeps: true })).resolves.toMatchObject({
    added: 1,
  });
  await shopper.wishlists.toCart({ wishlistId, variantId: null, keeps: false });
  await ada.wishlists.remove({ wishlistId: gifts.id });

  for (const { productId } of things) await ada.recentlyViewed.note({ productId });
  expect(await ada.recentlyViewed.list({ exceptId: first.productId, limit: 6 })).toHaveLength(5);
  expect(await visitor.recentlyViewed.list({ handles: things.map(({ handle }) => handle) })).toHaveLength(6);
  await ada.recentlyViewed.clear();
  await ada.recentlyViewed.note({ productId: first.productId });

  await shop.ctx.db.updateTable('checkouts').set({ user_id: userId }).where('cart_id', '=', cartId).execute();
  const copy = await ada.privacy.exportMyData();
  expect(copy.account.id).toBe(userId);
  await ada.privacy.eraseMyAccount({ confirmation: 'DELETE' });
  const other = await signUp(shop.ctx);
  const admin = await signUp(shop.ctx, { role: 'admin' });
  await testCaller(admin.ctx, { onCall }).privacy.eraseCustomer({ userId: other.userId });

  const declared = z.object({ statements: z.int() });
  for (const [path, procedure] of procedures) {
    if (!/^(wishlists|recentlyViewed|privacy)[.]/.test(path)) continue;
    const { statements } = declared.parse(procedure._def.meta);
    // there is more to find where something was ordered: see the domain's tests
    if (path.startsWith('privacy.')) expect(most.get(path)).toBeLessThanOrEqual(statements);
    else expect({ path, sent: most.get(path) }).toEqual({ path, sent: statements });
  }
});
