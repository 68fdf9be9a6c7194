import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertUser } from '../identity/index.ts';
import { type Context, guest, userActor, withActor } from '../kernel/index.ts';
import {
  createTestDomain,
  plainDraft,
  someWares,
  type TestDomain,
  type Wares,
  writeOrder,
} from '../testing/index.ts';
import {
  attachGuestOrders,
  cancelOrder,
  getOrder,
  listMyOrders,
  orderListInput,
  orderToken,
} from './index.ts';

const all = orderListInput.parse({});
let shop: TestDomain;
let wares: Wares;
beforeAll(async () => {
  shop = await createTestDomain();
  wares = await someWares(shop.ctx);
});
afterAll(() => shop.close());

const aUser = (email: string) =>
  shop.ctx.transaction((tx) => insertUser(tx, { email, name: 'Ada', passwordHash: null, locale: 'en' }));

function as(userId: string, role?: 'support'): Context {
  const session = { id: shop.ctx.ids.next(), authenticatedAt: new Date() };
  const roles = role ? [{ role, sellerId: null }] : [];
  return withActor(shop.ctx, userActor({ userId, roles, session }));
}

/** Writes an order down as placing one would, at a moment of our choice. */
async function anOrder(order: { userId: string | null; email?: string; placedAt?: Date; lines?: number }) {
  const lines = Array.from({ length: order.lines ?? 1 }, (_, index) => ({
    ...wares,
    sku: `SKU-${index}`,
    title: `Thing ${index}`,
    variantTitle: '',
    image: null,
    quantity: 2,
    unitAmount: 500,
    taxAmount: 0,
    taxRatePpm: 0,
  }));
  const draft = plainDraft(wares, { userId: order.userId, email: order.email ?? 'ada@example.com', lines });
  const created = await writeOrder(shop.ctx, draft, order.placedAt);
  return { ...created, token: orderToken(shop.ctx, created.id) };
}

describe('my orders', () => {
  test('come newest first, page by page, each once, also those of one moment; others’ never', async () => {
    const { id: userId } = await aUser('lists@example.com');
    const moments = [1, 2, 2, 2, 3].map((day) => new Date(Date.UTC(2026, 0, day)));
    for (const placedAt of moments) await anOrder({ userId, placedAt });
    await anOrder({ userId: null });
    await anOrder({ userId: (await aUser('other@example.com')).id });

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listMyOrders>> = await listMyOrders(as(userId), {
        ...all,
        cursor,
        limit: 2,
      });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((order) => order.number));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(5);
    const { items } = await listMyOrders(as(userId), { ...all, limit: 50 });
    expect(items.map((order) => order.number)).toEqual(seen);
    expect(items.map((order) => order.placedAt)).toEqual(moments.toReversed());
  });

  test('a summary counts all and shows the first few', async () => {
    const { id: userId } = await aUser('sums@example.com');
    const { number } = await anOrder({ userId, lines: 6 });
    const { items } = await listMyOrders(as(userId), all);
    expect(items).toMatchObject([
      {
        number,
        itemCount: 12,
        lineCount: 6,
        total: { amount: 6_000 },
        lines: [{ title: 'Thing 0' }, {}, {}, {}],
      },
    ]);
    expect(items[0]?.lines).toHaveLength(4);
  });

  test('are found by a part of their number, and by how they stand', async () => {
    const { id: userId } = await aUser('finds@example.com');
    const [one, two] = [await anOrder({ userId }), await anOrder({ userId })];
    await cancelOrder(shop.ctx, { orderId: two.id, reason: 'mistake' });
    const found = async (input: Partial<typeof all>) =>
      (await listMyOrders(as(userId), { ...all, ...input })).items.map((order) => order.number);
    expect(await found({ search: one.number.slice(-6) })).toEqual([one.number]);
    expect(await found({ search: one.number.toLowerCase() })).toEqual([one.number]);
    for (const search of ['%', '_', '\\', "'"]) expect(await found({ search })).toEqual([]);
    expect(await found({ status: 'open' })).toEqual([one.number]);
    expect(await found({ status: 'cancelled' })).toEqual([two.number]);
  });

  test('are nobody’s without a log-in, and strange cursors are refused', async () => {
    const input = all;
    await expect(listMyOrders(withActor(shop.ctx, guest), input)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const { id: userId } = await aUser('cursors@example.com');
    await expect(listMyOrders(as(userId), { ...input, cursor: 'WzFd' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(orderListInput.safeParse({ userId }).success).toBe(false);
  });
});

describe('one order', () => {
  test('opens to its owner, to whoever has the link, and to staff: to nobody else', async () => {
    const { id: owner } = await aUser('owner@example.com');
    const { id: stranger } = await aUser('stranger@example.com');
    const { number, token } = await anOrder({ userId: owner });
    const nobody = withActor(shop.ctx, guest);
    for (const [who, withToken] of [
      [as(owner), null],
      [as(stranger), token],
      [nobody, token],
      [as(stranger, 'support'), null],
    ] as const) {
      expect(await getOrder(who, { number, token: withToken })).toMatchObject({ number });
    }
    for (const [who, withToken] of [
      [as(stranger), null],
      [nobody, null],
      [nobody, 'x'],
    ] as const) {
      await expect(getOrder(who, { number, token: withToken })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('of a guest opens to no account by itself', async () => {
    const { id } = await aUser('guestless@example.com');
    const { number } = await anOrder({ userId: null });
    await expect(getOrder(as(id), { number, token: null })).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('who registers finds what they ordered as a guest, however they wrote their address then', async () => {
  const mine = await anOrder({ userId: null, email: 'Grace@Example.com' });
  const others = await anOrder({ userId: null, email: 'grace@example.org' });
  const { id } = await aUser('grace@example.com');
  await shop.runJobs();
  const { items } = await listMyOrders(as(id), all);
  expect(items.map((order) => order.number)).toEqual([mine.number]);
  expect(await attachGuestOrders(shop.ctx, id)).toBe(0);
  expect(await attachGuestOrders(shop.ctx, shop.ctx.ids.next())).toBe(0);
  await expect(getOrder(as(id), { number: others.number, token: null })).rejects.toMatchObject({
    code: 'not_found',
  });
});
