import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

const PLENTY = 1_000_000;

/**
 * The units of variants that can be sold now, by variant id; back-order counts as plenty. Variants without stock are left
 * out. One statement.
 *
 * @param holderId a cart: what is held for it already counts as available to it
 */
export async function availabilityOf(
  ctx: Context,
  variantIds: readonly string[],
  holderId: string | null = null,
): Promise<Map<string, number>> {
  if (variantIds.length === 0) return new Map();
  const { rows } = await sql<{ variant_id: string; available: number }>`
    with own as (
      select line.variant_id, line.location_id, sum(line.quantity) as quantity
      from reservations reservation join reservation_lines line on line.reservation_id = reservation.id
      where reservation.holder_id = ${holderId}::uuid and reservation.status = 'held'
      group by line.variant_id, line.location_id
    )
    select level.variant_id, sum(
      case when level.allows_backorder then ${PLENTY}::int
      else level.on_hand - level.reserved - level.allocated + coalesce(own.quantity, 0) end
    )::int as available
    from stock_levels level left join own using (variant_id, location_id)
    where level.variant_id = any(${[...variantIds]}::uuid[])
    group by level.variant_id
  `.execute(ctx.db);
  return new Map(rows.map((row) => [row.variant_id, Math.max(0, row.available)]));
}
