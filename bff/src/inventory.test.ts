import { guest, withActor } from '@souk/domain/kernel';
import { createTestDomain, sellProduct, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

const MAIN = '01900000-0000-7000-8000-000000000002';

let shop: TestDomain;
const most = new Map<string, number>();
const onCall = (call: { path: string; statements: number }) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(() => shop?.close());

test('staff keep stock at several places, and say how it is sold', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  const { ctx } = await signUp(shop.ctx, { role: 'catalogue_manager' });
  const staff = testCaller(ctx, { onCall });
  const place = { code: 'berlin', name: 'Berlin', country: 'DE', countries: ['DE'], priority: 1 };
  const { id } = await staff.inventory.saveLocation(place);
  expect(await staff.inventory.locations()).toMatchObject([{ code: 'main' }, { ...place, id }]);
  const lines = [{ variantId, quantity: 2 }];
  const requestId = () => crypto.randomUUID();
  await staff.inventory.setPolicy({ variantId, policy: 'backorder', leadDays: { min: 5, max: 7 } });
  await staff.inventory.receive({ requestId: requestId(), locationId: id, lines });
  await staff.inventory.transfer({ requestId: requestId(), fromId: MAIN, toId: id, lines });
  await staff.inventory.adjust({
    requestId: requestId(),
    locationId: id,
    lines: [{ variantId, delta: -1 }],
    reason: 'damaged',
  });
  const report = await staff.inventory.stock({ variantId });
  expect(report).toMatchObject({ onHandAvailable: 4, policy: 'backorder', isLow: true });
  expect(report.levels.map(({ location, onHand }) => [location, onHand])).toEqual([
    ['main', 1],
    ['berlin', 3],
  ]);
  await staff.inventory.saveLocation({ ...place, id, isActive: false });
  await expect(staff.inventory.receive({ requestId: 'x', locationId: id, lines })).rejects.toThrow();
});

test('a product page tells when it ships, and offers a mail when there is none', async () => {
  const { variantId, handle } = await sellProduct(shop.ctx, { stock: 0 });
  const { ctx } = await signUp(shop.ctx, { role: 'catalogue_manager' });
  const nobody = testCaller(withActor(shop.ctx, guest), { onCall });
  const shown = async () => (await nobody.catalog.product({ slug: handle })).variants[0];
  expect(await shown()).toMatchObject({ available: 0, sendable: 0, sellingPolicy: 'deny', shipsOn: null });
  const asked = await nobody.stockAlerts.ask({ variantId, email: ' Ada@Example.com ' });
  expect(asked).toEqual({ outcome: 'waiting' });
  await expect(nobody.stockAlerts.ask({ variantId, email: 'ada' })).rejects.toThrow('e-mail address');

  const releaseAt = new Date('2099-03-12T00:00:00Z');
  await testCaller(ctx, { onCall }).inventory.setPolicy({ variantId, policy: 'preorder', releaseAt });
  expect(await shown()).toMatchObject({
    available: 99,
    sendable: 0,
    sellingPolicy: 'preorder',
    shipsOn: '2099-03-12',
    leadDays: null,
  });
  expect(await nobody.stockAlerts.ask({ variantId, email: 'eve@example.com' })).toEqual({
    outcome: 'in_stock',
  });

  await shop.runJobs();
  const alert = await shop.ctx.db
    .selectFrom('stock_alerts')
    .select(['id', 'email'])
    .where('mailed_at', 'is not', null)
    .executeTakeFirstOrThrow();
  expect(alert.email).toBe('ada@example.com');
  await expect(nobody.stockAlerts.byToken({ token: 'x' })).rejects.toThrow();
  await expect(nobody.stockAlerts.stop({ token: 'x' })).rejects.toThrow();
});

test('each procedure declares what it sends at most', () => {
  const router: AnyTRPCRouter = appRouter;
  const declared = z.object({ statements: z.int() });
  for (const [path, procedure] of Object.entries<AnyTRPCProcedure>(router._def.procedures)) {
    if (!/^(inventory|stockAlerts)[.]/.test(path)) continue;
    expect(most.get(path), path).toBeLessThanOrEqual(declared.parse(procedure._def.meta).statements);
  }
});
