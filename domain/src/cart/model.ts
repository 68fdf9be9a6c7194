import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { currencyCode, money } from '../kernel/index.ts';

/** The most units that one line may hold. */
export const MAX_QUANTITY = 99;
/** The most lines that one cart may hold. */
export const MAX_LINES = 100;
/** The most codes that one cart may hold, and the most gift cards. */
export const MAX_CODES = 10;
/** How long a guest's cart is kept after it was last touched, and a customer's. */
export const CART_TTL_SECONDS = { guest: 7 * 24 * 3600, customer: 30 * 24 * 3600 } as const;

export const quantity = z.int().min(1).max(MAX_QUANTITY);

/** What is wrong with a line, found anew at each view. */
export const lineProblem = z.discriminatedUnion('code', [
  /** Fewer units left than the line asks for; none when `available` is 0. */
  z.object({ code: z.literal('OUT_OF_STOCK'), available: z.int() }),
  /** The price is not the one that the shopper saw when the line was last touched; the line shows the new one. */
  z.object({ code: z.literal('PRICE_CHANGED'), previous: money }),
  z.object({ code: z.literal('PRODUCT_UNAVAILABLE') }),
]);
export type LineProblem = z.infer<typeof lineProblem>;

/** A product as a cart or a checkout shows it. */
const shownVariant = {
  variantId: z.uuid(),
  handle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  image: image.nullable(),
};

export const cartLineView = z.object({
  id: z.uuid(),
  ...shownVariant,
  sku: z.string(),
  unitPrice: money,
  compareAt: money.nullable(),
  quantity: z.int(),
  /** What can be chosen now, at most MAX_QUANTITY. */
  maxQuantity: z.int(),
  discounts: z.array(z.object({ label: z.string(), amount: money })),
  /** After discounts. */
  total: money,
  /** How it is sold: what is not in stock is sent at `shipsAt`, where that is known. */
  promise: z.enum(['in_stock', 'backorder', 'preorder']),
  shipsAt: z.date().nullable(),
  problems: z.array(lineProblem),
});
export type CartLineView = z.infer<typeof cartLineView>;

/** Something kept for later. */
export const savedLineView = z.object({
  id: z.uuid(),
  ...shownVariant,
  /** Null when it is not sold here now. */
  unitPrice: money.nullable(),
  compareAt: money.nullable(),
  quantity: z.int(),
  /** Units that can be bought now; 0 when it is sold out or not for sale. */
  available: z.int(),
});
export type SavedLineView = z.infer<typeof savedLineView>;

/** What a link to a shared cart shows. */
export const sharedCartView = z.object({
  lines: z.array(
    z.object({
      ...shownVariant,
      quantity: z.int(),
      unitPrice: money.nullable(),
      compareAt: money.nullable(),
      /** Units that can be bought now, at most MAX_QUANTITY. */
      available: z.int(),
    }),
  ),
});
export type SharedCartView = z.infer<typeof sharedCartView>;

const place = z.enum(['items', 'shipping', 'gift']);

export const cartView = z.object({
  id: z.uuid(),
  version: z.int(),
  currency: currencyCode,
  /** Whether its prices include tax. */
  isTaxIncluded: z.boolean(),
  lines: z.array(cartLineView),
  /** What promotions add for nothing. */
  gifts: z.array(
    z.object({ key: z.string(), ...shownVariant, quantity: z.int(), worth: money, label: z.string() }),
  ),
  /** Kept for later, the newest first. */
  saved: z.array(savedLineView),
  itemCount: z.int(),
  /** Before discounts; lines that are not sold any more count nothing. */
  subtotal: money,
  /** Off the goods. */
  discount: money,
  /** What applies, in the order that it does; on shipping, 0 while shipping is not known. */
  discounts: z.array(z.object({ label: z.string(), code: z.string().nullable(), amount: money, on: place })),
  codes: z.array(z.string()),
  /** Codes that do nothing, and why; see RejectionReason of the promotions. */
  rejectedCodes: z.array(
    z.object({ code: z.string(), reason: z.string(), data: z.record(z.string(), z.unknown()) }),
  ),
  /** What a little more would bring. */
  near: z.array(
    z.object({
      label: z.string(),
      on: place,
      missing: money.nullable(),
      missingItems: z.int().nullable(),
    }),
  ),
  /** `amount` is what they pay of the total; those that are not usable (any more) pay nothing. */
  giftCards: z.array(
    z.object({ id: z.uuid(), last4: z.string(), balance: money, amount: money, isUsable: z.boolean() }),
  ),
  /** From which sum of goods delivery is free, and what is missing to it; null where it never is, or always. */
  freeShipping: z.object({ from: money, missing: money }).nullable(),
  /** What sending it to a place that the shopper named will cost. */
  estimate: z
    .object({
      place: z.object({ country: z.string(), region: z.string(), postcode: z.string() }),
      isServed: z.boolean(),
      options: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['delivery', 'pickup']),
          name: z.string(),
          price: money,
          earliest: z.string(),
          latest: z.string(),
        }),
      ),
      /** The cheapest delivery, after its discount. */
      shipping: money.nullable(),
      tax: money.nullable(),
    })
    .nullable(),
  /** As far as it can be told: without shipping and tax while no place is named. */
  total: money,
  /** What gift cards leave of it. */
  due: money,
  /** False while the cart is empty or a line has a problem that must be mended before checkout. */
  canCheckOut: z.boolean(),
});
export type CartView = z.infer<typeof cartView>;
