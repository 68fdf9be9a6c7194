import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setListPrices } from '../catalog/index.ts';
import { addSeconds, type Context, countStatements, createContext } from '../kernel/index.ts';
import { createTestClock, createTestDomain, sellAt, type TestDomain } from '../testing/index.ts';
import { type PriceListInput, pricesByRegion, pricesOf, type Region, savePriceList } from './index.ts';
import { regionOrUsual } from './regions.ts';

const now = new Date('2026-11-21T12:00:00Z');
const clock = createTestClock(now);
let shop: TestDomain;
let ctx: Context;
let us: Region;
let eu: Region;
let variants: Map<string, string>;
const groups: string[] = [];

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
  ctx = shop.ctx;
  us = await regionOrUsual(ctx, 'us');
  eu = await regionOrUsual(ctx, 'eu');
  variants = await sellAt(ctx, {
    both: { USD: 2_000, EUR: 2_190 },
    dollars: { USD: 3_000 },
    euros: { EUR: 4_000 },
  });
  for (const code of ['trade', 'staff']) {
    const id = ctx.ids.next();
    groups.push(id);
    await ctx.db
      .insertInto('customer_groups')
      .values({ id, code, name: code, created_at: clock.now() })
      .execute();
  }
});
beforeEach(async () => {
  await ctx.db.deleteFrom('price_lists').execute();
});
afterAll(() => shop?.close());

const idOf = (handle: string) => variants.get(handle) ?? '';
const buyerIn = (region: Region, groupIds: readonly string[] = []) => ({
  regionId: region.id,
  currency: region.currency,
  groupIds,
});

const anyList: Omit<PriceListInput, 'id'> = {
  name: 'A list',
  currency: 'EUR',
  regionId: null,
  groupId: null,
  isSale: false,
  startsAt: null,
  endsAt: null,
  priority: 0,
  isActive: true,
};

async function listOf(list: Partial<PriceListInput>, prices: Record<string, number>): Promise<string> {
  const id = ctx.ids.next();
  await savePriceList(ctx, { ...anyList, id, ...list });
  const rows = Object.entries(prices).map(([handle, amount]) => ({ sku: handle.toUpperCase(), amount }));
  expect(await setListPrices(ctx, { priceListId: id, prices: rows })).toMatchObject({ refused: [] });
  return id;
}

describe('what a variant costs', () => {
  test('is the usual price, each currency its own, and nothing where there is none', async () => {
    const ids = [...variants.values()];
    const inEuros = await pricesOf(ctx, ids, buyerIn(eu));
    expect([...inEuros.keys()].sort()).toEqual([idOf('both'), idOf('euros')].sort());
    expect(inEuros.get(idOf('both'))).toEqual({
      amount: 2_190,
      compareAtAmount: null,
      priceListId: null,
      saleEndsAt: null,
    });
    expect((await pricesOf(ctx, ids, buyerIn(us))).get(idOf('both'))?.amount).toBe(2_000);
    expect((await pricesOf(ctx, ids, { ...buyerIn(us), currency: 'GBP' })).size).toBe(0);
  });

  test('strikes the usual price through in a sale, until it ends; another list only stands instead', async () => {
    const endsAt = addSeconds(now, 3600);
    const sale = await listOf({ isSale: true, endsAt }, { both: 1_500 });
    const read = async () => (await pricesOf(ctx, [idOf('both')], buyerIn(eu))).get(idOf('both'));
    expect(await read()).toEqual({
      amount: 1_500,
      compareAtAmount: 2_190,
      priceListId: sale,
      saleEndsAt: endsAt,
    });
    await listOf({ priority: 1 }, { both: 1_600 });
    expect(await read()).toMatchObject({ amount: 1_600, compareAtAmount: null, saleEndsAt: null });
    await listOf({ isSale: true, priority: 2 }, { both: 2_500 });
    expect(await read()).toMatchObject({ amount: 2_500, compareAtAmount: null });
  });

  test.each([
    [-1, 2_190],
    [0, 1_500],
    [59, 1_500],
    [59.999, 1_500],
    [60, 2_190],
  ])('holds a sale from its first second to before its end: %f s after', async (seconds, amount) => {
    await listOf({ isSale: true, startsAt: now, endsAt: addSeconds(now, 60) }, { both: 1_500 });
    const then = createContext({ ...ctx, clock: createTestClock(new Date(now.getTime() + seconds * 1_000)) });
    expect((await pricesOf(then, [idOf('both')], buyerIn(eu))).get(idOf('both'))?.amount).toBe(amount);
  });

  test('is sold by a list alone where it has no usual price', async () => {
    await listOf({ isSale: true }, { dollars: 2_790 });
    expect((await pricesOf(ctx, [idOf('dollars')], buyerIn(eu))).get(idOf('dollars'))).toMatchObject({
      amount: 2_790,
      compareAtAmount: null,
    });
  });

  test('is told for all regions by one statement', async () => {
    await listOf({ regionId: eu.id }, { both: 1_990 });
    await listOf({ groupId: groups[0] ?? null, priority: 9 }, { both: 1 });
    const { result, statements } = await countStatements(() => pricesByRegion(ctx, [...variants.values()]));
    expect(statements).toBe(1);
    const amounts = new Map(
      [...variants].map(([handle, id]) => [
        handle,
        Object.fromEntries([...(result.get(id) ?? [])].map(([code, { amount }]) => [code, amount])),
      ]),
    );
    expect(Object.fromEntries(amounts)).toEqual({
      both: { us: 2_000, eu: 1_990 },
      dollars: { us: 3_000 },
      euros: { eu: 4_000 },
    });
  });
});

/** What a list says, and whether it is meant, told anew. */
interface Listed {
  readonly list: Omit<PriceListInput, 'id'>;
  readonly amount: number;
}

function isMeant({ list }: Listed, region: Region, groupIds: readonly string[], at: Date): boolean {
  return (
    list.isActive &&
    list.currency === region.currency &&
    (list.regionId === null || list.regionId === region.id) &&
    (list.groupId === null || groupIds.includes(list.groupId)) &&
    (list.startsAt === null || list.startsAt <= at) &&
    (list.endsAt === null || at < list.endsAt)
  );
}

function expected(lists: readonly Listed[], region: Region, groupIds: readonly string[], at: Date): number {
  let best: Listed | null = null;
  for (const listed of lists) {
    if (!isMeant(listed, region, groupIds, at)) continue;
    const isHigher = best === null || listed.list.priority > best.list.priority;
    const isCheaper = listed.list.priority === best?.list.priority && listed.amount < best.amount;
    if (isHigher || isCheaper) best = listed;
  }
  return best?.amount ?? (region.currency === 'EUR' ? 2_190 : 2_000);
}

test('the list that wins is that of the highest priority, then of the lowest price, of those that are meant', async () => {
  const moment = fc.constantFrom(null, -60, -1, 0, 1, 60);
  const listed = fc.record({
    currency: fc.constantFrom('EUR' as const, 'USD' as const),
    isOfRegion: fc.boolean(),
    group: fc.constantFrom(null, 0, 1),
    start: moment,
    end: moment,
    priority: fc.integer({ min: -1, max: 2 }),
    isActive: fc.boolean(),
    isSale: fc.boolean(),
    amount: fc.integer({ min: 0, max: 5_000 }),
  });
  const after = (seconds: number | null) => (seconds === null ? null : addSeconds(now, seconds));
  await fc.assert(
    fc.asyncProperty(
      fc.array(listed, { maxLength: 6 }),
      fc.subarray([0, 1]),
      fc.constantFrom(-1, 0, 1),
      async (drawn, memberOf, seconds) => {
        await ctx.db.deleteFrom('price_lists').execute();
        const lists: Listed[] = drawn
          .filter(({ start, end }) => start === null || end === null || start < end)
          .map(({ amount, isOfRegion, group, start, end, currency, ...list }) => ({
            amount,
            list: {
              ...list,
              name: 'Drawn',
              currency,
              regionId: isOfRegion ? (currency === 'EUR' ? eu : us).id : null,
              groupId: group === null ? null : (groups[group] ?? null),
              startsAt: after(start),
              endsAt: after(end),
            },
          }));
        for (const { list, amount } of lists) await listOf(list, { both: amount });
        const at = addSeconds(now, seconds);
        const then = createContext({ ...ctx, clock: createTestClock(at) });
        const groupIds = memberOf.flatMap((index) => groups[index] ?? []);
        for (const region of [us, eu]) {
          const prices = await pricesOf(then, [idOf('both')], buyerIn(region, groupIds));
          expect(prices.get(idOf('both'))?.amount).toBe(expected(lists, region, groupIds, at));
        }
      },
    ),
    { numRuns: 60 },
  );
});
