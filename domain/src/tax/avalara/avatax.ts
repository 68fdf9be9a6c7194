import { z } from 'zod';
import { type AvalaraConfig, OutsideError } from '../../kernel/index.ts';
import type { TaxableSale, TaxQuote } from '../model.ts';

/** The number of the line that carries the shipping. Goods are numbered from 1: our own keys are longer than AvaTax allows. */
const SHIPPING_LINE = 'shipping';

/** What of an answer to a transaction is read; amounts are decimals of major units. */
export const avataxTransaction = z.object({
  code: z.string(),
  status: z.string(),
  totalTax: z.number(),
  lines: z.array(
    z.object({
      lineNumber: z.string(),
      tax: z.number(),
      details: z.array(z.object({ rate: z.number(), tax: z.number() })).default([]),
    }),
  ),
  summary: z.array(z.object({ taxName: z.string(), rate: z.number(), tax: z.number() })).default([]),
});
type AvataxTransaction = z.infer<typeof avataxTransaction>;

/** Minor units as the decimal that AvaTax takes; all our currencies have two places. */
export const toMajor = (amount: number) => amount / 100;

/** A decimal of AvaTax in minor units. @throws OutsideError `malformed` when it is none to the cent, or negative */
function toMinor(major: number): number {
  const amount = Math.round(major * 100);
  if (amount < 0 || Math.abs(major * 100 - amount) > 1e-6) throw malformed();
  return amount;
}

const malformed = () => new OutsideError('avalara', { kind: 'away', code: 'malformed' });

const toPpm = (rate: number) => Math.round(rate * 1_000_000);

/** The body of a sale that is quoted: AvaTax works it out and keeps nothing. Nobody is named in it. */
export function salesOrder(config: AvalaraConfig, sale: TaxableSale) {
  const taxCodeOf = (taxClass: string) => config.taxCodes[taxClass] ?? config.taxCodes.standard;
  const line = (number: string, itemCode: string, taxClass: string, amount: number, quantity: number) => ({
    number,
    quantity,
    amount: toMajor(amount),
    taxCode: taxCodeOf(taxClass),
    itemCode: itemCode.slice(0, 50),
    taxIncluded: sale.pricesIncludeTax,
  });
  const goods = sale.lines.map((one, index) =>
    line(String(index + 1), one.sku, one.taxClass, one.amount, one.quantity),
  );
  const shipping =
    sale.shippingAmount > 0 ? [line(SHIPPING_LINE, 'SHIPPING', 'shipping', sale.shippingAmount, 1)] : [];
  return {
    type: 'SalesOrder',
    companyCode: config.companyCode,
    date: sale.at.toISOString().slice(0, 10),
    customerCode: 'SHOPPER',
    currencyCode: sale.currency,
    commit: false,
    addresses: { shipFrom: addressOf(config.shipFrom), shipTo: addressOf(sale.destination) },
    lines: [...goods, ...shipping],
  };
}

interface PlaceOfTax {
  readonly line1?: string | undefined;
  readonly city?: string | undefined;
  readonly region: string;
  readonly postcode: string;
  readonly country: string;
}

/** An address without what is empty. */
export function addressOf({ line1, city, region, postcode, country }: PlaceOfTax) {
  const parts = { line1, city, region, postalCode: postcode, country };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part));
}

/**
 * The quote that a transaction tells of. Its amounts stand as they are: AvaTax rounds by the rules of each jurisdiction.
 *
 * @throws OutsideError `malformed` when lines are missing or do not add up
 */
export function quoteOf(sale: TaxableSale, transaction: AvataxTransaction): TaxQuote {
  const taxes = new Map(transaction.lines.map((line) => [line.lineNumber, line]));
  const taxOfLine = (number: string) => {
    const line = taxes.get(number);
    if (!line) throw malformed();
    const rate = line.details.reduce((sum, detail) => sum + detail.rate, 0);
    return { ratePpm: line.tax === 0 ? 0 : toPpm(rate), amount: toMinor(line.tax) };
  };
  const lines = sale.lines.map(({ key }, index) => ({ key, ...taxOfLine(String(index + 1)) }));
  const shipping = sale.shippingAmount > 0 ? taxOfLine(SHIPPING_LINE) : { ratePpm: 0, amount: 0 };
  const total = toMinor(transaction.totalTax);
  if (sumOf([...lines, shipping]) !== total) throw malformed();
  return {
    lines,
    shippingAmount: shipping.amount,
    shippingRatePpm: shipping.ratePpm,
    total,
    breakdown: breakdownOf(transaction, total),
    isIncluded: sale.pricesIncludeTax,
    source: 'avalara',
  };
}

const sumOf = (rows: readonly { amount: number }[]) => rows.reduce((sum, row) => sum + row.amount, 0);

/** By the summary; one row for all where that does not add up to the total. */
function breakdownOf(transaction: AvataxTransaction, total: number): TaxQuote['breakdown'] {
  const rows = transaction.summary
    .filter((row) => row.tax !== 0)
    .map((row) => ({
      name: row.taxName.replace(/\s+/g, ' ').trim(),
      ratePpm: toPpm(row.rate),
      amount: toMinor(row.tax),
    }));
  if (total === 0) return [];
  return sumOf(rows) === total ? rows : [{ name: 'Tax', ratePpm: 0, amount: total }];
}
