import { anyOf, type Context } from '../kernel/index.ts';

/** What products are called, by id, published or not; ids that no longer exist are left out. One statement. */
export async function productTitles(
  ctx: Context,
  productIds: readonly string[],
): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('products')
    .select(['id', 'title'])
    .where('id', '=', anyOf(productIds))
    .execute();
  return new Map(rows.map((row) => [row.id, row.title]));
}
