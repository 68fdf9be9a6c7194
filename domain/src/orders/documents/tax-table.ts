import { allocate, sumAmounts } from '../../kernel/index.ts';
import type { OrderView } from '../model.ts';

/** What is taxed by one rate. Amounts in minor units. */
export interface TaxRow {
  /** Null for what is not taxed. */
  readonly name: string | null;
  /** Null where it is not known. */
  readonly ratePpm: number | null;
  /** What it is reckoned from, without it; null where several taxes are reckoned from one sum. */
  readonly netAmount: number | null;
  readonly taxAmount: number;
}

type Taxed = Pick<OrderView, 'lines' | 'taxes' | 'tax' | 'shipping' | 'pricesIncludeTax'>;

/**
 * What an order is taxed by, rate for rate, as an invoice has to tell it. Where each line has one of the rates (VAT), what they are
 * reckoned from and the taxes add up to the total to the cent. Where taxes of several places add up on one line (US sales tax), the sums
 * that they are reckoned from are left out.
 */
export function taxTable(order: Taxed): TaxRow[] {
  const named = order.taxes.filter((tax) => tax.amount.amount > 0);
  if (named.length === 0) return order.tax.amount === 0 ? [] : [unnamed(order)];
  const rates = new Set(named.map((tax) => tax.ratePpm));
  const isOneRateALine =
    rates.size === named.length &&
    order.lines.every((line) => line.taxRatePpm === 0 || line.tax.amount === 0 || rates.has(line.taxRatePpm));
  if (!isOneRateALine) {
    return named.map(({ name, ratePpm, amount }) => ({
      name,
      ratePpm,
      netAmount: null,
      taxAmount: amount.amount,
    }));
  }
  return withNets(order, named);
}

function unnamed(order: Taxed): TaxRow {
  return { name: null, ratePpm: null, netAmount: null, taxAmount: order.tax.amount };
}

function withNets(order: Taxed, named: Taxed['taxes']): TaxRow[] {
  const netOf = (line: OrderView['lines'][number]) =>
    line.total.amount - (order.pricesIncludeTax ? line.tax.amount : 0);
  const linesAt = (ratePpm: number) =>
    order.lines.filter((line) => line.tax.amount > 0 && line.taxRatePpm === ratePpm);
  // what the lines do not explain is the tax on shipping
  const shippingTaxes = named.map(
    (tax) => tax.amount.amount - sumAmounts(linesAt(tax.ratePpm).map((line) => line.tax.amount)),
  );
  const shippingTax = sumAmounts(shippingTaxes);
  const shippingNet = order.shipping.amount - (order.pricesIncludeTax ? shippingTax : 0);
  const weights = shippingTaxes.map((amount, index) =>
    Math.max(0, Math.round((amount * 1_000_000) / (named[index]?.ratePpm || 1))),
  );
  const isShippingTaxed = weights.some((weight) => weight > 0);
  const parts = isShippingTaxed ? allocate(shippingNet, weights) : named.map(() => 0);
  const taxed = named.map(({ name, ratePpm, amount }, index) => ({
    name,
    ratePpm,
    netAmount: sumAmounts(linesAt(ratePpm).map(netOf)) + (parts[index] ?? 0),
    taxAmount: amount.amount,
  }));
  const untaxedLines = order.lines.filter((line) => line.tax.amount === 0);
  const untaxed = sumAmounts(untaxedLines.map(netOf)) + (isShippingTaxed ? 0 : shippingNet);
  return untaxed === 0 ? taxed : [...taxed, { name: null, ratePpm: 0, netAmount: untaxed, taxAmount: 0 }];
}

/** The part of a tax table that belongs to a part of the total; it adds up to that part exactly. */
export function partOf(rows: readonly TaxRow[], totalAmount: number, partAmount: number): TaxRow[] {
  if (rows.length === 0 || partAmount === totalAmount || totalAmount === 0) return [...rows];
  if (rows.some((row) => row.netAmount === null)) {
    return rows.map((row) => ({
      ...row,
      taxAmount: Math.round((row.taxAmount * partAmount) / totalAmount),
    }));
  }
  const parts = allocate(
    partAmount,
    rows.flatMap((row) => [row.netAmount ?? 0, row.taxAmount]),
  );
  return rows.map((row, index) => ({
    ...row,
    netAmount: parts[2 * index] ?? 0,
    taxAmount: parts[2 * index + 1] ?? 0,
  }));
}
