import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guest, withActor } from '../kernel/index.ts';
import { brokenInvariants, createTestDomain, type TestDomain } from '../testing/index.ts';
import {
  activePromotions,
  customerKeysOf,
  type PromotionView,
  promotionInput,
  promotionReport,
  releaseRedemptions,
  setPromotionStatus,
  useRedemptions as spendRedemptions,
  updatePromotion,
} from './index.ts';
import { hold, makeGiftCard, makePromotion } from './testing/shop.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ env: { DATABASE_POOL_SIZE: '64' } });
});
afterAll(async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()
  `.execute(shop.ctx.db);
  // none, and not: none that anybody was told of
  expect(rows).toEqual([{ deadlocks: 0 }]);
  await shop.close();
});

const off = (promotion: { id: string }, code: string | null = null) => ({
  promotionId: promotion.id,
  code,
  amount: 100,
});
const release = (checkoutId: string) => shop.ctx.transaction((tx) => releaseRedemptions(tx, { checkoutId }));
const use = (checkoutId: string, orderId = shop.ctx.ids.next()) =>
  shop.ctx.transaction((tx) => spendRedemptions(tx, { checkoutId, orderId }));

async function usedOf(promotionId: string) {
  const row = await shop.ctx.db
    .selectFrom('promotions')
    .select('used_count')
    .where('id', '=', promotionId)
    .executeTakeFirstOrThrow();
  return row.used_count;
}

function tally(results: readonly PromiseSettledResult<unknown>[]) {
  const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  return { held: results.length - codes.length, refusals: [...new Set(codes)] };
}

describe('limits hold at any concurrency', () => {
  test('200 buyers at 64 connections on 10 uses: 10', async () => {
    const promotion = await makePromotion(shop.ctx, { maxUses: 10 }, ['TEN-USES']);
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, () => hold(shop.ctx, { promotions: [off(promotion, 'TEN-USES')] })),
    );
    expect(tally(results)).toEqual({ held: 10, refusals: ['promotion_exhausted'] });
    expect(await usedOf(promotion.id)).toBe(10);
  });

  test('the same for one code among others, and without a code', async () => {
    const shared = await makePromotion(shop.ctx, {}, ['SHARED']);
    await shop.ctx.db
      .updateTable('promotion_codes')
      .set({ max_uses: 3 })
      .where('code', '=', 'SHARED')
      .execute();
    const automatic = await makePromotion(shop.ctx, { maxUses: 4 });
    const [byCode, byPromotion] = await Promise.all([
      Promise.allSettled(
        Array.from({ length: 40 }, () => hold(shop.ctx, { promotions: [off(shared, 'SHARED')] })),
      ),
      Promise.allSettled(Array.from({ length: 40 }, () => hold(shop.ctx, { promotions: [off(automatic)] }))),
    ]);
    expect(tally(byCode).held).toBe(3);
    expect(tally(byPromotion).held).toBe(4);
  });

  test('one customer, one use, 50 at once: by address, by account, and by either', async () => {
    const promotion = await makePromotion(shop.ctx, { maxUsesPerCustomer: 1 });
    const userId = shop.ctx.ids.next();
    const asMyself = customerKeysOf(shop.ctx, { email: 'Ada@Example.com ', userId });
    const asGuest = customerKeysOf(shop.ctx, { email: 'ada@example.com', userId: null });
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        hold(shop.ctx, { customerKeys: index % 2 ? asMyself : asGuest, promotions: [off(promotion)] }),
      ),
    );
    // whichever of the two was first, the address is the same
    expect(tally(results)).toEqual({ held: 1, refusals: ['promotion_exhausted'] });
    await hold(shop.ctx, {
      customerKeys: customerKeysOf(shop.ctx, { email: 'grace@example.com', userId: null }),
      promotions: [off(promotion)],
    });
  });

  test('several promotions in random order, held and given back at once: no deadlock is seen, and nothing is left over', async () => {
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        makePromotion(shop.ctx, { maxUses: 20, maxUsesPerCustomer: 50 }, [`MANY-${index}`]),
      ),
    );
    const customerKeys = customerKeysOf(shop.ctx, { email: 'many@example.com', userId: null });
    await Promise.all(
      Array.from({ length: 150 }, async (_, index) => {
        const some = all.filter((_one, at) => (index + at) % 3 !== 0);
        const promotions = some.map((one) => off(one, one.codes[0] ?? null)).sort(() => Math.random() - 0.5);
        const checkoutId = await hold(shop.ctx, { customerKeys, promotions }).catch((error) => {
          expect(error).toMatchObject({ code: 'promotion_exhausted' });
          return null;
        });
        if (checkoutId !== null) await release(checkoutId);
      }),
    );
    for (const { id } of all) expect(await usedOf(id)).toBe(0);
    const left = await shop.ctx.db
      .selectFrom('promotion_customer_uses')
      .select('used_count')
      .where('customer_key', 'in', customerKeys)
      .execute();
    expect(left.every(({ used_count }) => used_count === 0)).toBe(true);
  });

  test('all or none', async () => {
    const plenty = await makePromotion(shop.ctx, { maxUses: 5 });
    const scarce = await makePromotion(shop.ctx, { maxUses: 1 });
    await hold(shop.ctx, { promotions: [off(scarce)] });
    await expect(hold(shop.ctx, { promotions: [off(plenty), off(scarce)] })).rejects.toMatchObject({
      code: 'promotion_exhausted',
      data: { promotionId: scarce.id, of: 'promotion' },
    });
    const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 100 });
    await expect(
      hold(shop.ctx, { promotions: [off(plenty)], giftCards: [{ giftCardId, amount: 101 }] }),
    ).rejects.toMatchObject({ code: 'gift_card_short' });
    expect(await usedOf(plenty.id)).toBe(0);
  });

  test('the database refuses what wrong code would do', async () => {
    const { id } = await makePromotion(shop.ctx, { maxUses: 1 }, ['GUARDED']);
    const set = (used_count: number) =>
      shop.ctx.db.updateTable('promotions').set({ used_count }).where('id', '=', id).execute();
    await expect(set(2)).rejects.toThrow('promotions_not_overused');
    await expect(set(-1)).rejects.toThrow('check constraint');
  });
});

describe('a hold', () => {
  test('repeated, also at once, is one; of something else it replaces the first', async () => {
    const first = await makePromotion(shop.ctx, { maxUses: 5 });
    const second = await makePromotion(shop.ctx, { maxUses: 5, maxUsesPerCustomer: 1 });
    const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 1_000 });
    const checkoutId = shop.ctx.ids.next();
    const wanted = { checkoutId, promotions: [off(first)], giftCards: [{ giftCardId, amount: 400 }] };
    await Promise.all(Array.from({ length: 20 }, () => hold(shop.ctx, wanted)));
    expect(await usedOf(first.id)).toBe(1);
    expect(await cardOf(giftCardId)).toEqual({ balance: 600, held: 400 });

    const customerKeys = customerKeysOf(shop.ctx, { email: 'replace@example.com', userId: null });
    const other = {
      checkoutId,
      customerKeys,
      promotions: [off(second)],
      giftCards: [{ giftCardId, amount: 1_000 }],
    };
    await hold(shop.ctx, other);
    await hold(shop.ctx, other);
    expect([await usedOf(first.id), await usedOf(second.id)]).toEqual([0, 1]);
    expect(await cardOf(giftCardId)).toEqual({ balance: 0, held: 1_000 });

    await hold(shop.ctx, { checkoutId });
    expect(await usedOf(second.id)).toBe(0);
    expect(await cardOf(giftCardId)).toEqual({ balance: 1_000, held: 0 });
    await hold(shop.ctx, wanted);
    expect(await usedOf(first.id)).toBe(1);
  });

  test('given back or used, whichever is first, and once', async () => {
    const promotion = await makePromotion(shop.ctx, { maxUses: 5 });
    const given = await hold(shop.ctx, { promotions: [off(promotion)] });
    await Promise.all(Array.from({ length: 10 }, () => release(given)));
    expect(await usedOf(promotion.id)).toBe(0);

    const used = await hold(shop.ctx, { promotions: [off(promotion)] });
    await Promise.all(Array.from({ length: 10 }, () => use(used)));
    expect(await usedOf(promotion.id)).toBe(1);
    await expect(hold(shop.ctx, { checkoutId: used, promotions: [off(promotion)] })).rejects.toMatchObject({
      code: 'checkout_closed',
    });
  });

  test('of a cancelled order gives back uses and money', async () => {
    const customerKeys = customerKeysOf(shop.ctx, { email: 'cancel@example.com', userId: null });
    const promotion = await makePromotion(shop.ctx, { maxUses: 1, maxUsesPerCustomer: 1 }, ['AGAIN']);
    const { giftCardId } = await makeGiftCard(shop.ctx, { amount: 1_000 });
    const wanted = {
      customerKeys,
      promotions: [off(promotion, 'AGAIN')],
      giftCards: [{ giftCardId, amount: 1_000 }],
    };
    const checkoutId = await hold(shop.ctx, wanted);
    await use(checkoutId);
    expect(await cardOf(giftCardId)).toEqual({ balance: 0, held: 0 });
    expect(await promotionReport(shop.ctx, { promotionId: promotion.id })).toMatchObject({
      orders: 1,
      discounts: [{ amount: 100, currency: 'USD' }],
      codes: [{ code: 'AGAIN', orders: 1 }],
    });
    await Promise.all([release(checkoutId), release(checkoutId)]);
    expect(await cardOf(giftCardId)).toEqual({ balance: 1_000, held: 0 });
    expect(await promotionReport(shop.ctx, { promotionId: promotion.id })).toMatchObject({
      orders: 0,
      cancelled: 1,
      discounts: [],
    });
    await hold(shop.ctx, wanted);
  });

  test('of a promotion that was disabled meanwhile is refused; what is held already stays', async () => {
    const promotion = await makePromotion(shop.ctx);
    const checkoutId = await hold(shop.ctx, { promotions: [off(promotion)] });
    await setPromotionStatus(shop.ctx, { promotionId: promotion.id, status: 'disabled' });
    await hold(shop.ctx, { checkoutId, promotions: [off(promotion)] });
    await expect(hold(shop.ctx, { promotions: [off(promotion)] })).rejects.toMatchObject({
      code: 'promotion_exhausted',
    });
  });
});

describe('limits that staff change', () => {
  const decided = (view: PromotionView) =>
    promotionInput.parse(
      Object.fromEntries(Object.entries(view).filter(([key]) => key in promotionInput.shape)),
    );

  test('count what was redeemed before, also of customers, and while buyers are at it', async () => {
    const customerKeys = customerKeysOf(shop.ctx, { email: 'late@example.com', userId: null });
    const view = await makePromotion(shop.ctx);
    await hold(shop.ctx, { customerKeys, promotions: [off(view)] });
    const [results] = await Promise.all([
      Promise.allSettled(Array.from({ length: 60 }, () => hold(shop.ctx, { promotions: [off(view)] }))),
      updatePromotion(shop.ctx, {
        promotionId: view.id,
        version: view.version,
        promotion: { ...decided(view), maxUses: 100, maxUsesPerCustomer: 1 },
      }),
    ]);
    expect(tally(results).held).toBe(60);
    expect(await usedOf(view.id)).toBe(61);
    await expect(hold(shop.ctx, { customerKeys, promotions: [off(view)] })).rejects.toMatchObject({
      data: { of: 'customer' },
    });
  });

  test('are set while buyers give back', async () => {
    const view = await makePromotion(shop.ctx);
    const held = await Promise.all(
      Array.from({ length: 40 }, () => hold(shop.ctx, { promotions: [off(view)] })),
    );
    const setLimit = async () => {
      await new Promise((resolve) => setTimeout(resolve, 15));
      const promotion = { ...decided(view), maxUses: 100 };
      await updatePromotion(shop.ctx, { promotionId: view.id, version: view.version, promotion });
    };
    await Promise.all([...held.slice(5).map(release), setLimit()]);
    expect(await usedOf(view.id)).toBe(5);
  });

  test('must let the uses be that there are, and be changed one after the other', async () => {
    const view = await makePromotion(shop.ctx);
    await hold(shop.ctx, { promotions: [off(view)] });
    await hold(shop.ctx, { promotions: [off(view)] });
    const change = (maxUses: number, version = view.version) =>
      updatePromotion(shop.ctx, {
        promotionId: view.id,
        version,
        promotion: { ...decided(view), maxUses },
      });
    await expect(change(1)).rejects.toMatchObject({ code: 'limit_reached', data: { useCount: 2 } });
    const two = await Promise.allSettled([change(2), change(3)]);
    expect(tally(two)).toEqual({ held: 1, refusals: ['conflict'] });
  });
});

describe('what a sale may have', () => {
  test('automatic ones of now, and those of codes whatever became of them; in one statement', async () => {
    const day = 86_400_000;
    const now = shop.ctx.clock.now().getTime();
    const current = await makePromotion(shop.ctx, { endsAt: new Date(now + day) });
    const over = await makePromotion(shop.ctx, { endsAt: new Date(now - day) });
    const later = await makePromotion(shop.ctx, { startsAt: new Date(now + day) });
    const expired = await makePromotion(shop.ctx, { endsAt: new Date(now - day) }, ['OLD-ONE']);
    const unasked = await makePromotion(shop.ctx, {}, ['UNASKED']);
    const found = await activePromotions(withActor(shop.ctx, guest), { codes: ['OLD-ONE'] });
    const ids = found.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([current.id, expired.id]));
    for (const { id } of [over, later, unasked]) expect(ids).not.toContain(id);
    expect(found.find(({ id }) => id === expired.id)?.codes).toEqual([{ code: 'OLD-ONE', usesLeft: null }]);
  });

  test('tells what is left, in which what the checkout itself holds is counted', async () => {
    const keys = customerKeysOf(shop.ctx, { email: 'left@example.com', userId: null });
    const promotion = await makePromotion(shop.ctx, { maxUses: 1, maxUsesPerCustomer: 1 }, ['LAST-ONE']);
    await shop.ctx.db
      .updateTable('promotion_codes')
      .set({ max_uses: 1 })
      .where('code', '=', 'LAST-ONE')
      .execute();
    const leftTo = async (checkoutId: string | null) => {
      const found = await activePromotions(shop.ctx, {
        codes: ['LAST-ONE'],
        customerKeys: () => keys,
        checkoutId,
      });
      const own = found.find(({ id }) => id === promotion.id);
      return [own?.usesLeft, own?.usesLeftForCustomer, own?.codes[0]?.usesLeft];
    };
    expect(await leftTo(null)).toEqual([1, 1, 1]);
    const checkoutId = await hold(shop.ctx, { customerKeys: keys, promotions: [off(promotion, 'LAST-ONE')] });
    expect(await leftTo(null)).toEqual([0, 0, 0]);
    expect(await leftTo(checkoutId)).toEqual([1, 1, 1]);
  });
});

async function cardOf(id: string) {
  const row = await shop.ctx.db
    .selectFrom('gift_cards')
    .select(['balance_amount as balance', 'held_amount as held'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row;
}
