import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumAmounts } from '../kernel/index.ts';
import { computeTax } from './compute-tax.ts';
import type { TaxRule } from './model.ts';

const rule = (ratePpm: number, more: Partial<TaxRule> = {}): TaxRule => ({
  ...{ jurisdiction: 'DE', name: 'VAT', taxClass: 'standard', ratePpm, shipping: 'goods' },
  ...more,
});
const germany = [rule(190_000), rule(70_000, { taxClass: 'reduced' })];
const newYork = [
  rule(40_000, { jurisdiction: 'US-NY', name: 'Sales tax (NY)', shipping: 'always' }),
  rule(45_000, { jurisdiction: 'US-NY-NYC', name: 'New York City sales tax', shipping: 'always' }),
  rule(3_750, { jurisdiction: 'US-NY-MCTD', name: 'Commuter District', shipping: 'none' }),
];

const line = (key: string, amount: number, taxClass = 'standard') => ({
  key,
  sku: key,
  taxClass,
  amount,
  quantity: 1,
});
const sale = (
  lines: ReturnType<typeof line>[],
  more: { shippingAmount?: number; included?: boolean } = {},
) => ({
  lines,
  shippingAmount: more.shippingAmount ?? 0,
  pricesIncludeTax: more.included ?? false,
});

describe('tax on top', () => {
  test('is rounded once a rate, and its parts add up', () => {
    const tax = computeTax(sale([line('a', 333), line('b', 333), line('c', 333)]), [rule(72_500)]);
    expect(tax.total).toBe(72);
    expect(tax.lines.map(({ amount }) => amount)).toEqual([24, 24, 24]);
    expect(tax.lines[0]?.ratePpm).toBe(72_500);
  });

  test('of several jurisdictions is summed and explained', () => {
    const tax = computeTax(sale([line('a', 10_000)], { shippingAmount: 1_000 }), newYork);
    expect(tax).toMatchObject({ total: 973, shippingAmount: 85, shippingRatePpm: 85_000 });
    expect(tax.breakdown).toEqual([
      { name: 'Sales tax (NY)', ratePpm: 40_000, amount: 440 },
      { name: 'New York City sales tax', ratePpm: 45_000, amount: 495 },
      { name: 'Commuter District', ratePpm: 3_750, amount: 38 },
    ]);
  });

  test('is nothing where no rule holds, and on what is exempt', () => {
    expect(computeTax(sale([line('a', 500)], { shippingAmount: 500 }), [])).toMatchObject({
      total: 0,
      breakdown: [],
    });
    expect(computeTax(sale([line('a', 500, 'exempt')]), germany).total).toBe(0);
  });
});

describe('tax in the price', () => {
  test('leaves the gross and takes gross minus net', () => {
    const tax = computeTax(sale([line('a', 11_900)], { included: true }), germany);
    expect(tax).toMatchObject({ total: 1_900, isIncluded: true });
    expect(computeTax(sale([line('a', 999)], { included: true }), germany).total).toBe(160);
  });

  test('shipping shares the rates of the goods by their sums', () => {
    const tax = computeTax(
      sale([line('lamp', 7_500), line('book', 2_500, 'reduced')], { included: true, shippingAmount: 1_000 }),
      germany,
    );
    expect(tax.lines.map(({ ratePpm }) => ratePpm)).toEqual([190_000, 70_000]);
    // 82.50 gross at 19 %, 27.50 at 7 %
    expect(tax.breakdown.map(({ amount }) => amount)).toEqual([1_317, 180]);
    expect(tax.shippingRatePpm).toBe(160_000);
  });

  test('a class that a country has not is taxed as standard; a free parcel’s shipping as well', () => {
    expect(computeTax(sale([line('a', 119, 'super_reduced')], { included: true }), germany).total).toBe(19);
    expect(computeTax(sale([line('a', 0)], { included: true, shippingAmount: 119 }), germany).total).toBe(19);
  });
});

describe('whatever the sale', () => {
  const amounts = fc.integer({ min: 0, max: 50_000_000 });
  const classes = fc.constantFrom('standard', 'reduced', 'exempt', 'unheard-of');
  const sales = fc.record({
    lines: fc
      .array(fc.tuple(amounts, classes), { maxLength: 12 })
      .map((drawn) => drawn.map(([amount, taxClass], index) => line(`l${index}`, amount, taxClass))),
    shippingAmount: amounts,
    pricesIncludeTax: fc.boolean(),
  });
  const ratePpm = fc.integer({ min: 0, max: 300_000 });
  const rules = fc.array(
    fc.record({
      jurisdiction: fc.constantFrom('A', 'B', 'C'),
      taxClass: fc.constantFrom('standard', 'reduced'),
      ratePpm,
      shipping: fc.constantFrom<TaxRule['shipping']>('none', 'always', 'goods'),
    }),
    { maxLength: 6 },
  );
  const distinct = (drawn: readonly Omit<TaxRule, 'name'>[]): TaxRule[] => [
    ...new Map(
      drawn.map((one) => [`${one.jurisdiction}${one.taxClass}`, { ...one, name: `Tax ${one.jurisdiction}` }]),
    ).values(),
  ];

  test('lines, shipping and breakdown add up to the total, and nothing is negative', () => {
    fc.assert(
      fc.property(sales, rules, (drawn, drawnRules) => {
        const tax = computeTax(drawn, distinct(drawnRules));
        const amountsOf = (rows: readonly { amount: number }[]) => rows.map(({ amount }) => amount);
        expect(sumAmounts([...amountsOf(tax.lines), tax.shippingAmount])).toBe(tax.total);
        expect(sumAmounts(amountsOf(tax.breakdown))).toBe(tax.total);
        expect(Math.min(0, ...amountsOf(tax.lines), tax.shippingAmount, ...amountsOf(tax.breakdown))).toBe(0);
        if (drawn.pricesIncludeTax) {
          expect(tax.lines.every(({ amount }, index) => amount <= (drawn.lines[index]?.amount ?? 0))).toBe(
            true,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the order of the lines changes nothing', () => {
    fc.assert(
      fc.property(sales, rules, fc.infiniteStream(fc.nat()), (drawn, drawnRules, random) => {
        const shuffled = drawn.lines
          .map((one) => ({ one, at: random.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const byKey = (tax: ReturnType<typeof computeTax>) => ({
          ...tax,
          lines: tax.lines.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        });
        expect(byKey(computeTax({ ...drawn, lines: shuffled }, distinct(drawnRules)))).toEqual(
          byKey(computeTax(drawn, distinct(drawnRules))),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('at one rate the tax is exactly that share, rounded half up once', () => {
    fc.assert(
      fc.property(sales, ratePpm, (drawn, only) => {
        const lines = drawn.lines.map((one) => ({ ...one, taxClass: 'standard' }));
        const { total } = computeTax({ ...drawn, lines }, [rule(only)]);
        const sum = BigInt(sumAmounts([...lines.map(({ amount }) => amount), drawn.shippingAmount]));
        const million = 1_000_000n;
        // twice the distance to the exact tax, in units of the divisor, is at most the divisor
        const divisor = drawn.pricesIncludeTax ? million + BigInt(only) : million;
        const off = 2n * (BigInt(total) * divisor - sum * BigInt(only));
        expect(off <= divisor && off >= -divisor).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
