import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyCodes, sumAmounts } from '../kernel/index.ts';
import {
  evaluatePromotions,
  type Promotion,
  type PromotionCondition,
  type PromotionResult,
  type PromotionSale,
} from './index.ts';
import { idOf, line, promotionOf, saleOf } from './testing/sales.ts';

/*
 * Random shops against the rules that model.ts states. Few lines and few categories, so that promotions meet; prices from nothing to
 * very much, so that rounding shows.
 */
const categories = ['hats', 'shoes', 'coats'].map(idOf);
const gift = idOf('gift');

const price = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 50_000_00 }));
const quantity = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 1_000_000 }));
const saleLine = fc.record({
  unitAmount: price,
  quantity,
  categoryIds: fc.subarray(categories),
});
const sale: fc.Arbitrary<PromotionSale> = fc
  .record({
    lines: fc.array(saleLine, { maxLength: 8 }),
    currency: fc.constantFrom(...currencyCodes),
    shipping: fc.option(
      fc.record({ amount: price, kind: fc.constantFrom('delivery' as const, 'pickup' as const) }),
    ),
    available: fc.integer({ min: 0, max: 3 }),
    codes: fc.subarray(['A', 'B', 'NONE']),
  })
  .map(({ lines, available, ...rest }) =>
    saleOf({
      ...rest,
      lines: lines.map((parts, index) => line(String(index), parts.unitAmount, parts.quantity, parts)),
      giftOffers: new Map([[gift, { unitAmount: 700, available }]]),
    }),
  );

const percent = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0.0001, 12.5, 33.3333));
const amounts = price.map((amount) => ({ USD: amount + 1, EUR: amount + 2 }));
const of = fc.option(
  fc.subarray(categories, { minLength: 1 }).map((categoryIds) => ({ categoryIds })),
  { nil: undefined },
);
const some = fc.subarray(categories, { minLength: 1 }).map((categoryIds) => ({ categoryIds }));
const few = fc.integer({ min: 1, max: 3 });

type Action = NonNullable<NonNullable<Parameters<typeof promotionOf>[0]>['action']>;
const scoped = <T extends object>(parts: T, target: { categoryIds: string[] } | undefined) =>
  target === undefined ? parts : { ...parts, of: target };

const offLines: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ percent, of: some }).map((parts) => ({ type: 'percent' as const, ...parts })),
  fc
    .tuple(amounts, of)
    .map(([sums, target]) =>
      scoped({ type: 'amount' as const, per: 'unit' as const, amounts: sums }, target),
    ),
  fc.tuple(few, few, percent, of, of, fc.option(few)).map(([x, y, share, buy, get, maxTimes]) => ({
    type: 'buy-x-get-y' as const,
    buy: scoped({ quantity: x }, buy),
    get: scoped({ quantity: y, percent: share }, get),
    maxTimes,
  })),
);
const offOrder: fc.Arbitrary<Action> = fc.oneof(
  percent.map((share) => ({ type: 'percent' as const, percent: share })),
  amounts.map((sums) => ({ type: 'amount' as const, amounts: sums })),
  fc.tuple(few, percent).map(([from, share]) => ({
    type: 'tiered' as const,
    tiers: [
      { from: { quantity: from }, off: { percent: share } },
      { from: { quantity: from * 10 }, off: { amounts: { USD: 5_000, EUR: 4_500 } } },
    ],
  })),
);
const shared: fc.Arbitrary<Action> = fc
  .record({ amounts, of: some })
  .map((parts) => ({ type: 'amount' as const, ...parts }));
const offShipping: fc.Arbitrary<Action> = fc.oneof(
  percent.map((share) => ({ type: 'shipping-percent' as const, percent: share })),
  amounts.map((sums) => ({ type: 'shipping-amount' as const, amounts: sums })),
);
const present: fc.Arbitrary<Action> = few.map((units) => ({
  type: 'free-gift' as const,
  variantId: gift,
  quantity: units,
}));
const anyAction = fc.oneof(offLines, offOrder, shared, offShipping, present);

const conditions = fc.array(
  fc.oneof(
    amounts.map((min) => ({ type: 'subtotal' as const, min })),
    few.map((min) => ({ type: 'items' as const, min })),
    fc.constant<PromotionCondition>({ type: 'first-order' }),
    fc.constant<PromotionCondition>({ type: 'shipping', kinds: ['delivery'] }),
  ),
  { maxLength: 1 },
);

interface Kind {
  action?: fc.Arbitrary<Action>;
  isExclusive?: fc.Arbitrary<boolean>;
  group?: fc.Arbitrary<string | null>;
  base?: fc.Arbitrary<'original' | 'remaining'>;
  trigger?: fc.Arbitrary<'automatic' | 'code'>;
  maxAmounts?: fc.Arbitrary<Promotion['maxAmounts']>;
}

function promotions(kind: Kind = {}, maxLength = 6): fc.Arbitrary<Promotion[]> {
  const parts = fc.record({
    action: kind.action ?? anyAction,
    conditions,
    priority: fc.integer({ min: 0, max: 2 }),
    isExclusive: kind.isExclusive ?? fc.boolean(),
    group: kind.group ?? fc.constantFrom(null, null, 'g', 'h'),
    base: kind.base ?? fc.constantFrom('original' as const, 'remaining' as const),
    trigger: kind.trigger ?? fc.constantFrom('automatic' as const, 'code' as const),
    maxAmounts: kind.maxAmounts ?? fc.constantFrom({}, {}, { USD: 500, EUR: 7 }),
  });
  return fc.array(parts, { maxLength }).map((all) =>
    all.map((one, index) =>
      promotionOf({
        ...one,
        id: idOf(`${index}`),
        label: `${index}`,
        codes: one.trigger === 'code' ? [{ code: index % 2 ? 'A' : `B`, usesLeft: null }] : [],
      }),
    ),
  );
}

const combining: Kind = {
  isExclusive: fc.constant(false),
  group: fc.constant(null),
  trigger: fc.constant('automatic'),
};

function paidFor({ lines, shipping }: PromotionSale, result: PromotionResult): number {
  const items = sumAmounts(lines.map(({ unitAmount, quantity: units }) => unitAmount * units));
  const off = sumAmounts(result.lines.map(({ amount }) => amount));
  return items - off + (shipping?.amount ?? 0) - result.shippingAmount;
}

const runs = { numRuns: 1_500 };

test('no line and no shipping below zero; parts and explanations add up to the cent', () => {
  fc.assert(
    fc.property(sale, promotions(), (at, all) => {
      const result = evaluatePromotions(all, at);
      const off = (on: string) =>
        sumAmounts(result.applied.filter((one) => one.on === on).map(({ amount }) => amount));
      result.lines.forEach((reduced, index) => {
        const { key, unitAmount, quantity: units } = at.lines[index] ?? line('', 0);
        expect(reduced.key).toBe(key);
        expect(reduced.amount).toBe(sumAmounts(reduced.parts.map(({ amount }) => amount)));
        expect(reduced.parts.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0)).toBe(true);
        expect(reduced.amount).toBeLessThanOrEqual(unitAmount * units);
      });
      expect(off('items')).toBe(sumAmounts(result.lines.map(({ amount }) => amount)));
      expect(off('shipping')).toBe(result.shippingAmount);
      expect(result.shippingAmount).toBeLessThanOrEqual(at.shipping?.amount ?? 0);
      expect(off('gift')).toBe(sumAmounts(result.gifts.map((one) => one.unitAmount * one.quantity)));
      const given = sumAmounts(result.gifts.map((one) => one.quantity));
      expect(given).toBeLessThanOrEqual(at.giftOffers.get(gift)?.available ?? 0);
      expect(paidFor(at, result)).toBeGreaterThanOrEqual(0);
    }),
    runs,
  );
});

test('caps hold', () => {
  fc.assert(
    fc.property(sale, promotions(), (at, all) => {
      const result = evaluatePromotions(all, at);
      for (const { promotionId, amount, on } of result.applied) {
        const cap = all.find(({ id }) => id === promotionId)?.maxAmounts[at.currency];
        if (cap !== undefined && on !== 'gift') expect(amount).toBeLessThanOrEqual(cap);
      }
    }),
    runs,
  );
});

test('the order in which promotions are handed over never matters', () => {
  fc.assert(
    fc.property(
      sale,
      promotions().chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      (at, [all, shuffled]) => {
        expect(evaluatePromotions(shuffled, at)).toEqual(evaluatePromotions(all, at));
      },
    ),
    runs,
  );
});

test.each<[string, Kind]>([
  [
    'off lines, all of undiscounted prices and without caps',
    { ...combining, action: offLines, base: fc.constant('original'), maxAmounts: fc.constant({}) },
  ],
  [
    'off the order, all of undiscounted prices',
    { ...combining, action: offOrder, base: fc.constant('original') },
  ],
  [
    'fixed amounts off the order, whatever their base',
    { ...combining, action: amounts.map((sums) => ({ type: 'amount' as const, amounts: sums })) },
  ],
])('priorities do not matter for the sum of promotions %s', (_, kind) => {
  fc.assert(
    fc.property(
      sale,
      promotions(kind).chain((all) =>
        fc.tuple(fc.constant(all), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: all.length })),
      ),
      (at, [all, priorities]) => {
        const other = all.map((one, index) => ({
          ...one,
          stacking: { ...one.stacking, priority: priorities[index] ?? 0 },
        }));
        const [before, after] = [all, other].map((each) => paidFor(at, evaluatePromotions(each, at)));
        expect(after).toBe(before);
      },
    ),
    runs,
  );
});

test('one more that is automatic and combines never makes a shopper pay more', () => {
  // at most one sum that is shared among some lines, and one group: see model.ts
  const others = fc.tuple(
    promotions({
      action: fc.oneof(offLines, offOrder, offShipping, present),
      maxAmounts: fc.constant({}),
      group: fc.constantFrom(null, 'g'),
    }),
    promotions({ ...combining, action: shared }, 1).map((all) =>
      all.map((one) => ({ ...one, id: idOf('shared') })),
    ),
  );
  const more = promotions(
    { ...combining, action: fc.oneof(offLines, offOrder, offShipping, present), maxAmounts: fc.constant({}) },
    1,
  ).map((all) => all.map((one) => ({ ...one, id: idOf('more') })));
  fc.assert(
    fc.property(sale, others, more, (at, [some, sums], one) => {
      const before = paidFor(at, evaluatePromotions([...some, ...sums], at));
      const after = paidFor(at, evaluatePromotions([...some, ...sums, ...one], at));
      expect(after).toBeLessThanOrEqual(before);
    }),
    { numRuns: 4_000 },
  );
});

test('no other way of choosing would be cheaper: with one group, among all ways', () => {
  const kind = { ...combining, isExclusive: fc.boolean(), group: fc.constantFrom(null, 'g') };
  fc.assert(
    fc.property(sale, promotions(kind), (at, all) => {
      const free = (one: Promotion): Promotion => ({
        ...one,
        stacking: { ...one.stacking, isExclusive: false, group: null },
      });
      const alone = all.filter(({ stacking }) => stacking.isExclusive);
      const together = all.filter(({ stacking }) => !stacking.isExclusive && stacking.group === null);
      const group = all.filter(({ stacking }) => !stacking.isExclusive && stacking.group !== null);
      const ways = [
        ...alone.map((one) => [one]),
        ...(group.length > 0 ? group.map((one) => [...together, one]) : [together]),
      ];
      const cheapest = Math.min(...ways.map((way) => paidFor(at, evaluatePromotions(way.map(free), at))));
      expect(paidFor(at, evaluatePromotions(all, at))).toBe(cheapest);
    }),
    runs,
  );
});

test('“buy X get Y” reduces as many units as any choice of bought and got units would', () => {
  const units = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(units, units, units, few, few, (onlyBuy, either, onlyGet, x, y) => {
      const [buy = '', get = ''] = categories;
      const promotion = promotionOf({
        action: {
          type: 'buy-x-get-y',
          buy: { quantity: x, of: { categoryIds: [buy] } },
          get: { quantity: y, of: { categoryIds: [get] } },
        },
      });
      const lines = [
        { key: 'buy', count: onlyBuy, categoryIds: [buy] },
        { key: 'either', count: either, categoryIds: [buy, get] },
        { key: 'get', count: onlyGet, categoryIds: [get] },
      ].flatMap(({ key, count, categoryIds }) => (count > 0 ? [line(key, 1, count, { categoryIds })] : []));
      const { lines: reduced } = evaluatePromotions([promotion], saleOf({ lines }));
      let most = 0;
      for (let got = 0; got <= either; got += 1) {
        const times = Math.floor((onlyBuy + either - got) / x);
        most = Math.max(most, Math.min(times * y, onlyGet + got));
      }
      expect(sumAmounts(reduced.map(({ amount }) => amount))).toBe(most);
    }),
    runs,
  );
});
