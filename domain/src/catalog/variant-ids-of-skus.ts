import type { Context } from '../kernel/index.ts';

/** The ids of variants by SKU; those that nothing has are left out. One statement. */
export async function variantIdsOfSkus(ctx: Context, skus: readonly string[]): Promise<Map<string, string>> {
  if (skus.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('variants').select(['id', 'sku']).where('sku', 'in', skus).execute();
  return new Map(rows.map((row) => [row.sku, row.id]));
}
