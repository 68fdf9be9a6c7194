import { availabilityOf } from '../inventory/index.ts';
import type { Context } from '../kernel/index.ts';
import { currentBuyer, pricesOf } from '../pricing/index.ts';
import { categoryTree, crumbsOf, pathsById } from './category-tree.ts';
import { brandOf } from './get-product.ts';
import type { Crumb, Image } from './model.ts';
import { anyOf, attributeText, imageOf, selectProducts } from './product-rows.ts';
import { plainTextOf } from './sanitise-html.ts';

/** All that search needs to know of a product to make its document. */
export interface IndexableProduct {
  id: string;
  handle: string;
  externalId: string | null;
  title: string;
  /** Plain text. */
  description: string;
  status: 'draft' | 'published' | 'archived';
  publishedAt: Date | null;
  brand: { name: string; slug: string } | null;
  /** From the root to the product's category; empty without one. */
  categoryPath: Crumb[];
  tags: string[];
  /** `text` as a shopper reads it, unit included. */
  attributes: {
    key: string;
    label: string;
    isFacet: boolean;
    value: string | number | boolean;
    text: string;
  }[];
  /** Of the attribute `colour` or `color`, or else of an option of that name; as written, each once. */
  colours: string[];
  options: { name: string; value: string }[];
  skus: string[];
  /**
   * Over the variants with a price in the shop's currency, in its minor units; null when none has one: such a product is not
   * for sale. `compareAt` is that of the cheapest variant.
   */
  price: { min: number; max: number; compareAt: number | null } | null;
  isInStock: boolean;
  image: Image | null;
}

const isColour = (name: string) => /^colou?r$/i.test(name);

/** What search documents are made of. Five statements, however many products; ids that no longer exist are left out. */
export async function indexableProducts(ctx: Context, ids: readonly string[]): Promise<IndexableProduct[]> {
  if (ids.length === 0) return [];
  const rows = await selectProducts(ctx).where('product.id', '=', anyOf(ids)).execute();
  const variantIds = rows.flatMap((row) => row.variants.map((variant) => variant.id));
  const buyer = { ...(await currentBuyer(ctx)), groupIds: [] };
  const [prices, available, tree] = await Promise.all([
    pricesOf(ctx, variantIds, buyer),
    availabilityOf(ctx, variantIds),
    categoryTree(ctx),
  ]);
  const paths = pathsById(tree);
  return rows.map((row) => {
    const priced = row.variants.flatMap((variant) => prices.get(variant.id) ?? []);
    const cheapest = priced.toSorted((a, b) => a.amount - b.amount).at(0);
    const attributeColours = row.attributes.filter(({ key }) => isColour(key)).map(attributeText);
    const optionColours = row.option_values.filter(({ name }) => isColour(name)).map(({ value }) => value);
    const [first] = row.media;
    return {
      id: row.id,
      handle: row.handle,
      externalId: row.external_id,
      title: row.title,
      description: plainTextOf(row.description_html),
      status: row.status,
      publishedAt: row.published_at,
      brand: brandOf(row),
      categoryPath: crumbsOf(paths.get(row.category_id ?? '') ?? []),
      tags: row.tags,
      attributes: row.attributes.map((attribute) => ({
        key: attribute.key,
        label: attribute.label,
        isFacet: attribute.is_facet,
        value: attribute.boolean_value ?? attribute.number_value ?? attribute.text_value ?? '',
        text: attributeText(attribute),
      })),
      colours: [...new Set(attributeColours.length > 0 ? attributeColours : optionColours)],
      options: row.option_values.map(({ name, value }) => ({ name, value })),
      skus: row.variants.map((variant) => variant.sku),
      price: cheapest
        ? {
            min: cheapest.amount,
            max: Math.max(...priced.map((price) => price.amount)),
            compareAt: cheapest.compareAtAmount,
          }
        : null,
      isInStock: row.variants.some((variant) => (available.get(variant.id) ?? 0) > 0),
      image: first ? imageOf(first, row.title) : null,
    };
  });
}

/** The ids of published products in order, for rebuilds: pass the last one as `after` to go on. */
export async function listProductIds(
  ctx: Context,
  input: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('products')
    .select('id')
    .where('status', '=', 'published')
    .$if(input.after !== null, (query) => query.where('id', '>', input.after ?? ''))
    .orderBy('id')
    .limit(input.limit)
    .execute();
  return rows.map((row) => row.id);
}
