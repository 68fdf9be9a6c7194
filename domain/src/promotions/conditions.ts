import { z } from 'zod';
import { currencyCode } from '../kernel/index.ts';
import { someAmounts, target } from './documents.ts';

const quantity = z.int().min(1).max(1_000_000);
const places = z.array(z.uuid()).min(1).max(1_000);

/** What must hold of a sale. When it may apply at all is said beside, by `startsAt` and `endsAt`. */
export const promotionCondition = z.discriminatedUnion('type', [
  /** Lines, or those of a target, are worth at least this at undiscounted prices; not met in other currencies. */
  z.strictObject({ type: z.literal('subtotal'), min: someAmounts, of: target.optional() }),
  /** At least so many units, or units of a target, are in the cart. */
  z.strictObject({ type: z.literal('items'), min: quantity, of: target.optional() }),
  /** Something of these categories, or below them, is in the cart. */
  z.strictObject({ type: z.literal('category'), categoryIds: places }),
  /** The shopper is in one of these groups. */
  z.strictObject({ type: z.literal('customer-group'), groupIds: places }),
  /** It is the shopper's first order, as far as is known. */
  z.strictObject({ type: z.literal('first-order') }),
  z.strictObject({ type: z.literal('region'), regionIds: places }),
  z.strictObject({ type: z.literal('currency'), currencies: z.array(currencyCode).min(1) }),
  /** Not met while shipping is not chosen. */
  z.strictObject({ type: z.literal('shipping'), kinds: z.array(z.enum(['delivery', 'pickup'])).min(1) }),
]);
export type PromotionCondition = z.infer<typeof promotionCondition>;
