import { anyOf, type Context } from '../kernel/index.ts';

/** Those of the variants that can be bought, if they have a price and stock. One statement. */
export async function variantsForSale(ctx: Context, variantIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('variants as variant')
    .innerJoin('products as product', 'product.id', 'variant.product_id')
    .select('variant.id')
    .where('variant.id', '=', anyOf(variantIds))
    .where('variant.is_active', '=', true)
    .where('product.status', '=', 'published')
    .execute();
  return new Set(rows.map((row) => row.id));
}
