import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setListPrices } from '../catalog/index.ts';
import { addSeconds, type Context, guest, withActor } from '../kernel/index.ts';
import { createTestDomain, sellAt, signUp, type TestDomain } from '../testing/index.ts';
import {
  addGroupMembers,
  currentBuyer,
  currentRegion,
  disablePriceList,
  listAllRegions,
  listCustomerGroups,
  listedPrices,
  listGroupMembers,
  listPriceLists,
  type PriceListInput,
  pricesOf,
  type RegionInput,
  removeGroupMembers,
  saveCustomerGroup,
  savePriceList,
  saveRegion,
} from './index.ts';

let shop: TestDomain;
let ctx: Context;
let variants: Map<string, string>;

beforeAll(async () => {
  shop = await createTestDomain();
  ctx = (await signUp(shop.ctx, { role: 'catalogue_manager' })).ctx;
  variants = await sellAt(shop.ctx, {
    mug: { USD: 1_800, EUR: 1_995, GBP: 1_700 },
    pot: { USD: 4_500, EUR: 4_990 },
  });
});
afterAll(() => shop?.close());

const newList = (changes: Partial<PriceListInput> = {}): PriceListInput => ({
  id: shop.ctx.ids.next(),
  name: 'Winter sale',
  currency: 'EUR',
  regionId: null,
  groupId: null,
  isSale: true,
  startsAt: null,
  endsAt: null,
  priority: 0,
  isActive: true,
  ...changes,
});
const audits = (targetId: string) =>
  shop.ctx.db
    .selectFrom('audit_log')
    .select(['action', 'before', 'after', 'actor_id'])
    .where('target_id', '=', targetId)
    .orderBy('occurred_at')
    .orderBy('id')
    .execute();
const eventsOf = (aggregateId: string) =>
  shop.ctx.db
    .selectFrom('events')
    .select(['type', 'payload'])
    .where('aggregate_id', '=', aggregateId)
    .orderBy('position')
    .execute();

describe('price lists', () => {
  test('are made once however often they are saved, changed, and disabled; all of it audited', async () => {
    const list = newList();
    await Promise.all([1, 2, 3, 4].map(() => savePriceList(ctx, list)));
    await savePriceList(ctx, list);
    const renamed = { ...list, name: 'January sale', endsAt: addSeconds(new Date(), 3600) };
    await savePriceList(ctx, renamed);
    await disablePriceList(ctx, { priceListId: list.id });
    await disablePriceList(ctx, { priceListId: list.id });
    const stored = (await listPriceLists(ctx)).find(({ id }) => id === list.id);
    expect(stored).toMatchObject({ ...renamed, isActive: false, priceCount: 0 });
    const kept = await audits(list.id);
    expect(kept.filter(({ action }) => action === 'price-list.updated')).toHaveLength(1);
    expect(kept.at(-1)).toMatchObject({ action: 'price-list.disabled', actor_id: ctx.actor.id });
    expect(kept[0]).toMatchObject({ action: 'price-list.created', after: { name: 'Winter sale' } });
  });

  test('keep their currency, and only know regions and groups that there are', async () => {
    const list = newList();
    await savePriceList(ctx, list);
    await expect(savePriceList(ctx, { ...list, currency: 'USD' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const nobody = shop.ctx.ids.next();
    await expect(savePriceList(ctx, newList({ groupId: nobody }))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(savePriceList(ctx, newList({ regionId: nobody }))).rejects.toMatchObject({
      code: 'not_found',
    });
    const us = (await listAllRegions(ctx)).find(({ code }) => code === 'us');
    await expect(savePriceList(ctx, newList({ regionId: us?.id ?? '' }))).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('take the good prices of a call and name the others', async () => {
    const list = newList();
    await savePriceList(ctx, list);
    const call = {
      priceListId: list.id,
      prices: [
        { sku: 'MUG', amount: 1_495 },
        { sku: 'NOTHING', amount: 1_000 },
        { sku: 'POT', amount: 12.5 },
        { sku: 'MUG', amount: 1 },
        { sku: 'POT', amount: -1 },
        { sku: 'POT', amount: 3_990 },
      ],
    };
    const refused = [
      { row: 1, sku: 'NOTHING', reason: 'unknown-sku' },
      { row: 2, sku: 'POT', reason: 'no-amount' },
      { row: 3, sku: 'MUG', reason: 'named-twice' },
      { row: 4, sku: 'POT', reason: 'no-amount' },
    ];
    expect(await setListPrices(ctx, call)).toEqual({ changed: 2, refused });
    expect(await setListPrices(ctx, call)).toEqual({ changed: 0, refused });
    const [mug = '', pot = ''] = ['mug', 'pot'].map((handle) => variants.get(handle));
    const page = await listedPrices(ctx, { priceListId: list.id, cursor: null, limit: 1 });
    const rest = await listedPrices(ctx, { priceListId: list.id, cursor: page.nextCursor, limit: 1 });
    expect([...page.items, ...rest.items]).toEqual([
      { variantId: mug, amount: 1_495, usualAmount: 1_995 },
      { variantId: pot, amount: 3_990, usualAmount: 4_990 },
    ]);
    expect(rest.nextCursor).toBeNull();
    const emptied = await setListPrices(ctx, {
      priceListId: list.id,
      prices: [{ sku: 'POT', amount: null }],
    });
    expect(emptied.changed).toBe(1);
    expect((await audits(list.id)).at(-1)).toMatchObject({
      action: 'price-list.prices-set',
      before: { [pot]: 3_990 },
      after: { [pot]: null },
    });
    expect(await eventsOf(list.id)).toEqual([
      { type: 'prices.changed', payload: { variantIds: [mug, pot] } },
      { type: 'prices.changed', payload: { variantIds: [pot] } },
    ]);
  });

  test('hold what was set last when many set prices at once', async () => {
    const list = newList();
    await savePriceList(ctx, list);
    const calls = Array.from({ length: 12 }, (_, index) => ({
      priceListId: list.id,
      prices: (index % 2 === 0 ? ['MUG', 'POT'] : ['POT', 'MUG']).map((sku) => ({
        sku,
        amount: 100 + index,
      })),
    }));
    await Promise.all(calls.map((call) => setListPrices(ctx, call)));
    const { items } = await listedPrices(ctx, { priceListId: list.id, cursor: null, limit: 10 });
    expect(items[0]?.amount).toBe(items[1]?.amount);
  });
});

describe('customer groups', () => {
  test('are named once, and take members by their addresses', async () => {
    const group = { id: shop.ctx.ids.next(), code: 'trade', name: 'Trade' };
    await Promise.all([saveCustomerGroup(ctx, group), saveCustomerGroup(ctx, group)]);
    await expect(
      saveCustomerGroup(ctx, { ...group, id: shop.ctx.ids.next(), name: 'Other' }),
    ).rejects.toMatchObject({ code: 'name_taken' });
    const ada = await signUp(shop.ctx, { email: 'ada@example.com' });
    const emails = ['Ada@Example.com ', 'nobody@example.com', 'not an address'];
    expect(await addGroupMembers(ctx, { groupId: group.id, emails })).toEqual({
      added: 1,
      unknown: ['nobody@example.com', 'not an address'],
    });
    expect(await addGroupMembers(ctx, { groupId: group.id, emails })).toMatchObject({ added: 0 });
    expect(await listCustomerGroups(ctx)).toEqual([{ ...group, memberCount: 1 }]);
    const members = { groupId: group.id, cursor: null, limit: 10 };
    expect(await listGroupMembers(ctx, members)).toEqual({
      items: [{ userId: ada.userId, email: 'ada@example.com' }],
      nextCursor: null,
    });

    const list = newList({ currency: 'USD', groupId: group.id, isSale: false });
    await savePriceList(ctx, list);
    await setListPrices(ctx, { priceListId: list.id, prices: [{ sku: 'MUG', amount: 1_200 }] });
    const mug = variants.get('mug') ?? '';
    const priceFor = async (who: Context) =>
      (await pricesOf(who, [mug], await currentBuyer(who))).get(mug)?.amount;
    expect(await priceFor(ada.ctx)).toBe(1_200);
    expect(await priceFor(withActor(shop.ctx, guest))).toBe(1_800);
    expect(await removeGroupMembers(ctx, { groupId: group.id, userIds: [ada.userId] })).toEqual({
      removed: 1,
    });
    expect(await priceFor(ada.ctx)).toBe(1_800);
    const actions = (await audits(group.id)).map(({ action }) => action);
    expect(actions).toEqual([
      'customer-group.saved',
      'customer-group.members-added',
      'customer-group.members-removed',
    ]);
    expect(JSON.stringify(await audits(group.id))).not.toContain('example.com');
    // no index holds prices of a group
    expect(await eventsOf(list.id)).toEqual([]);
  });
});

describe('regions', () => {
  const uk = (): RegionInput => ({
    id: '01900000-0000-7000-8000-00000000ff01',
    code: 'uk',
    name: 'United Kingdom',
    currency: 'GBP',
    pricesIncludeTax: true,
    countries: ['GB', 'GB'],
    position: 30,
    isActive: true,
  });
  const inUk = () => shop.domain.context({ origin: { ...shop.ctx.origin, region: 'uk' } });

  test('can be added, shopped in at once, and closed', async () => {
    expect((await currentRegion(inUk())).code).toBe('us');
    await saveRegion(ctx, uk());
    await saveRegion(ctx, uk());
    expect(await currentRegion(inUk())).toMatchObject({ code: 'uk', currency: 'GBP', countries: ['GB'] });
    const buyer = await currentBuyer(inUk());
    expect((await pricesOf(shop.ctx, [...variants.values()], buyer)).size).toBe(1);
    await saveRegion(ctx, { ...uk(), isActive: false });
    expect((await currentRegion(inUk())).code).toBe('us');
    expect((await audits(uk().id)).map(({ action }) => action)).toEqual(['region.created', 'region.updated']);
    expect((await eventsOf(uk().id)).map(({ type }) => type)).toEqual(['regions.changed', 'regions.changed']);
  });

  test('keep code and currency, and one stays open', async () => {
    await expect(saveRegion(ctx, { ...uk(), currency: 'EUR' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(saveRegion(ctx, { ...uk(), code: 'gb' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(saveRegion(ctx, { ...uk(), id: shop.ctx.ids.next() })).rejects.toMatchObject({
      code: 'name_taken',
    });
    const all = await listAllRegions(ctx);
    const closed = await Promise.allSettled(all.map((one) => saveRegion(ctx, { ...one, isActive: false })));
    expect(closed.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect((await listAllRegions(ctx)).filter(({ isActive }) => isActive)).toHaveLength(1);
    for (const one of all) await saveRegion(ctx, one);
  });
});

test('shoppers change none of it', async () => {
  const { ctx: shopper } = await signUp(shop.ctx);
  const list = newList();
  await expect(savePriceList(shopper, list)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listPriceLists(withActor(shop.ctx, guest))).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(
    setListPrices(shopper, { priceListId: list.id, prices: [{ sku: 'MUG', amount: 1 }] }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});
