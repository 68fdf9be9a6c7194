import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  brokenInvariants,
  createTestClock,
  createTestDomain,
  sellProduct,
  type TestDomain,
} from '../testing/index.ts';
import {
  adjustStock,
  allocateReservation,
  endPreorders,
  MAIN_LOCATION_ID,
  PLENTY,
  promiseOf,
  receiveStock,
  releaseAllocation,
  releaseReservation,
  reserveStock,
  setStock,
  setStockPolicy,
  stockOf,
  stockPolicy,
} from './index.ts';

const DAY_SECONDS = 86_400;
const clock = createTestClock();
let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterEach(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
});
afterAll(() => shop.close());

async function selling(stock: number, policy: object): Promise<string> {
  const { variantId } = await sellProduct(shop.ctx, { stock });
  await change(variantId, policy);
  return variantId;
}

const change = (variantId: string, policy: object) =>
  setStockPolicy(shop.ctx, stockPolicy.parse({ variantId, ...policy }));

/** Time goes on, so that one reservation is older than the next. */
function hold(variantId: string, quantity: number) {
  clock.advance(1);
  return shop.ctx.transaction((tx) =>
    reserveStock(tx, { holderId: tx.ids.next(), lines: [{ variantId, quantity }] }),
  );
}

async function order(variantId: string, quantity: number): Promise<string> {
  const { id } = await hold(variantId, quantity);
  await shop.ctx.transaction((tx) => allocateReservation(tx, id));
  return id;
}

const receive = (variantId: string, quantity: number) =>
  receiveStock(shop.ctx, {
    requestId: shop.ctx.ids.next(),
    locationId: MAIN_LOCATION_ID,
    lines: [{ variantId, quantity }],
    reason: null,
  });

async function stock(variantId: string) {
  const found = (await stockOf(shop.ctx, [variantId])).get(variantId);
  if (!found) throw new Error('expected stock');
  return found;
}

/** How many units of each reservation wait. */
async function waiting(...ids: string[]): Promise<number[]> {
  const rows = await shop.ctx.db
    .selectFrom('reservation_lines')
    .select(['reservation_id', 'backordered'])
    .where('reservation_id', 'in', ids)
    .execute();
  return ids.map((id) => rows.find((row) => row.reservation_id === id)?.backordered ?? -1);
}

async function told(aggregateId: string, type: string): Promise<unknown[]> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select('payload')
    .where('aggregate_id', '=', aggregateId)
    .where('type', '=', type)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.payload);
}

describe('back-orders', () => {
  test('sell what lies there first, then ahead of it, and say when it ships', async () => {
    const variantId = await selling(2, { policy: 'backorder', leadDays: { min: 5, max: 7 } });
    const seen = await stock(variantId);
    expect(seen).toMatchObject({
      available: PLENTY,
      onHandAvailable: 2,
      policy: 'backorder',
      leadDays: { min: 5, max: 7 },
      isLow: true,
    });
    expect(seen.shipsAt).toEqual(new Date(clock.now().getTime() + 7 * DAY_SECONDS * 1000));
    expect(promiseOf(seen, 2)).toEqual({ promise: 'in_stock', shipsAt: null });
    expect(promiseOf(seen, 3)).toEqual({ promise: 'backorder', shipsAt: seen.shipsAt });
    expect(await hold(variantId, 3)).toMatchObject({ lines: [{ variantId, quantity: 3, backordered: 1 }] });
    expect(await hold(variantId, 5)).toMatchObject({ lines: [{ variantId, quantity: 5, backordered: 5 }] });
    expect(await stock(variantId)).toMatchObject({ available: PLENTY, onHandAvailable: 0, isLow: false });
  });

  test('stop at their limit, at any number of buyers', async () => {
    const variantId = await selling(3, { policy: 'backorder', unitLimit: 7 });
    expect((await stock(variantId)).available).toBe(10);
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => hold(variantId, 1)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'out_of_stock', data: { variantId, available: 0 } });
      }
    }
    expect(await stock(variantId)).toMatchObject({ available: 0, onHandAvailable: 0 });
  });

  test('are covered when stock comes: orders before those who pay still, and the oldest first', async () => {
    const variantId = await selling(1, { policy: 'backorder' });
    const holder = await hold(variantId, 2);
    const [first, second] = [await order(variantId, 2), await order(variantId, 3)];
    expect(await waiting(holder.id, first, second)).toEqual([1, 2, 3]);
    await receive(variantId, 3);
    expect(await waiting(holder.id, first, second)).toEqual([1, 0, 2]);
    expect(await told(first, 'stock.backorder-covered')).toEqual([
      { variantId, locationId: MAIN_LOCATION_ID, quantity: 2, waiting: 0 },
    ]);
    expect(await told(second, 'stock.backorder-covered')).toMatchObject([{ quantity: 1, waiting: 2 }]);
    await receive(variantId, 10);
    expect(await waiting(holder.id, first, second)).toEqual([0, 0, 0]);
    expect(await told(holder.id, 'stock.backorder-covered')).toEqual([]);
    expect((await stock(variantId)).onHandAvailable).toBe(7);
  });

  test('are covered by what others give back', async () => {
    const variantId = await selling(4, { policy: 'backorder' });
    const [cancelled, waits] = [await order(variantId, 4), await order(variantId, 3)];
    const lapsing = await hold(variantId, 2);
    expect(await waiting(cancelled, waits, lapsing.id)).toEqual([0, 3, 2]);
    await shop.ctx.transaction((tx) => releaseAllocation(tx, cancelled));
    expect(await waiting(waits, lapsing.id)).toEqual([0, 1]);
    await shop.ctx.transaction((tx) => releaseReservation(tx, lapsing.id));
    expect(await stock(variantId)).toMatchObject({ onHandAvailable: 1 });
  });

  test('stay promised when no more are sold, and end with the stock that covers them', async () => {
    const variantId = await selling(0, { policy: 'backorder' });
    const id = await order(variantId, 3);
    await change(variantId, { policy: 'deny' });
    expect(await stock(variantId)).toMatchObject({ available: 0, policy: 'deny', shipsAt: null });
    await expect(hold(variantId, 1)).rejects.toMatchObject({ code: 'out_of_stock' });
    await receive(variantId, 5);
    expect(await waiting(id)).toEqual([0]);
    expect((await stock(variantId)).available).toBe(2);
    await expect(hold(variantId, 3)).rejects.toMatchObject({ code: 'out_of_stock', data: { available: 2 } });
    await hold(variantId, 2);
  });

  test('a limit may fall below what is promised: then nothing more is', async () => {
    const variantId = await selling(0, { policy: 'backorder', unitLimit: 10 });
    const id = await order(variantId, 8);
    await change(variantId, { policy: 'backorder', unitLimit: 5 });
    expect((await stock(variantId)).available).toBe(0);
    await receive(variantId, 4);
    expect(await waiting(id)).toEqual([4]);
    expect((await stock(variantId)).available).toBe(1);
  });

  test('the newest wait when units are lost', async () => {
    const variantId = await selling(5, { policy: 'backorder' });
    const [first, second] = [await order(variantId, 3), await order(variantId, 2)];
    await adjustStock(shop.ctx, {
      requestId: shop.ctx.ids.next(),
      locationId: MAIN_LOCATION_ID,
      lines: [{ variantId, delta: -3 }],
      reason: 'damaged',
    });
    expect(await waiting(first, second)).toEqual([1, 2]);
    await shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand: 4 }]));
    expect(await waiting(first, second)).toEqual([0, 1]);
  });

  test('selling out and coming back is about what can be bought, ahead of stock or not', async () => {
    const variantId = await selling(0, { policy: 'backorder', unitLimit: 1 });
    const reservation = await hold(variantId, 1);
    await change(variantId, { policy: 'deny' });
    await shop.ctx.transaction((tx) => releaseReservation(tx, reservation.id));
    await change(variantId, { policy: 'backorder', unitLimit: 1 });
    expect(await told(variantId, 'stock.availability-changed')).toEqual([
      { isAvailable: true },
      { isAvailable: false },
      { isAvailable: true },
    ]);
    expect(await told(variantId, 'stock.back')).toHaveLength(2);
  });

  test('the database keeps the limit, too, also from a release that does not know it', async () => {
    const variantId = await selling(1, { policy: 'backorder', unitLimit: 2 });
    const take = (reserved: number) =>
      shop.ctx.db.updateTable('stock_levels').set({ reserved }).where('variant_id', '=', variantId).execute();
    await expect(take(4)).rejects.toThrow('promised ahead');
    const limited = await shop.ctx.db
      .selectFrom('stock_levels')
      .select(['allows_backorder', 'backorder_limit'])
      .where('variant_id', '=', variantId)
      .executeTakeFirst();
    expect(limited).toEqual({ allows_backorder: true, backorder_limit: 2 });
  });

  test('what the earlier release set goes on: any number, without a promise', async () => {
    const { variantId } = await sellProduct(shop.ctx, { stock: 1 });
    await shop.ctx.db
      .updateTable('stock_levels')
      .set({ allows_backorder: true })
      .where('variant_id', '=', variantId)
      .execute();
    expect(await stock(variantId)).toMatchObject({ available: PLENTY, policy: 'backorder', shipsAt: null });
    expect(await hold(variantId, 4)).toMatchObject({ lines: [{ backordered: 3 }] });
  });
});

describe('pre-orders', () => {
  test('are sold until their day, when only what is there is', async () => {
    const releaseAt = new Date(clock.now().getTime() + 10 * DAY_SECONDS * 1000);
    const variantId = await selling(0, { policy: 'preorder', releaseAt, unitLimit: 5 });
    await receive(variantId, 1);
    const seen = await stock(variantId);
    expect(seen).toMatchObject({ available: 6, onHandAvailable: 0, shipsAt: releaseAt, isLow: false });
    expect(promiseOf(seen, 1)).toEqual({ promise: 'preorder', shipsAt: releaseAt });
    const id = await order(variantId, 3);
    expect(await endPreorders(shop.ctx)).toBe(0);
    clock.advance(11 * DAY_SECONDS);
    expect(await endPreorders(shop.ctx)).toBe(1);
    expect(await stock(variantId)).toMatchObject({ available: 0, policy: 'deny' });
    expect(await told(variantId, 'stock.availability-changed')).toEqual([
      { isAvailable: true },
      { isAvailable: false },
    ]);
    await receive(variantId, 6);
    expect(await waiting(id)).toEqual([0]);
    expect(await stock(variantId)).toMatchObject({ available: 4, onHandAvailable: 4 });
    expect(await endPreorders(shop.ctx)).toBe(0);
  });

  test('need a day, and only they', () => {
    const variantId = shop.ctx.ids.next();
    for (const wrong of [
      { policy: 'preorder' },
      { policy: 'deny', releaseAt: new Date() },
      { policy: 'deny', leadDays: { min: 1, max: 2 } },
      { policy: 'backorder', leadDays: { min: 3, max: 2 } },
      { policy: 'backorder', unitLimit: -1 },
    ]) {
      expect(stockPolicy.safeParse({ variantId, ...wrong }).success).toBe(false);
    }
  });
});

test('whatever happens at once, the books balance', async () => {
  const policies = [{ policy: 'deny' }, { policy: 'backorder' }, { policy: 'backorder', unitLimit: 6 }];
  const variants = await Promise.all(policies.map((policy) => selling(5, policy)));
  // no two look the same, and a failure can be run again
  let seed = 7;
  const draw = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const reservations: string[] = [];
  const acts = Array.from({ length: 240 }, () => {
    const variantId = variants[draw(variants.length)] ?? '';
    const what = draw(9);
    const amount = 1 + draw(3);
    const which = draw(1_000);
    return async () => {
      const id = reservations[which % Math.max(1, reservations.length)] ?? shop.ctx.ids.next();
      if (what < 4) reservations.push((await hold(variantId, amount)).id);
      else if (what === 4) await shop.ctx.transaction((tx) => releaseReservation(tx, id));
      else if (what === 5) await shop.ctx.transaction((tx) => allocateReservation(tx, id));
      else if (what === 6) await shop.ctx.transaction((tx) => releaseAllocation(tx, id));
      else if (what === 7) await receive(variantId, amount);
      else await change(variantId, policies[which % policies.length] ?? {});
    };
  });
  for (let at = 0; at < acts.length; at += 24) {
    const results = await Promise.allSettled(acts.slice(at, at + 24).map((act) => act()));
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'out_of_stock' });
    }
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  }
});
