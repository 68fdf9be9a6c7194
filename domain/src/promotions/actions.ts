import { z } from 'zod';
import { percentage, someAmounts, target } from './documents.ts';

const quantity = z.int().min(1).max(1_000_000);

/** From this value, or this many units, of what the tiers count. */
const from = z.union([z.strictObject({ amounts: someAmounts }), z.strictObject({ quantity })]);
const off = z.union([z.strictObject({ percent: percentage }), z.strictObject({ amounts: someAmounts })]);

const tiers = z
  .array(z.strictObject({ from, off }))
  .min(1)
  .max(20)
  .refine((all) => new Set(all.map((tier) => 'amounts' in tier.from)).size === 1, {
    message: 'Count either money or units, in all tiers',
  });

/** What a promotion does. Without `of` it is the whole order. */
export const promotionAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('percent'), percent: percentage, of: target.optional() }),
  /** Once for the order (shared among its lines, or those of the target, by largest remainder), or for each unit. */
  z.strictObject({
    type: z.literal('amount'),
    amounts: someAmounts,
    per: z.enum(['order', 'unit']).default('order'),
    of: target.optional(),
  }),
  z.strictObject({ type: z.literal('shipping-percent'), percent: percentage }),
  z.strictObject({ type: z.literal('shipping-amount'), amounts: someAmounts }),
  /**
   * For each `buy.quantity` units bought, `get.quantity` more are reduced, the cheapest first (at undiscounted prices); a unit counts once,
   * as bought or as got. Where fewer are there to get, those are. `get.of` left out: the same things.
   */
  z.strictObject({
    type: z.literal('buy-x-get-y'),
    buy: z.strictObject({ quantity, of: target.optional() }),
    get: z.strictObject({ quantity, of: target.optional(), percent: percentage.default(100) }),
    /** How often in one order; null: as often as it fits. */
    maxTimes: quantity.nullable().default(null),
  }),
  /** The highest tier that is reached. It counts, at undiscounted prices, and reduces what `of` names. */
  z.strictObject({ type: z.literal('tiered'), of: target.optional(), tiers }),
  /** Things that go along for nothing, as far as they are there. */
  z.strictObject({ type: z.literal('free-gift'), variantId: z.uuid(), quantity: quantity.default(1) }),
]);
export type PromotionAction = z.infer<typeof promotionAction>;
export type TieredAction = Extract<PromotionAction, { type: 'tiered' }>;
export type BundleAction = Extract<PromotionAction, { type: 'buy-x-get-y' }>;
