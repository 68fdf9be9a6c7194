import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger, guest, withActor } from '../kernel/index.ts';
import { brokenInvariants, createTestDomain, sellProduct, type TestDomain } from '../testing/index.ts';
import {
  availabilityOf,
  type LocationView,
  listLocations,
  locationInput,
  releaseReservation,
  reserveStock,
  saveLocation,
  setStock,
  stockOf,
} from './index.ts';

let shop: TestDomain;
let berlin: string;
beforeAll(async () => {
  shop = await createTestDomain();
  berlin = await open({ code: 'berlin', country: 'DE', countries: ['DE', 'FR'], priority: 10 });
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  await shop.close();
});

async function open(parts: Partial<LocationView> & { code: string }): Promise<string> {
  const input = locationInput.parse({ name: parts.code, country: 'US', ...parts });
  return (await saveLocation(shop.ctx, input)).id;
}

/** A variant with so many units at each location. */
async function stocked(units: { main?: number; berlin?: number }): Promise<string> {
  const { variantId } = await sellProduct(shop.ctx, { stock: units.main ?? 0 });
  if (units.berlin !== undefined) await count(variantId, units.berlin);
  return variantId;
}

const count = (variantId: string, onHand: number, locationId = berlin) =>
  shop.ctx.transaction((tx) => setStock(tx, [{ variantId, onHand }], locationId));

const hold = (
  lines: readonly { variantId: string; quantity: number }[],
  country: string | null = null,
  ctx = shop.ctx,
) =>
  ctx.transaction((tx) =>
    reserveStock(tx, {
      holderId: tx.ids.next(),
      lines,
      ...(country === null ? {} : { destination: { country } }),
    }),
  );

async function takenFrom(reservationId: string): Promise<Record<string, number>> {
  const rows = await shop.ctx.db
    .selectFrom('reservation_lines as line')
    .innerJoin('locations as location', 'location.id', 'line.location_id')
    .select((eb) => ['location.code', eb.fn.sum<number>('line.quantity').as('units')])
    .where('line.reservation_id', '=', reservationId)
    .groupBy('location.code')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.code, Number(row.units)]));
}

/** The shop, with a note of each transaction that Postgres gave up, for a deadlock or a serialisation failure. */
function noting() {
  const lines: string[] = [];
  const logger = createLogger({
    name: 'test',
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
  });
  const retried = () => lines.filter((line) => line.includes('transaction retried')).length;
  return { ctx: withActor(shop.ctx, shop.ctx.actor, logger), retried };
}

async function available(variantId: string) {
  return (await availabilityOf(shop.ctx, [variantId])).get(variantId);
}

async function eventsOf(variantId: string): Promise<string[]> {
  const rows = await shop.ctx.db
    .selectFrom('events')
    .select(['type', 'payload'])
    .where('aggregate_id', '=', variantId)
    .where('type', 'like', 'stock.%')
    .orderBy('position')
    .execute();
  return rows.map(({ type, payload }) => `${type} ${JSON.stringify(payload)}`);
}

describe('several locations', () => {
  test('are sold from together, the nearest first, split when it must be', async () => {
    const variantId = await stocked({ main: 4, berlin: 3 });
    expect(await available(variantId)).toBe(7);
    const toParis = await hold([{ variantId, quantity: 2 }], 'FR');
    expect(await takenFrom(toParis.id)).toEqual({ berlin: 2 });
    const nowhere = await hold([{ variantId, quantity: 1 }]);
    expect(await takenFrom(nowhere.id)).toEqual({ main: 1 });
    const all = await hold([{ variantId, quantity: 4 }], 'DE');
    expect(await takenFrom(all.id)).toEqual({ main: 3, berlin: 1 });
    expect(await available(variantId)).toBe(0);
    await shop.ctx.transaction((tx) => releaseReservation(tx, all.id));
    expect(await available(variantId)).toBe(4);
  });

  test('that do not deliver to a country are not sold from there, and the shopper is told what is left', async () => {
    const variantId = await stocked({ berlin: 5 });
    await expect(hold([{ variantId, quantity: 1 }], 'US')).rejects.toMatchObject({
      code: 'out_of_stock',
      data: { variantId, available: 0 },
    });
    const seen = await stockOf(shop.ctx, [variantId], null, { country: 'US' });
    expect(seen.get(variantId)?.available ?? 0).toBe(0);
    expect((await stockOf(shop.ctx, [variantId], null, { country: 'FR' })).get(variantId)?.available).toBe(5);
    await hold([{ variantId, quantity: 5 }], 'FR');
  });

  test('sold at once from both ends: every unit once, nobody in vain, no deadlock', async () => {
    const [a, b] = [await stocked({ main: 20, berlin: 30 }), await stocked({ main: 30, berlin: 20 })];
    const results = await Promise.allSettled(
      Array.from({ length: 120 }, (_, index) => {
        const lines = [a, b].map((variantId) => ({ variantId, quantity: 1 }));
        return hold(index % 2 ? lines : lines.toReversed(), ['US', 'FR', 'DE'][index % 3]);
      }),
    );
    const held = results.filter((result) => result.status === 'fulfilled');
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ code: 'out_of_stock' });
    // those who buy to the US cannot be served from Berlin, the others can be from anywhere
    expect(held.length).toBeGreaterThanOrEqual(40);
    expect(held.length).toBeLessThanOrEqual(50);
    const rest = await Promise.allSettled(
      Array.from({ length: 60 }, () => hold([{ variantId: a, quantity: 1 }], 'DE')),
    );
    expect(rest.filter((result) => result.status === 'fulfilled')).toHaveLength(50 - held.length);
    expect(await available(a)).toBe(0);
  });

  test('the choice is made again inside the lock when somebody was faster', async () => {
    const variantId = await stocked({ main: 1, berlin: 1 });
    const first = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const faster = shop.ctx.transaction(async (tx) => {
      await reserveStock(tx, { holderId: tx.ids.next(), lines: [{ variantId, quantity: 1 }] });
      first.resolve();
      await mayCommit.promise;
    });
    await first.promise;
    // sees both units, chooses the one that is being taken, and waits for its lock
    const slower = hold([{ variantId, quantity: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    mayCommit.resolve();
    await faster;
    expect(await takenFrom((await slower).id)).toEqual({ berlin: 1 });
  });

  test('a cart that changes gives back and takes at once, and nobody waits in a circle', async () => {
    const [a, b, c] = [await stocked({ main: 60 }), await stocked({ main: 60 }), await stocked({ main: 60 })];
    const lines = (...ids: string[]) => ids.map((variantId) => ({ variantId, quantity: 1 }));
    const { ctx, retried } = noting();
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const holderId = shop.ctx.ids.next();
        const first = await ctx.transaction((tx) =>
          reserveStock(tx, { holderId, lines: index % 2 ? lines(a, c) : lines(b, c) }),
        );
        await ctx.transaction((tx) =>
          reserveStock(tx, { holderId, lines: index % 2 ? lines(a, b) : lines(c, a), replaces: first.id }),
        );
      }),
    );
    expect(retried()).toBe(0);
    expect([await available(a), await available(b), await available(c)]).toEqual([0, 30, 30]);
  });

  test('sold out is told when all of them are, and low once a crossing', async () => {
    const variantId = await stocked({ main: 1, berlin: 7 });
    await hold([{ variantId, quantity: 1 }], 'US');
    await hold([{ variantId, quantity: 1 }]);
    const last = await hold([{ variantId, quantity: 6 }]);
    await shop.ctx.transaction((tx) => releaseReservation(tx, last.id));
    await hold([{ variantId, quantity: 1 }]);
    expect(await eventsOf(variantId)).toEqual([
      'stock.availability-changed {"isAvailable":true}',
      'stock.back {"available":1}',
      'stock.availability-changed {"isAvailable":false}',
      'stock.low {"available":0,"threshold":5}',
      'stock.availability-changed {"isAvailable":true}',
      'stock.back {"available":6}',
      'stock.low {"available":5,"threshold":5}',
    ]);
  });

  test('one that closes takes its stock along, and brings it back', async () => {
    const outlet = await open({ code: 'outlet', priority: -5 });
    const variantId = await stocked({ main: 0 });
    await count(variantId, 3, outlet);
    const reservation = await hold([{ variantId, quantity: 1 }]);
    const close = (isActive: boolean) =>
      saveLocation(
        shop.ctx,
        locationInput.parse({ id: outlet, code: 'outlet', name: 'Outlet', country: 'US', isActive }),
      );
    await close(false);
    expect(await available(variantId)).toBe(0);
    await expect(hold([{ variantId, quantity: 1 }])).rejects.toMatchObject({ code: 'out_of_stock' });
    await shop.ctx.transaction((tx) => releaseReservation(tx, reservation.id));
    await close(true);
    expect(await available(variantId)).toBe(3);
    expect((await eventsOf(variantId)).filter((event) => event.includes('availability'))).toEqual([
      'stock.availability-changed {"isAvailable":true}',
      'stock.availability-changed {"isAvailable":false}',
      'stock.availability-changed {"isAvailable":true}',
    ]);
  });

  test('are kept by staff, each under a code of its own', async () => {
    expect(await listLocations(shop.ctx)).toContainEqual({
      id: berlin,
      code: 'berlin',
      name: 'berlin',
      country: 'DE',
      countries: ['DE', 'FR'],
      priority: 10,
      isPickup: false,
      isActive: true,
    });
    await expect(open({ code: 'berlin' })).rejects.toMatchObject({ code: 'name_taken' });
    const unknown = locationInput.parse({ id: shop.ctx.ids.next(), code: 'x', name: 'x', country: 'US' });
    await expect(saveLocation(shop.ctx, unknown)).rejects.toMatchObject({ code: 'not_found' });
    const asGuest = withActor(shop.ctx, guest);
    await expect(listLocations(asGuest)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(saveLocation(asGuest, unknown)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

test('64 buyers at once of 10 units: exactly 10 have them, and nobody hears of anything but that they are gone', async () => {
  const variantId = await stocked({ main: 10 });
  const other = await stocked({ main: 1_000 });
  const { ctx, retried } = noting();
  const results = await Promise.allSettled(
    Array.from({ length: 64 }, (_, index) => {
      const lines = [variantId, other].map((id) => ({ variantId: id, quantity: 1 }));
      return hold(index % 2 ? lines : lines.toReversed(), 'US', ctx);
    }),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10);
  for (const result of results) {
    if (result.status === 'rejected') {
      expect(result.reason).toMatchObject({ code: 'out_of_stock', data: { variantId, available: 0 } });
    }
  }
  expect(await available(variantId)).toBe(0);
  expect(await available(other)).toBe(990);
  expect(retried()).toBe(0);
});
