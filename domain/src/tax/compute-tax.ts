import { allocate, RATE_SCALE, shareOf, sumAmounts } from '../kernel/index.ts';
import type { TaxableSale, TaxQuote, TaxRule } from './model.ts';

/** The rates that something is taxed at, one of each jurisdiction. */
type Rates = readonly Pick<TaxRule, 'jurisdiction' | 'name' | 'ratePpm'>[];

/** Something to tax at one combination of rates: a line, or what of the shipping shares its rates. */
interface Part {
  readonly key: string;
  readonly isShipping: boolean;
  readonly rates: Rates;
  readonly amount: number;
}

const sumOfRates = (rates: Rates) => sumAmounts(rates.map((rate) => rate.ratePpm));

/**
 * Works tax out by rules, of which there is at most one for a jurisdiction and class. The tax of all that has the same rates is rounded
 * once, half up, on its sum, and split over its parts by largest remainder; so the order of the lines does not matter, and what an
 * invoice shows for a rate is that rate of what it shows as net. With tax in the prices the gross sums stay as they are.
 */
export function computeTax(
  sale: Pick<TaxableSale, 'lines' | 'shippingAmount' | 'pricesIncludeTax'>,
  rules: readonly TaxRule[],
): Omit<TaxQuote, 'source'> {
  const lines = sale.lines.map(
    (line): Part => ({
      key: line.key,
      isShipping: false,
      rates: ratesOf(rules, line.taxClass),
      amount: line.amount,
    }),
  );
  const parts = [...lines, ...shippingParts(lines, sale.shippingAmount, rules)];
  const taxes = new Map<Part, number>();
  const breakdown = new Map<string, TaxQuote['breakdown'][number]>();
  for (const group of groupsByRates(parts)) {
    const tax = taxOn(sumAmounts(group.map((part) => part.amount)), sumOfRates(ratesOfGroup(group)), sale);
    const amounts = allocate(
      tax,
      group.map((part) => part.amount),
    );
    group.forEach((part, place) => {
      taxes.set(part, amounts[place] ?? 0);
    });
    explain(breakdown, ratesOfGroup(group), tax);
  }
  const taxOfPart = (part: Part) => taxes.get(part) ?? 0;
  const shippingTax = sumAmounts(parts.filter((part) => part.isShipping).map(taxOfPart));
  return {
    lines: lines.map((line) => ({
      key: line.key,
      ratePpm: sumOfRates(line.rates),
      amount: taxOfPart(line),
    })),
    shippingAmount: shippingTax,
    shippingRatePpm: shippingRate(parts, sale.shippingAmount),
    total: sumAmounts([...taxes.values()]),
    breakdown: [...breakdown.values()].filter((row) => row.amount > 0),
    isIncluded: sale.pricesIncludeTax,
  };
}

/** The tax on an amount, which contains it or does not. */
function taxOn(amount: number, ratePpm: number, sale: { pricesIncludeTax: boolean }): number {
  return sale.pricesIncludeTax ? amount - netOf(amount, ratePpm) : shareOf(amount, ratePpm);
}

/** What is left of a gross amount without the tax in it, rounded half up. @param gross zero or more */
function netOf(gross: number, ratePpm: number): number {
  const whole = BigInt(RATE_SCALE + ratePpm);
  return Number((BigInt(gross) * BigInt(RATE_SCALE) * 2n + whole) / (whole * 2n));
}

/** The rates of a class: where a jurisdiction has none for it, its standard one; what is exempt has none anywhere. */
function ratesOf(rules: readonly TaxRule[], taxClass: string): Rates {
  if (taxClass === 'exempt') return [];
  return jurisdictionsOf(rules).flatMap((jurisdiction) => {
    const own = rules.filter((rule) => rule.jurisdiction === jurisdiction);
    const rule =
      own.find((candidate) => candidate.taxClass === taxClass) ??
      own.find((candidate) => candidate.taxClass === 'standard');
    return rule ? [rateOf(rule)] : [];
  });
}

const rateOf = ({ jurisdiction, name, ratePpm }: TaxRule) => ({ jurisdiction, name, ratePpm });

const jurisdictionsOf = (rules: readonly TaxRule[]) => [...new Set(rules.map((rule) => rule.jurisdiction))];

/**
 * Shipping in parts of equal rates. Where it is taxed as the goods are, it is split as their sums are; with no goods to go by, or none
 * that cost anything, it is taxed as standard.
 */
function shippingParts(lines: readonly Part[], amount: number, rules: readonly TaxRule[]): Part[] {
  if (amount === 0) return [];
  const standard = rules.filter((rule) => rule.taxClass === 'standard');
  const fixed = standard.filter((rule) => rule.shipping === 'always').map(rateOf);
  const asGoods = new Set(
    standard.filter((rule) => rule.shipping === 'goods').map((rule) => rule.jurisdiction),
  );
  const part = (key: string, rates: Rates, share: number): Part => ({
    key,
    isShipping: true,
    rates,
    amount: share,
  });
  if (asGoods.size === 0) return [part('', fixed, amount)];
  const rateOfGoods = (rates: Rates) => [...fixed, ...rates.filter((rate) => asGoods.has(rate.jurisdiction))];
  const groups = groupsByRates(lines.filter((line) => line.amount > 0));
  if (groups.length === 0) return [part('', rateOfGoods(ratesOf(rules, 'standard')), amount)];
  const shares = allocate(
    amount,
    groups.map((group) => sumAmounts(group.map((line) => line.amount))),
  );
  return groups.map((group, index) => part(`${index}`, rateOfGoods(ratesOfGroup(group)), shares[index] ?? 0));
}

const ratesOfGroup = (group: readonly Part[]): Rates => group[0]?.rates ?? [];

/** Parts by what they are taxed at, in an order that theirs has no part in. */
function groupsByRates(parts: readonly Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts.toSorted((a, b) => compare(sortKey(a), sortKey(b)))) {
    const key = JSON.stringify(part.rates);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.entries()].toSorted(([a], [b]) => compare(a, b)).map(([, group]) => group);
}

const sortKey = (part: Part) => `${part.isShipping ? 1 : 0}${part.key}`;
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Adds what each jurisdiction gets of a tax to the breakdown. */
function explain(breakdown: Map<string, TaxQuote['breakdown'][number]>, rates: Rates, tax: number): void {
  if (rates.length === 0) return;
  const amounts = allocate(
    tax,
    rates.map((rate) => rate.ratePpm),
  );
  rates.forEach(({ name, ratePpm }, index) => {
    const key = JSON.stringify([name, ratePpm]);
    const before = breakdown.get(key)?.amount ?? 0;
    breakdown.set(key, { name, ratePpm, amount: before + (amounts[index] ?? 0) });
  });
}

/** The rate of the shipping; of its parts, each by its weight. */
function shippingRate(parts: readonly Part[], amount: number): number {
  if (amount === 0) return 0;
  const weighted = parts
    .filter((part) => part.isShipping)
    .map((part) => BigInt(part.amount) * BigInt(sumOfRates(part.rates)));
  const sum = weighted.reduce((total, next) => total + next, 0n);
  return Number((sum * 2n + BigInt(amount)) / (BigInt(amount) * 2n));
}
