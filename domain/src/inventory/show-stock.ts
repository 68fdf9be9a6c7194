import { z } from 'zod';
import { authorise, type Context } from '../kernel/index.ts';
import { stockOf } from './availability.ts';
import { sellingPolicy } from './model.ts';

/** How many movements are shown. */
const MOVEMENTS = 20;

export const stockReport = z.object({
  available: z.int(),
  onHandAvailable: z.int(),
  policy: sellingPolicy,
  shipsAt: z.date().nullable(),
  isLow: z.boolean(),
  levels: z.array(
    z.object({
      locationId: z.uuid(),
      location: z.string(),
      onHand: z.int(),
      /** Held for shoppers who are paying. */
      reserved: z.int(),
      /** Of orders that have not shipped. */
      allocated: z.int(),
      /** How many more than on hand may be promised; null: none, or any number where `isSoldAhead`. */
      aheadLimit: z.int().nullable(),
      isSoldAhead: z.boolean(),
    }),
  ),
  /** The newest first. */
  movements: z.array(
    z.object({
      occurredAt: z.date(),
      location: z.string(),
      kind: z.string(),
      onHand: z.int(),
      reserved: z.int(),
      allocated: z.int(),
      reason: z.string().nullable(),
      actor: z.string(),
    }),
  ),
});
export type StockReport = z.infer<typeof stockReport>;

/** All that staff want to know of the stock of a variant. Three statements. @throws DomainError `unauthenticated`, `forbidden` */
export async function showStock(ctx: Context, input: { variantId: string }): Promise<StockReport> {
  authorise(ctx, 'stock:update');
  const stock = (await stockOf(ctx, [input.variantId])).get(input.variantId);
  const levels = await ctx.db
    .selectFrom('stock_levels as level')
    .innerJoin('locations as location', 'location.id', 'level.location_id')
    .select([
      'location.id as locationId',
      'location.code as location',
      'level.on_hand as onHand',
      'level.reserved',
      'level.allocated',
      'level.backorder_limit as aheadLimit',
      'level.allows_backorder as isSoldAhead',
    ])
    .where('level.variant_id', '=', input.variantId)
    .orderBy('location.priority')
    .orderBy('location.code')
    .execute();
  const movements = await ctx.db
    .selectFrom('stock_movements as movement')
    .innerJoin('locations as location', 'location.id', 'movement.location_id')
    .select([
      'movement.occurred_at as occurredAt',
      'location.code as location',
      'movement.kind',
      'movement.on_hand_delta as onHand',
      'movement.reserved_delta as reserved',
      'movement.allocated_delta as allocated',
      'movement.reason',
      'movement.actor',
    ])
    .where('movement.variant_id', '=', input.variantId)
    .orderBy('movement.position', 'desc')
    .limit(MOVEMENTS)
    .execute();
  return {
    available: stock?.available ?? 0,
    onHandAvailable: stock?.onHandAvailable ?? 0,
    policy: stock?.policy ?? 'deny',
    shipsAt: stock?.shipsAt ?? null,
    isLow: stock?.isLow ?? false,
    levels,
    movements,
  };
}
