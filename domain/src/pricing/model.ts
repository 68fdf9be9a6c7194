import type { CurrencyCode } from '../kernel/index.ts';

/** What a variant costs in one currency, in minor units. */
export interface VariantPrice {
  readonly amount: number;
  /** What it cost before, when that was more. */
  readonly compareAtAmount: number | null;
}

export interface PriceRow extends VariantPrice {
  readonly variantId: string;
  readonly currency: CurrencyCode;
}
