import type { Context } from '../kernel/index.ts';
import { computeTax } from './compute-tax.ts';
import type { TaxableSale, TaxQuote } from './model.ts';
import { rulesAt } from './tax-rules.ts';

/** The tax on a sale. */
export async function taxOf(ctx: Context, sale: TaxableSale): Promise<TaxQuote> {
  return tableTax(ctx, sale);
}

/** The tax by the shop's own tables. One statement. */
export async function tableTax(ctx: Context, sale: TaxableSale): Promise<TaxQuote> {
  const rules = await rulesAt(ctx, sale.destination, sale.at);
  return { ...computeTax(sale, rules), source: 'table' };
}
