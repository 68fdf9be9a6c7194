import { type ProductDraft, saveProducts } from '../catalog/index.ts';
import { type Context, type CurrencyCode, currencyCode } from '../kernel/index.ts';

/** Prices of one thing, by currency, in minor units. */
type PriceTags = Partial<Record<CurrencyCode, number>>;

/** Puts products of one variant on sale, at these prices. @returns the variants' ids by handle; their SKUs are the handles, in capitals */
export async function sellAt(
  ctx: Context,
  products: Record<string, PriceTags>,
): Promise<Map<string, string>> {
  const drafts = Object.entries(products).map(([handle, tags]): ProductDraft => {
    const [price, ...otherPrices] = Object.entries(tags).map(([currency, amount]) => ({
      currency: currencyCode.parse(currency),
      amount,
    }));
    if (!price) throw new Error(`${handle} has no price`);
    const variants = [{ sku: handle.toUpperCase(), price, otherPrices, stock: 5 }];
    return { handle, title: handle, variants };
  });
  const failed = (await saveProducts(ctx, drafts)).filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  const rows = await ctx.db
    .selectFrom('variants')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .select(['variants.id', 'products.handle'])
    .execute();
  return new Map(rows.map((row) => [row.handle, row.id]));
}
