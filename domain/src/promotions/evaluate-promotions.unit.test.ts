import { describe, expect, test } from 'vitest';
import { evaluatePromotions, giftVariantIds, type PromotionCondition } from './index.ts';
import { idOf, line, promotionOf, saleOf } from './testing/sales.ts';

const shirts = idOf('shirts');
const off10 = promotionOf({ action: { type: 'percent', percent: 10 } });

describe('each action', () => {
  test('a percentage off the order is rounded once and shared to the cent', () => {
    const sale = saleOf({ lines: [line('a', 333), line('b', 333), line('c', 333)] });
    const { lines, applied } = evaluatePromotions([off10], sale);
    expect(lines.map(({ amount }) => amount)).toEqual([34, 33, 33]);
    expect(applied).toEqual([
      { promotionId: off10.id, code: null, label: off10.label, amount: 100, on: 'items' },
    ]);
    expect(lines[0]?.parts).toEqual([{ promotionId: off10.id, amount: 34 }]);
  });

  test('a percentage off some lines leaves the others alone', () => {
    const promotion = promotionOf({
      action: { type: 'percent', percent: 50, of: { categoryIds: [shirts] } },
    });
    const sale = saleOf({ lines: [line('a', 1_001, 1, { categoryIds: [shirts] }), line('b', 1_000)] });
    expect(evaluatePromotions([promotion], sale).lines.map(({ amount }) => amount)).toEqual([501, 0]);
  });

  test('an amount off the order is no more than the order, and knows its currency', () => {
    const promotion = promotionOf({ action: { type: 'amount', amounts: { USD: 5_000 } } });
    const lines = [line('a', 1_000), line('b', 3_000)];
    expect(evaluatePromotions([promotion], saleOf({ lines })).lines.map(({ amount }) => amount)).toEqual([
      1_000, 3_000,
    ]);
    expect(evaluatePromotions([promotion], saleOf({ lines, currency: 'EUR' })).applied).toEqual([]);
  });

  test('an amount off each unit is at most what the unit costs', () => {
    const promotion = promotionOf({ action: { type: 'amount', per: 'unit', amounts: { USD: 300 } } });
    const sale = saleOf({ lines: [line('a', 1_000, 3), line('b', 200, 2)] });
    expect(evaluatePromotions([promotion], sale).lines.map(({ amount }) => amount)).toEqual([900, 400]);
  });

  test('a cap holds and is shared', () => {
    const promotion = promotionOf({ action: { type: 'percent', percent: 50 }, maxAmounts: { USD: 100 } });
    const sale = saleOf({ lines: [line('a', 1_000), line('b', 3_000)] });
    expect(evaluatePromotions([promotion], sale).lines.map(({ amount }) => amount)).toEqual([25, 75]);
    expect(evaluatePromotions([promotion], saleOf({ ...sale, currency: 'EUR' })).lines[0]?.amount).toBe(500);
  });

  test('shipping is free, or reduced, never below nothing', () => {
    const free = promotionOf({ action: { type: 'shipping-percent', percent: 100 } });
    const less = promotionOf({ action: { type: 'shipping-amount', amounts: { USD: 300 } } });
    const shipping = { amount: 500, kind: 'delivery' as const };
    expect(evaluatePromotions([less], saleOf({ shipping })).shippingAmount).toBe(300);
    expect(evaluatePromotions([free, less], saleOf({ shipping })).shippingAmount).toBe(500);
  });

  test('shipping that costs nothing is not reduced again; while none is chosen, a promotion waits', () => {
    const free = promotionOf({ action: { type: 'shipping-percent', percent: 100 } });
    const shipping = { amount: 0, kind: 'delivery' as const };
    expect(evaluatePromotions([free], saleOf({ shipping })).applied).toEqual([]);
    expect(evaluatePromotions([free], saleOf({ shipping: null })).applied).toMatchObject([
      { amount: 0, on: 'shipping' },
    ]);
  });

  test('tiers: the highest that is reached, and what is missing for the next', () => {
    const promotion = promotionOf({
      action: {
        type: 'tiered',
        tiers: [
          { from: { amounts: { USD: 10_000 } }, off: { amounts: { USD: 1_000 } } },
          { from: { amounts: { USD: 20_000 } }, off: { percent: 15 } },
        ],
      },
    });
    const at = (amount: number) => evaluatePromotions([promotion], saleOf({ lines: [line('a', amount)] }));
    expect(at(9_999)).toMatchObject({ applied: [], near: [{ missingAmount: 1, missingItems: null }] });
    expect(at(10_000)).toMatchObject({ applied: [{ amount: 1_000 }], near: [{ missingAmount: 10_000 }] });
    expect(at(20_000)).toMatchObject({ applied: [{ amount: 3_000 }], near: [] });
  });

  test('tiers of units', () => {
    const promotion = promotionOf({
      action: { type: 'tiered', tiers: [{ from: { quantity: 3 }, off: { percent: 10 } }] },
    });
    const at = (units: number) =>
      evaluatePromotions([promotion], saleOf({ lines: [line('a', 1_000, units)] }));
    expect(at(2)).toMatchObject({ applied: [], near: [{ missingAmount: null, missingItems: 1 }] });
    expect(at(3)).toMatchObject({ applied: [{ amount: 300 }] });
  });

  test('a gift goes along, as many as there are, and is given once', () => {
    const variantId = idOf('gift');
    const gift = (name: string) =>
      promotionOf({ id: idOf(name), action: { type: 'free-gift', variantId, quantity: 2 } });
    const offers = (available: number) => new Map([[variantId, { unitAmount: 900, available }]]);
    const promotions = [gift('1'), gift('2')];
    expect(giftVariantIds(promotions)).toEqual([variantId]);
    const result = evaluatePromotions(promotions, saleOf({ giftOffers: offers(3) }));
    expect(result.gifts).toMatchObject([
      { quantity: 2, unitAmount: 900 },
      { quantity: 1, unitAmount: 900 },
    ]);
    expect(result.applied.map(({ on, amount }) => [on, amount])).toEqual([
      ['gift', 1_800],
      ['gift', 900],
    ]);
    expect(result.lines.every(({ amount }) => amount === 0)).toBe(true);
    expect(evaluatePromotions(promotions, saleOf({ giftOffers: offers(0) })).gifts).toEqual([]);
    expect(evaluatePromotions(promotions, saleOf()).gifts).toEqual([]);
  });
});

describe('buy X get Y', () => {
  const promotion = promotionOf({
    action: {
      type: 'buy-x-get-y',
      buy: { quantity: 2, of: { categoryIds: [shirts] } },
      get: { quantity: 1, percent: 100 },
      maxTimes: null,
    },
  });
  const inShirts = { categoryIds: [shirts] };

  test.each([
    [2, 0],
    [3, 1],
    [5, 1],
    [6, 2],
    [1_000_000, 333_333],
  ])('of %i, %i are free', (units, free) => {
    const sale = saleOf({ lines: [line('a', 100, units, inShirts)] });
    expect(evaluatePromotions([promotion], sale).lines[0]?.amount).toBe(free * 100);
  });

  test('the cheapest are free', () => {
    const sale = saleOf({
      lines: [line('a', 900, 2, inShirts), line('b', 500, 1, inShirts), line('c', 100, 1)],
    });
    expect(evaluatePromotions([promotion], sale).lines.map(({ amount }) => amount)).toEqual([0, 500, 0]);
  });

  test('one more would be free', () => {
    const sale = saleOf({ lines: [line('a', 100, 2, inShirts)] });
    expect(evaluatePromotions([promotion], sale).near).toMatchObject([{ missingItems: 1 }]);
    const one = saleOf({ lines: [line('a', 100, 1, inShirts)] });
    expect(evaluatePromotions([promotion], one).near).toMatchObject([{ missingItems: 2 }]);
  });

  test('other things, at half price, twice at most; a unit counts once', () => {
    const socks = idOf('socks');
    const half = promotionOf({
      action: {
        type: 'buy-x-get-y',
        buy: { quantity: 1, of: { categoryIds: [shirts] } },
        get: { quantity: 2, percent: 50, of: { categoryIds: [socks] } },
        maxTimes: 2,
      },
    });
    const sale = saleOf({
      lines: [line('a', 900, 5, inShirts), line('b', 200, 9, { categoryIds: [socks] })],
    });
    expect(evaluatePromotions([half], sale).lines.map(({ amount }) => amount)).toEqual([0, 400]);
    // things that count as both: with one of them there is nothing to get
    const both = { categoryIds: [shirts, socks] };
    expect(evaluatePromotions([half], saleOf({ lines: [line('a', 900, 1, both)] })).applied).toEqual([]);
    const three = evaluatePromotions([half], saleOf({ lines: [line('a', 900, 3, both)] }));
    expect(three.lines[0]?.amount).toBe(900);
  });
});

describe('conditions', () => {
  const spend = promotionOf({
    action: { type: 'shipping-percent', percent: 100 },
    conditions: [{ type: 'subtotal', min: { USD: 7_500, EUR: 7_000 } }],
  });
  const shipping = { amount: 500, kind: 'delivery' as const };

  test('what is missing is told, until it is not', () => {
    const at = (amount: number) =>
      evaluatePromotions([spend], saleOf({ lines: [line('a', amount)], shipping }));
    expect(at(6_300)).toMatchObject({
      shippingAmount: 0,
      near: [{ missingAmount: 1_200, missingItems: null, on: 'shipping', label: spend.label }],
    });
    expect(at(7_500)).toMatchObject({ shippingAmount: 500, near: [] });
  });

  test('nothing is near where shipping is free already', () => {
    const sale = saleOf({ lines: [line('a', 100)], shipping: { amount: 0, kind: 'delivery' } });
    expect(evaluatePromotions([spend], sale).near).toEqual([]);
  });

  test('what only takes more in the cart is near; what takes another shopper is not', () => {
    const group = promotionOf({
      ...spend,
      conditions: [...spend.conditions, { type: 'customer-group', groupIds: [idOf('vip')] }],
    });
    const sale = saleOf({ lines: [line('a', 100)], shipping });
    expect(evaluatePromotions([group], sale).near).toEqual([]);
    const vip = { ...sale.customer, groupIds: [idOf('vip')] };
    expect(evaluatePromotions([group], { ...sale, customer: vip }).near).toHaveLength(1);
  });

  test('who has ordered before has no first order; who is not known may', () => {
    const first = promotionOf({ ...off10, conditions: [{ type: 'first-order' }] });
    const asked = (isFirstOrder: boolean | null) => {
      const sale = saleOf();
      return evaluatePromotions([first], { ...sale, customer: { ...sale.customer, isFirstOrder } }).applied;
    };
    expect([asked(true), asked(null), asked(false)].map((applied) => applied.length)).toEqual([1, 1, 0]);
  });

  test.each<[string, PromotionCondition]>([
    ['region', { type: 'region', regionIds: [idOf('eu')] }],
    ['currency', { type: 'currency', currencies: ['EUR'] }],
    ['shipping', { type: 'shipping', kinds: ['pickup'] }],
    ['items', { type: 'items', min: 2 }],
    ['category', { type: 'category', categoryIds: [shirts] }],
  ])('%s', (_, condition) => {
    const promotion = promotionOf({ ...off10, conditions: [condition] });
    expect(evaluatePromotions([promotion], saleOf()).applied).toEqual([]);
    const fitting = saleOf({
      regionId: idOf('eu'),
      currency: 'EUR',
      shipping: { amount: 0, kind: 'pickup' },
      lines: [line('a', 1_000, 2, { categoryIds: [shirts] })],
    });
    expect(evaluatePromotions([promotion], fitting).applied).toHaveLength(1);
  });
});

describe('a code', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const coded = (parts: Parameters<typeof promotionOf>[0] = {}) =>
    promotionOf({ ...off10, trigger: 'code', codes: [{ code: 'TEN', usesLeft: null }], ...parts });
  const reasonOf = (parts: Parameters<typeof promotionOf>[0], sale = saleOf({ now, codes: ['TEN'] })) => {
    const { applied, rejected } = evaluatePromotions([coded(parts)], sale);
    expect(applied).toEqual([]);
    return rejected[0];
  };

  test('opens its promotion, and is named by it', () => {
    const result = evaluatePromotions([coded()], saleOf({ codes: ['TEN', 'TEN'] }));
    expect(result.applied).toMatchObject([{ code: 'TEN' }]);
    expect(result.rejected).toEqual([]);
    expect(evaluatePromotions([coded()], saleOf()).applied).toEqual([]);
  });

  test('that opens nothing says why', () => {
    expect(evaluatePromotions([], saleOf({ codes: ['WHAT'] })).rejected).toEqual([
      { code: 'WHAT', reason: 'unknown', data: {} },
    ]);
    expect(reasonOf({ status: 'disabled' })).toMatchObject({ reason: 'disabled' });
    expect(reasonOf({ startsAt: new Date('2026-03-02') })).toMatchObject({ reason: 'not_started' });
    expect(reasonOf({ endsAt: now })).toMatchObject({ reason: 'expired', data: { at: now } });
    expect(reasonOf({ usesLeft: 0 })).toMatchObject({ reason: 'exhausted', data: { of: 'promotion' } });
    expect(reasonOf({ usesLeftForCustomer: 0 })).toMatchObject({
      reason: 'exhausted',
      data: { of: 'customer' },
    });
    expect(reasonOf({ codes: [{ code: 'TEN', usesLeft: 0 }] })).toMatchObject({
      reason: 'exhausted',
      data: { of: 'code' },
    });
    expect(reasonOf({ conditions: [{ type: 'subtotal', min: { USD: 1_200 } }] })).toMatchObject({
      reason: 'minimum_not_met',
      data: { missingAmount: 200, missingItems: null },
    });
    expect(reasonOf({ conditions: [{ type: 'subtotal', min: { EUR: 1 } }] })).toMatchObject({
      reason: 'currency',
    });
    expect(reasonOf({ conditions: [{ type: 'region', regionIds: [idOf('eu')] }] })).toMatchObject({
      reason: 'not_for_you',
    });
    expect(
      reasonOf({ action: { type: 'percent', percent: 5, of: { categoryIds: [shirts] } } }),
    ).toMatchObject({
      reason: 'nothing_eligible',
      data: { on: 'items' },
    });
    const known = saleOf({ codes: ['TEN'] });
    const returning = { ...known, customer: { ...known.customer, isFirstOrder: false } };
    expect(reasonOf({ conditions: [{ type: 'first-order' }] }, returning)).toMatchObject({
      reason: 'first_order_only',
    });
  });

  test('a second one of the same promotion does not add to it; one that is used up gives way to it', () => {
    const codes = [
      { code: 'A', usesLeft: 0 },
      { code: 'B', usesLeft: 1 },
      { code: 'C', usesLeft: null },
    ];
    const result = evaluatePromotions([coded({ codes })], saleOf({ codes: ['A', 'B', 'C'] }));
    expect(result.applied).toMatchObject([{ code: 'B' }]);
    expect(result.rejected).toMatchObject([
      { code: 'A', reason: 'exhausted' },
      { code: 'C', reason: 'not_combinable' },
    ]);
  });

  test('whose promotion has nothing left to take is not used up for nothing', () => {
    const all = promotionOf({ id: idOf('all'), action: { type: 'percent', percent: 100 }, priority: 5 });
    const result = evaluatePromotions([all, coded()], saleOf({ codes: ['TEN'] }));
    expect(result.applied).toHaveLength(1);
    expect(result.rejected).toMatchObject([{ code: 'TEN', reason: 'nothing_eligible' }]);
  });
});

describe('stacking', () => {
  const lines = [line('a', 10_000)];
  const percent = (name: string, percent: number, parts: Parameters<typeof promotionOf>[0] = {}) =>
    promotionOf({ id: idOf(name), label: name, action: { type: 'percent', percent }, ...parts });
  const paid = (...promotions: ReturnType<typeof promotionOf>[]) =>
    10_000 - (evaluatePromotions(promotions, saleOf({ lines })).lines[0]?.amount ?? 0);

  test('percentages of what is left, or of the undiscounted price', () => {
    expect(paid(percent('1', 10), percent('2', 20))).toBe(7_200);
    const base = 'original';
    expect(paid(percent('1', 10, { base }), percent('2', 20, { base }))).toBe(7_000);
    expect(paid(percent('1', 70, { base }), percent('2', 60, { base }))).toBe(0);
  });

  test('the higher priority goes first', () => {
    const fixed = (priority: number) =>
      promotionOf({ id: idOf('f'), action: { type: 'amount', amounts: { USD: 1_000 } }, priority });
    expect(paid(fixed(1), percent('p', 50))).toBe(4_500);
    expect(paid(fixed(-1), percent('p', 50))).toBe(4_000);
  });

  test('lines come before the order, whatever the priority; sums shared among some lines in between', () => {
    const order = percent('order', 50, { priority: 9 });
    const some = { of: { categoryIds: [shirts] } };
    const sharedSum = promotionOf({
      id: idOf('shared'),
      label: 'shared',
      priority: 5,
      action: { type: 'amount', amounts: { USD: 1_000 }, ...some },
    });
    const ofLine = promotionOf({
      id: idOf('line'),
      label: 'line',
      action: { type: 'percent', percent: 50, ...some },
    });
    const sale = saleOf({ lines: [line('a', 10_000, 1, { categoryIds: [shirts] })] });
    const { applied } = evaluatePromotions([order, sharedSum, ofLine], sale);
    expect(applied.map(({ label, amount }) => [label, amount])).toEqual([
      ['line', 5_000],
      ['shared', 1_000],
      ['order', 2_000],
    ]);
  });

  test('an exclusive one applies alone, and only where that is better', () => {
    const alone = percent('alone', 25, { isExclusive: true });
    expect(paid(alone, percent('1', 10), percent('2', 10))).toBe(7_500);
    expect(paid(alone, percent('1', 20), percent('2', 10))).toBe(7_200);
    const code = percent('code', 15, {
      isExclusive: true,
      trigger: 'code',
      codes: [{ code: 'X', usesLeft: null }],
    });
    expect(evaluatePromotions([code, percent('1', 20)], saleOf({ lines, codes: ['X'] }))).toMatchObject({
      applied: [{ label: '1' }],
      rejected: [{ code: 'X', reason: 'not_combinable', data: { with: ['1'] } }],
    });
  });

  test('of a group the best applies, where it matters: beside the others', () => {
    const group = 'welcome';
    const ten = percent('ten', 10, { group });
    const eight = promotionOf({
      id: idOf('8'),
      label: 'eight',
      group,
      action: { type: 'amount', amounts: { USD: 800 } },
    });
    expect(paid(ten, eight)).toBe(9_000);
    // half is taken off first: ten percent of the rest are less than eight dollars
    expect(paid(percent('half', 50, { priority: 9 }), ten, eight)).toBe(4_200);
  });
});
