import { availabilityOf } from '../inventory/index.ts';
import { anyOf, type Context } from '../kernel/index.ts';
import { pricesByRegion, type VariantPrice } from '../pricing/index.ts';
import { categoryTree, crumbsOf, pathsById } from './category-tree.ts';
import { brandOf } from './get-product.ts';
import type { Crumb, Image } from './model.ts';
import { attributeText, imageOf, selectProducts } from './product-rows.ts';
import { plainTextOf } from './sanitise-html.ts';

/** What a product costs in a region, over the variants that have a price there, in minor units. */
export interface ProductOffer {
  min: number;
  max: number;
  /** What the cheapest variant cost before; null when it is not reduced. */
  compareAt: number | null;
  /** When the sale of the cheapest variant ends; null without one. */
  saleEndsAt: Date | null;
}

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
  /** By the code of each region that it can be bought in, for those in no customer group; empty when it is not for sale. */
  offers: Record<string, ProductOffer>;
  isInStock: boolean;
  image: Image | null;
}

const isColour = (name: string) => /^colou?r$/i.test(name);

/** What search documents are made of. Five statements, however many products and regions; ids that no longer exist are left out. */
export async function indexableProducts(ctx: Context, ids: readonly string[]): Promise<IndexableProduct[]> {
  if (ids.length === 0) return [];
  const rows = await selectProducts(ctx).where('product.id', '=', anyOf(ids)).execute();
  const variantIds = rows.flatMap((row) => row.variants.map((variant) => variant.id));
  const [prices, available, tree] = await Promise.all([
    pricesByRegion(ctx, variantIds),
    availabilityOf(ctx, variantIds),
    categoryTree(ctx),
  ]);
  const paths = pathsById(tree);
  return rows.map((row) => {
    const priced = row.variants.flatMap((variant) => [...(prices.get(variant.id) ?? [])]);
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
      offers: offersOf(priced),
      isInStock: row.variants.some((variant) => (available.get(variant.id) ?? 0) > 0),
      image: first ? imageOf(first, row.title) : null,
    };
  });
}

/** Joins what the variants cost, each in each region. */
function offersOf(priced: readonly (readonly [region: string, price: VariantPrice])[]) {
  const byRegion = Map.groupBy(priced, ([region]) => region);
  return Object.fromEntries(
    [...byRegion].map(([region, prices]) => [region, offerOf(prices.map(([, price]) => price))]),
  );
}

/** What a product costs whose variants cost this: at least one. */
export function offerOf(prices: readonly VariantPrice[]): ProductOffer {
  const [cheapest] = prices.toSorted((a, b) => a.amount - b.amount);
  if (!cheapest) throw new RangeError('a product without a price is no offer');
  return {
    min: cheapest.amount,
    max: Math.max(...prices.map((price) => price.amount)),
    compareAt: cheapest.compareAtAmount,
    saleEndsAt: cheapest.saleEndsAt,
  };
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
