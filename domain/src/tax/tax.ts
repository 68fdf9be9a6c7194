import { allocate, type Context, shareOf, sumAmounts } from '../kernel/index.ts';

/** Something that is taxed: a line after its discounts, in minor units. */
export interface TaxableLine {
  readonly taxClass: string;
  readonly amount: number;
}

export interface FlatTaxQuote {
  /** What a shopper reads: `Sales tax (CA)`; null where nothing is charged. */
  readonly name: string | null;
  /** One a line, in the order given. */
  readonly lines: readonly { readonly ratePpm: number; readonly amount: number }[];
  readonly shippingAmount: number;
  readonly total: number;
}

/**
 * The tax on a sale by the flat table of states: prices are without tax. Each rate is applied to the sum of its lines,
 * rounded half up once, and split over them by largest remainder, so that the lines add up to what the sum owes. One statement.
 */
export async function quoteTax(
  ctx: Context,
  sale: {
    country: string;
    region: string;
    lines: readonly TaxableLine[];
    shippingAmount: number;
  },
): Promise<FlatTaxQuote> {
  const rates = await ctx.db
    .selectFrom('tax_rates')
    .select(['name', 'rate_ppm', 'tax_class', 'taxes_shipping', 'region'])
    .where('country', '=', sale.country)
    .where('region', 'in', [sale.region, ''])
    .execute();
  const rateOf = (taxClass: string) =>
    rates.find((rate) => rate.tax_class === taxClass && rate.region === sale.region) ??
    rates.find((rate) => rate.tax_class === taxClass && rate.region === '');
  const amounts = sale.lines.map(() => 0);
  const ratePpms = sale.lines.map((line) => rateOf(line.taxClass)?.rate_ppm ?? 0);
  for (const ratePpm of new Set(ratePpms)) {
    const members = [...sale.lines.keys()].filter((index) => ratePpms[index] === ratePpm);
    const weights = members.map((index) => sale.lines[index]?.amount ?? 0);
    const parts = allocate(shareOf(sumAmounts(weights), ratePpm), weights);
    members.forEach((index, place) => {
      amounts[index] = parts[place] ?? 0;
    });
  }
  const standard = rateOf('standard');
  const shippingTax = standard?.taxes_shipping ? shareOf(sale.shippingAmount, standard.rate_ppm) : 0;
  const total = sumAmounts([...amounts, shippingTax]);
  return {
    name: total > 0 ? (standard?.name ?? 'Tax') : null,
    lines: amounts.map((amount, index) => ({ ratePpm: ratePpms[index] ?? 0, amount })),
    shippingAmount: shippingTax,
    total,
  };
}
