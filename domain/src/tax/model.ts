import { z } from 'zod';
import type { CurrencyCode } from '../kernel/index.ts';
import type { Destination } from '../shipping/index.ts';

/** What is taxed. Amounts are minor units, after discounts, quantity included. */
export interface TaxableSale {
  /** Where the goods are handed over: the delivery address, or the place that they are fetched from. */
  readonly destination: Destination;
  readonly currency: CurrencyCode;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly {
    /** Unique in the sale. */
    readonly key: string;
    readonly sku: string;
    /** `standard`, a class of the tax tables, or `exempt`. */
    readonly taxClass: string;
    readonly amount: number;
    readonly quantity: number;
  }[];
  readonly shippingAmount: number;
  /** As the buyer gave it, for the invoice; it frees nobody from tax, see decision 012. */
  readonly vatId: string | null;
  /** What the sale is called in the books of a tax service: the checkout's id. */
  readonly reference: string;
  /** The day of the supply: rates change by law. */
  readonly at: Date;
}

const rate = { ratePpm: z.int().min(0), amount: z.int().min(0) };

/** The tax on a sale, in minor units. All sums are exact: lines and shipping add up to `total`, and so does the breakdown. */
export const taxQuote = z.object({
  /** One a line, in the order given. */
  lines: z.array(z.object({ key: z.string(), ...rate })),
  shippingAmount: z.int().min(0),
  /** Where parts of the shipping are taxed differently, what it comes to on the whole. */
  shippingRatePpm: z.int().min(0),
  total: z.int().min(0),
  /** What a shopper reads, such as `VAT` at 190000 of a million, each with what it comes to. */
  breakdown: z.array(z.object({ name: z.string(), ...rate })),
  /** Whether it is contained in the prices, or comes on top. */
  isIncluded: z.boolean(),
  /** Who worked it out: the shop's own tables, or Avalara. */
  source: z.enum(['table', 'avalara']),
});
export type TaxQuote = z.infer<typeof taxQuote>;

/** A rule of a jurisdiction that holds at a place on a day. */
export interface TaxRule {
  readonly jurisdiction: string;
  readonly name: string;
  readonly taxClass: string;
  readonly ratePpm: number;
  /** How shipping is taxed: not at all, at this rate, or as the goods in the parcel are. */
  readonly shipping: 'none' | 'always' | 'goods';
}
