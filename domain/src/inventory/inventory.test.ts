import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSeconds } from '../kernel/index.ts';
import { brokenInvariants, createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import {
  allocateReservation,
  availabilityOf,
  RESERVATION_SECONDS,
  releaseReservation,
  reserveStock,
  setStock,
  sweepReservations,
} from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

const hold = (variantId: string, quantity: number, holderId = shop.ctx.ids.next()) =>
  shop.ctx.transaction((tx) => reserveStock(tx, { holderId, lines: [{ variantId, quantity }] }));

async function available(variantId: string, holderId?: string) {
  return (await availabilityOf(shop.ctx, [variantId], holderId)).get(variantId);
}

async function availabilityEvents(variantId: string): Promise<unknown[]> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select('payload')
    .where('aggregate_id', '=', variantId)
    .where('type', '=', 'stock.availability-changed')
    .orderBy('position')
    .execute();
  return rows.map((row) => row.payload);
}

test('all lines or none', async () => {
  const plenty = await sellProduct(shop.ctx, { stock: 10 });
  const scarce = await sellProduct(shop.ctx, { stock: 1 });
  await expect(
    shop.ctx.transaction((tx) =>
      reserveStock(tx, {
        holderId: tx.ids.next(),
        lines: [
          { variantId: plenty.variantId, quantity: 2 },
          { variantId: scarce.variantId, quantity: 2 },
        ],
      }),
    ),
  ).rejects.toMatchObject({ code: 'out_of_stock', data: { variantId: scarce.variantId, available: 1 } });
  expect(await available(plenty.variantId)).toBe(10);
});

test('200 holds at once of a stock of 50, in both lock orders: exactly 50, and no deadlock is seen', async () => {
  const a = await sellProduct(shop.ctx, { stock: 50 });
  const b = await sellProduct(shop.ctx, { stock: 1_000 });
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) => {
      const lines = [
        { variantId: a.variantId, quantity: 1 },
        { variantId: b.variantId, quantity: 2 },
      ];
      return shop.ctx.transaction((tx) =>
        reserveStock(tx, { holderId: tx.ids.next(), lines: index % 2 ? lines : lines.toReversed() }),
      );
    }),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(50);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'out_of_stock' });
  }
  expect(await available(a.variantId)).toBe(0);
  expect(await available(b.variantId)).toBe(900);
});

test('what a cart holds counts as available to it and to nobody else', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 3 });
  const holderId = shop.ctx.ids.next();
  await hold(variantId, 3, holderId);
  expect(await available(variantId)).toBe(0);
  expect(await available(variantId, holderId)).toBe(3);
});

test('a reservation ends once: released or allocated, whichever is first', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
  const reservation = await hold(variantId, 2);
  const ends = await Promise.all([
    ...Array.from({ length: 5 }, () => shop.ctx.transaction((tx) => releaseReservation(tx, reservation.id))),
    ...Array.from({ length: 5 }, () => shop.ctx.transaction((tx) => allocateReservation(tx, reservation.id))),
  ]);
  expect(ends.filter(Boolean)).toHaveLength(1);
});

test('holds that lapse are swept, those that do not are not', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 5 });
  const lapsed = await hold(variantId, 2);
  await hold(variantId, 1);
  await shop.ctx.db
    .updateTable('reservations')
    .set({ expires_at: addSeconds(new Date(), -RESERVATION_SECONDS) })
    .where('id', '=', lapsed.id)
    .execute();
  expect(await sweepReservations(shop.ctx)).toBe(1);
  expect(await available(variantId)).toBe(4);
});

test('selling out and coming back are told, and nothing in between', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  const first = await hold(variantId, 1);
  await hold(variantId, 1);
  await shop.ctx.transaction((tx) => releaseReservation(tx, first.id));
  expect(await availabilityEvents(variantId)).toEqual([
    { isAvailable: true },
    { isAvailable: false },
    { isAvailable: true },
  ]);
});

test('the database refuses what wrong code would do', async () => {
  const { variantId } = await sellProduct(shop.ctx, { stock: 2 });
  await hold(variantId, 2);
  await expect(shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 1 }]))).rejects.toThrow(
    'stock_levels_not_oversold',
  );
  for (const wrong of [{ reserved: 3 }, { on_hand: -1 }, { reserved: -1 }, { allocated: 1 }]) {
    await expect(
      shop.ctx.db.updateTable('stock_levels').set(wrong).where('variant_id', '=', variantId).execute(),
    ).rejects.toThrow('check constraint');
  }
});
