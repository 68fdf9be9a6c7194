import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

/**
 * The units of variants that can be sold now, by variant id; back-order counts as plenty. Variants without stock are left
 * out. One statement.
 */
export async function availabilityOf(ctx: Context, variantIds: readonly string[]): Promise<Map<string, number>> {
  if (variantIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('stock_levels')
    .select([
      'variant_id',
      sql<number>`sum(case when allows_backorder then 1000000 else on_hand - reserved - allocated end)::int`.as(
        'available',
      ),
    ])
    .where('variant_id', '=', sql<string>`any(${[...variantIds]}::uuid[])`)
    .groupBy('variant_id')
    .execute();
  return new Map(rows.map((row) => [row.variant_id, Math.max(0, row.available)]));
}
