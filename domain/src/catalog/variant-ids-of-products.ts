import { anyOf, type Context } from '../kernel/index.ts';

/** The variants on offer of products, by product id. One statement. */
export async function variantIdsOfProducts(
  ctx: Context,
  productIds: readonly string[],
): Promise<Map<string, string[]>> {
  const byProduct = new Map<string, string[]>();
  if (productIds.length === 0) return byProduct;
  const rows = await ctx.db
    .selectFrom('variants')
    .select(['id', 'product_id'])
    .where('product_id', '=', anyOf(productIds))
    .where('is_active', '=', true)
    .execute();
  for (const { id, product_id: productId } of rows) {
    byProduct.set(productId, [...(byProduct.get(productId) ?? []), id]);
  }
  return byProduct;
}
