import { anyOf, type Context, type Read, readOf } from '../kernel/index.ts';

/** Those of the variants that can be bought, if they have a price and stock: a question to be asked together with others. */
export function forSaleQuestion(ctx: Context, variantIds: readonly string[]): Read<Set<string>> {
  const query = ctx.db
    .selectFrom('variants as variant')
    .innerJoin('products as product', 'product.id', 'variant.product_id')
    .select('variant.id')
    .where('variant.id', '=', anyOf(variantIds))
    .where('variant.is_active', '=', true)
    .where('product.status', '=', 'published');
  return readOf<{ id: string }, Set<string>>(query, (rows) => new Set(rows.map((row) => row.id)));
}
