import { type Stock, stockOf } from '../inventory/index.ts';
import { type Context, DomainError, moneyOf } from '../kernel/index.ts';
import { currentBuyer, pricesByRegion, pricesOf } from '../pricing/index.ts';
import { categoryTree, crumbsOf, pathTo } from './category-tree.ts';
import type { ProductView } from './model.ts';
import { attributeText, imageOf, selectProducts } from './product-rows.ts';
import { plainTextOf } from './sanitise-html.ts';

/** Above this, the number of units is nobody's business. */
const SHOWN_UNITS = 99;

/** As long as search engines show. */
const SEO_DESCRIPTION_LENGTH = 160;

/**
 * A product's page, by its slug (the handle), at the prices of who is asking. Six statements at most.
 *
 * @throws DomainError `not_found` (also while it is not published, or has nothing with a price), `not_sold_here` when it has a price
 *   in other regions alone, or `moved` with `{ slug }` when it lives under another slug now
 */
export async function getProduct(ctx: Context, input: { slug: string }): Promise<ProductView> {
  const [row, buyer] = await Promise.all([
    selectProducts(ctx)
      .where('product.handle', '=', input.slug)
      .where('product.status', '=', 'published')
      .executeTakeFirst(),
    currentBuyer(ctx),
  ]);
  if (!row) throw await goneOrMoved(ctx, input.slug);
  const variantIds = row.variants.map((variant) => variant.id);
  const [prices, stock, tree] = await Promise.all([
    pricesOf(ctx, variantIds, buyer),
    stockOf(ctx, variantIds),
    categoryTree(ctx),
  ]);
  const { currency } = buyer;
  const variants = row.variants.flatMap((variant) => {
    const price = prices.get(variant.id);
    if (!price) return [];
    return {
      id: variant.id,
      sku: variant.sku,
      title: variant.title,
      options: Object.fromEntries(variant.choices.map(({ name, value }) => [name, value])),
      price: moneyOf(price.amount, currency),
      compareAt: price.compareAtAmount === null ? null : moneyOf(price.compareAtAmount, currency),
      saleEndsAt: price.saleEndsAt,
      ...stockFields(stock.get(variant.id)),
      weightGrams: variant.weight_grams,
      imageKey: variant.image_key,
    };
  });
  if (variants.length === 0) throw await notForSale(ctx, input.slug, variantIds);
  const breadcrumb = crumbsOf(pathTo(tree, (node) => node.id === row.category_id));
  return {
    id: row.id,
    handle: row.handle,
    externalId: row.external_id,
    title: row.title,
    descriptionHtml: row.description_html,
    brand: brandOf(row),
    category: breadcrumb.at(-1) ?? null,
    breadcrumb,
    tags: row.tags,
    attributes: row.attributes.map((attribute) => ({
      key: attribute.key,
      label: attribute.label,
      value: attributeText(attribute),
    })),
    options: optionsOf(row.option_values),
    variants,
    images: row.media.flatMap((media) => imageOf(media, row.title) ?? []),
    seo: {
      title: row.seo_title ?? row.title,
      description: row.seo_description ?? shortened(plainTextOf(row.description_html)),
    },
    publishedAt: row.published_at ?? ctx.clock.now(),
  };
}

/** What a page shows of a variant's stock; a variant without stock is sold out. */
function stockFields(stock: Stock | undefined) {
  return {
    available: Math.min(stock?.available ?? 0, SHOWN_UNITS),
    sendable: Math.min(stock?.onHandAvailable ?? 0, SHOWN_UNITS),
    isLow: stock?.isLow ?? false,
    sellingPolicy: stock?.policy ?? 'deny',
    shipsOn: stock?.shipsAt?.toISOString().slice(0, 10) ?? null,
    leadDays: stock?.leadDays ?? null,
  };
}

async function notForSale(ctx: Context, slug: string, variantIds: readonly string[]): Promise<DomainError> {
  const elsewhere = await pricesByRegion(ctx, variantIds);
  if (elsewhere.size === 0) return new DomainError('not_found', `${slug} has nothing for sale`);
  return new DomainError('not_sold_here', `${slug} is sold in other regions`);
}

async function goneOrMoved(ctx: Context, slug: string): Promise<DomainError> {
  const target = await ctx.db
    .selectFrom('slug_redirects')
    .innerJoin('products', 'products.id', 'slug_redirects.target_id')
    .select('products.handle')
    .where('slug_redirects.kind', '=', 'product')
    .where('slug_redirects.slug', '=', slug)
    .where('products.status', '=', 'published')
    .executeTakeFirst();
  if (target) return new DomainError('moved', `the product is ${target.handle} now`, { slug: target.handle });
  return new DomainError('not_found', `no product is called ${slug}`);
}

export function brandOf(row: { brand_name: string | null; brand_slug: string | null }) {
  if (row.brand_name === null || row.brand_slug === null) return null;
  return { name: row.brand_name, slug: row.brand_slug };
}

function optionsOf(rows: readonly { name: string; value: string; swatch: string | null }[]) {
  const options = new Map<string, { value: string; swatch: string | null }[]>();
  for (const { name, value, swatch } of rows) {
    const values = options.get(name) ?? [];
    values.push({ value, swatch });
    options.set(name, values);
  }
  return [...options].map(([name, values]) => ({ name, values }));
}

function shortened(text: string): string {
  if (text.length <= SEO_DESCRIPTION_LENGTH) return text;
  const cut = text.slice(0, SEO_DESCRIPTION_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), SEO_DESCRIPTION_LENGTH / 2))}…`;
}
