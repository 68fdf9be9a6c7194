import { z } from 'zod';
import { type CurrencyCode, currencyCode } from '../kernel/index.ts';

/**
 * Where somebody shops: it decides the currency, and whether the prices that they read include tax. It is chosen; amounts are never
 * converted from one currency into another.
 */
export const region = z.object({
  id: z.uuid(),
  /** Short, as cookies and links hold it: `us`, `eu`. */
  code: z.string(),
  name: z.string(),
  currency: currencyCode,
  pricesIncludeTax: z.boolean(),
  /** ISO 3166-1, two letters. */
  countries: z.array(z.string()),
});
export type Region = z.infer<typeof region>;

/** Who prices are for. */
export interface Buyer {
  readonly regionId: string;
  readonly currency: CurrencyCode;
  readonly pricesIncludeTax: boolean;
  /** The customer groups that they are in; none for guests. */
  readonly groupIds: readonly string[];
}

/** What a variant costs a buyer, in minor units. */
export interface VariantPrice {
  readonly amount: number;
  /** What it costs or cost else, when that is more: struck through. */
  readonly compareAtAmount: number | null;
  /** The list that it stands in; null for the usual price. */
  readonly priceListId: string | null;
  /** When the sale ends that it is reduced by; null when none does, or nobody knows when it will. */
  readonly saleEndsAt: Date | null;
}

/** A usual price: for everybody, in every region of its currency, at any time. */
export interface PriceRow {
  readonly variantId: string;
  readonly currency: CurrencyCode;
  readonly amount: number;
  /** What it cost before, when that was more. */
  readonly compareAtAmount: number | null;
}
