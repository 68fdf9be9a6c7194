import type { Context } from '../kernel/index.ts';
import { quoteByAvalara } from './avalara/quote-by-avalara.ts';
import { computeTax } from './compute-tax.ts';
import type { TaxableSale, TaxQuote } from './model.ts';
import { rulesAt } from './tax-rules.ts';

/**
 * The tax on a sale: by Avalara where that is on and answers, else by the shop's own tables; `source` tells which. It may call out, so
 * never ask within a transaction. One statement at most.
 */
export async function taxOf(ctx: Context, sale: TaxableSale): Promise<TaxQuote> {
  return (await quoteByAvalara(ctx, sale)) ?? tableTax(ctx, sale);
}

/** The tax by the shop's own tables. One statement. */
async function tableTax(ctx: Context, sale: TaxableSale): Promise<TaxQuote> {
  const rules = await rulesAt(ctx, sale.destination, sale.at);
  return { ...computeTax(sale, rules), source: 'table' };
}
