import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runWorker } from '../app/index.ts';
import { setListPrices } from '../catalog/index.ts';
import { addSeconds, type Context, countStatements, createContext } from '../kernel/index.ts';
import {
  addGroupMembers,
  type PriceListInput,
  regionOrUsual,
  saveCustomerGroup,
  savePriceList,
  saveRegion,
  tellWindows,
} from '../pricing/index.ts';
import { createTestClock, createTestDomain, sellAt, signUp, type TestDomain } from '../testing/index.ts';
import { productCards, reindex, type SearchQuery, searchProducts } from './index.ts';
import { searchJobs } from './jobs.ts';

const engines = ['meilisearch', 'postgres'] as const;
const clock = createTestClock(new Date());
let shop: TestDomain;
let ctx: Context;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
  ctx = shop.ctx;
  await sellAt(ctx, {
    // in euros, the order is another than in dollars
    mug: { USD: 1_000, EUR: 3_090, GBP: 900 },
    pot: { USD: 2_000, EUR: 2_090 },
    pan: { USD: 3_000, EUR: 1_090 },
    'only-dollars': { USD: 4_000 },
    'only-euros': { EUR: 500 },
  });
  await shop.runJobs();
});
afterAll(() => shop?.close());

function shopper(region: string | null, engine: (typeof engines)[number], as: Context = ctx): Context {
  const origin = { ...ctx.origin, region };
  const services = engine === 'postgres' ? { ...ctx.services, meili: null } : ctx.services;
  return createContext({ ...as, origin, services });
}

async function found(who: Context, query: Partial<SearchQuery> = {}): Promise<[string, number][]> {
  const { items } = await searchProducts(who, { sort: 'price-asc', ...query });
  return items.map((item) => [item.handle, item.price.amount]);
}

async function newList(
  list: Partial<PriceListInput>,
  prices: Record<string, number>,
): Promise<PriceListInput> {
  const whole: PriceListInput = {
    id: ctx.ids.next(),
    name: 'A list',
    currency: 'EUR',
    regionId: null,
    groupId: null,
    isSale: true,
    startsAt: null,
    endsAt: null,
    priority: 0,
    isActive: true,
    ...list,
  };
  await savePriceList(ctx, whole);
  const rows = Object.entries(prices).map(([handle, amount]) => ({ sku: handle.toUpperCase(), amount }));
  await setListPrices(ctx, { priceListId: whole.id, prices: rows });
  return whole;
}

describe.each(engines)('%s', (engine) => {
  test('finds, sorts, filters and counts by the prices of the region', async () => {
    const here = shopper('eu', engine);
    const all = await searchProducts(here, { sort: 'price-desc' });
    expect(all).toMatchObject({
      engine,
      currency: 'EUR',
      total: 4,
      facets: { price: { min: 500, max: 3_090 } },
    });
    expect(all.items.map(({ handle, price }) => [handle, price.amount, price.currency])).toEqual([
      ['mug', 3_090, 'EUR'],
      ['pot', 2_090, 'EUR'],
      ['pan', 1_090, 'EUR'],
      ['only-euros', 500, 'EUR'],
    ]);
    const query = { priceMin: 1_090, priceMax: 2_090 };
    expect(await found(here, query)).toEqual([
      ['pan', 1_090],
      ['pot', 2_090],
    ]);
    const narrow = await searchProducts(here, query);
    expect(narrow.facets).toMatchObject({ price: { min: 500, max: 3_090 }, inStockCount: 2 });
    expect((await found(shopper('us', engine))).map(([handle]) => handle)).toEqual([
      'mug',
      'pot',
      'pan',
      'only-dollars',
    ]);
    expect(await found(shopper('mars', engine))).toEqual(await found(shopper(null, engine)));
  });

  test('knows lists of one region', async () => {
    const { id: regionId } = await regionOrUsual(ctx, 'eu');
    const list = await newList({ regionId }, { mug: 100 });
    await shop.runJobs();
    expect(await found(shopper('eu', engine), { priceMax: 100 })).toEqual([['mug', 100]]);
    const { items } = await searchProducts(shopper('eu', engine), { sort: 'price-asc', priceMax: 100 });
    expect(items[0]).toMatchObject({ compareAt: { amount: 3_090, currency: 'EUR' }, saleEndsAt: null });
    expect(await found(shopper('us', engine), { priceMax: 100 })).toEqual([]);
    await savePriceList(ctx, { ...list, isActive: false });
    await shop.runJobs();
    expect(await found(shopper('eu', engine), { priceMax: 100 })).toEqual([]);
  });

  test('shows a sale while it lasts', async () => {
    const startsAt = addSeconds(clock.now(), 600);
    const endsAt = addSeconds(clock.now(), 1_200);
    await newList({ startsAt, endsAt }, { pot: 1_500 });
    const tell = async () => {
      await tellWindows(ctx);
      await shop.runJobs();
    };
    const priceOfPot = async () => (await found(shopper('eu', engine))).find(([name]) => name === 'pot')?.[1];
    await tell();
    expect(await priceOfPot()).toBe(2_090);
    clock.advance(600);
    await tell();
    expect(await priceOfPot()).toBe(1_500);
    const { items } = await searchProducts(shopper('eu', engine), { priceMin: 1_500, priceMax: 1_500 });
    expect(items).toMatchObject([{ handle: 'pot', compareAt: { amount: 2_090 }, saleEndsAt: endsAt }]);
    clock.advance(599);
    await tell();
    expect(await priceOfPot()).toBe(1_500);
    clock.advance(1);
    await tell();
    expect(await priceOfPot()).toBe(2_090);
  });

  test('shows members of a group their prices, by three statements more', async () => {
    const group = { id: ctx.ids.next(), code: `trade-${engine}`, name: 'Trade' };
    await saveCustomerGroup(ctx, group);
    const ada = await signUp(ctx);
    await newList({ groupId: group.id, isSale: false, priority: 5 }, { pan: 700, mug: 2_000 });
    await shop.runJobs();
    const asAda = shopper('eu', engine, ada.ctx);
    const usual = await found(asAda);
    expect(usual).toEqual(await found(shopper('eu', engine)));
    const alone = await countStatements(() => found(asAda));
    await addGroupMembers(ctx, { groupId: group.id, emails: [ada.email] });
    expect(Object.fromEntries(await found(asAda))).toEqual({
      ...Object.fromEntries(usual),
      pan: 700,
      mug: 2_000,
    });
    const member = await countStatements(() => found(asAda));
    expect(member.statements - alone.statements).toBe(2);
    const cards = await productCards(
      asAda,
      (await searchProducts(asAda, {})).items.map(({ id }) => id),
    );
    expect(cards.find(({ handle }) => handle === 'pan')).toMatchObject({ price: { amount: 700 } });
    expect(await found(shopper('eu', engine))).toEqual(usual);
  });
});

test('a sale is found within two seconds of its start, without waiting for the minute', async () => {
  const wall = await createTestDomain();
  const worker = await runWorker(wall.domain);
  try {
    await sellAt(wall.ctx, { lamp: { EUR: 9_990 } });
    const here = createContext({ ...wall.ctx, origin: { ...wall.ctx.origin, region: 'eu' } });
    await vi.waitFor(async () => expect(await found(here)).toEqual([['lamp', 9_990]]), { timeout: 5_000 });
    const id = wall.ctx.ids.next();
    const startsAt = addSeconds(new Date(), 1);
    const sale = { id, name: 'Sale', currency: 'EUR' as const, regionId: null, groupId: null, isSale: true };
    await savePriceList(wall.ctx, { ...sale, startsAt, endsAt: null, priority: 0, isActive: true });
    await setListPrices(wall.ctx, { priceListId: id, prices: [{ sku: 'LAMP', amount: 7_990 }] });
    expect(await found(here)).toEqual([['lamp', 9_990]]);
    await vi.waitFor(async () => expect(await found(here)).toEqual([['lamp', 7_990]]), {
      timeout: 4_000,
      interval: 50,
    });
    expect(Date.now() - startsAt.getTime()).toBeLessThan(2_500);
  } finally {
    await worker.stop();
    await wall.close();
  }
});

test('a region that is added is searched in as soon as the index is rebuilt', async () => {
  await saveRegion(ctx, {
    id: ctx.ids.next(),
    code: 'uk',
    name: 'United Kingdom',
    currency: 'GBP',
    pricesIncludeTax: true,
    countries: ['GB'],
    position: 30,
    isActive: true,
  });
  for (const engine of engines) expect(await found(shopper('uk', engine))).toEqual([]);
  await shop.runJobs();
  for (const engine of engines) expect(await found(shopper('uk', engine))).toEqual([['mug', 900]]);
});

test('what a release without regions has written is found by its one currency, and made anew', async () => {
  const older = async () => {
    await sql`
      update search_documents set document = document - 'prices' - 'offers' where document ->> 'handle' <> 'only-euros'
    `.execute(ctx.db);
  };
  await older();
  expect((await found(shopper('us', 'postgres'))).map(([handle]) => handle)).toEqual([
    'mug',
    'pot',
    'pan',
    'only-dollars',
  ]);
  expect(await found(shopper('eu', 'postgres'))).toEqual([['only-euros', 500]]);
  const keepUp = searchJobs.schedules?.find(({ name }) => name === 'search.catch-up');
  await keepUp?.handle(shopper(null, 'postgres'));
  expect(await found(shopper('eu', 'postgres'))).toHaveLength(4);
  await older();
  await reindex(ctx);
  expect(await found(shopper('eu', 'meilisearch'))).toHaveLength(4);
});
