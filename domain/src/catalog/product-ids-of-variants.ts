import { anyOf, type Context } from '../kernel/index.ts';

/** The products that variants belong to, each once; variants that no longer exist are left out. One statement. */
export async function productIdsOfVariants(ctx: Context, variantIds: readonly string[]): Promise<string[]> {
  if (variantIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('variants')
    .select('product_id')
    .distinct()
    .where('id', '=', anyOf(variantIds))
    .execute();
  return rows.map((row) => row.product_id);
}
