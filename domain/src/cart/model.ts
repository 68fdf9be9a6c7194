import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { money } from '../kernel/index.ts';

/** The most units that one line may hold. */
export const MAX_QUANTITY = 99;
/** The most lines that one cart may hold. */
export const MAX_LINES = 100;
/** How long a guest's cart is kept after it was last touched. */
export const CART_TTL_SECONDS = 7 * 24 * 3600;

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

export const cartLineView = z.object({
  id: z.uuid(),
  variantId: z.uuid(),
  handle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  image: image.nullable(),
  unitPrice: money,
  quantity: z.int(),
  /** What can be chosen now, at most MAX_QUANTITY. */
  maxQuantity: z.int(),
  total: money,
  problems: z.array(lineProblem),
});
export type CartLineView = z.infer<typeof cartLineView>;

export const cartView = z.object({
  id: z.uuid(),
  lines: z.array(cartLineView),
  itemCount: z.int(),
  subtotal: money,
  /** False while the cart is empty or a line has a problem that must be mended before checkout. */
  canCheckOut: z.boolean(),
});
export type CartView = z.infer<typeof cartView>;
