import type { CurrencyCode } from '../kernel/index.ts';

/** What is about to be sold, to whom: all that promotions may look at. Amounts are minor units of `currency`. */
export interface PromotionSale {
  readonly now: Date;
  readonly currency: CurrencyCode;
  readonly regionId: string;
  /** As entered, normalised. */
  readonly codes: readonly string[];
  readonly customer: {
    readonly userId: string | null;
    readonly groupIds: readonly string[];
    /** Null: not known yet, which counts as true. */
    readonly isFirstOrder: boolean | null;
  };
  readonly lines: readonly PromotionSaleLine[];
  /** Null while it is not chosen. */
  readonly shipping: { readonly amount: number; readonly kind: 'delivery' | 'pickup' } | null;
  /** What gifts are worth, and how many units there are, by variant id; see `giftVariantIds`. */
  readonly giftOffers: ReadonlyMap<string, { readonly unitAmount: number; readonly available: number }>;
}

export interface PromotionSaleLine {
  readonly key: string;
  readonly variantId: string;
  readonly productId: string;
  /** Its own, and all above them. */
  readonly categoryIds: readonly string[];
  readonly unitAmount: number;
  readonly quantity: number;
}

export type PromotionPlace = 'items' | 'shipping' | 'gift';

/** What promotions take off, explained line by line. */
export interface PromotionResult {
  /** In the order of the sale's lines; the parts of a line add up to its amount, which is at most what the line costs. */
  readonly lines: readonly {
    readonly key: string;
    readonly amount: number;
    readonly parts: readonly { readonly promotionId: string; readonly amount: number }[];
  }[];
  /** Lines to add, which cost nothing; `unitAmount` is what they are worth. */
  readonly gifts: readonly {
    readonly promotionId: string;
    readonly variantId: string;
    readonly quantity: number;
    readonly unitAmount: number;
  }[];
  /** Taken off shipping. */
  readonly shippingAmount: number;
  /**
   * What applies, in the order that it does. Those `on: 'items'` add up to what is taken off the lines, those on shipping to
   * `shippingAmount`, and those of gifts tell what these are worth. On shipping the amount is 0 while shipping is not chosen.
   */
  readonly applied: readonly AppliedPromotion[];
  /** Codes that do nothing, and why, in the order entered. */
  readonly rejected: readonly RejectedCode[];
  /** What a little more in the cart would bring, the nearest first. */
  readonly near: readonly NearPromotion[];
}

export interface AppliedPromotion {
  readonly promotionId: string;
  /** The code that it was entered by; null: automatic. */
  readonly code: string | null;
  readonly label: string;
  readonly amount: number;
  readonly on: PromotionPlace;
}

/**
 * Why a code does nothing; `data` holds
 * - `minimum_not_met`: `missingAmount` (minor units) or `missingItems`, the other one null;
 * - `nothing_eligible`: `on`, what it would reduce;
 * - `not_combinable`: `with`, the labels of what applies instead;
 * - `not_started`, `expired`: `at`, a date;
 * - `exhausted`: `of`: `promotion`, `code` or `customer`.
 */
export type RejectionReason =
  | 'unknown'
  | 'expired'
  | 'not_started'
  | 'disabled'
  | 'exhausted'
  | 'minimum_not_met'
  | 'nothing_eligible'
  | 'not_combinable'
  | 'not_for_you'
  | 'first_order_only'
  | 'currency';

export interface RejectedCode {
  readonly code: string;
  readonly reason: RejectionReason;
  readonly data: Readonly<Record<string, unknown>>;
}

/** “Spend 12.00 more for free shipping”: of the two that are missing, one is null. */
export interface NearPromotion {
  readonly promotionId: string;
  readonly label: string;
  readonly missingAmount: number | null;
  readonly missingItems: number | null;
  readonly on: PromotionPlace;
}
