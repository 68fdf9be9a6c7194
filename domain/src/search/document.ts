import { z } from 'zod';
import { type IndexableProduct, image } from '../catalog/index.ts';
import type { CurrencyCode } from '../kernel/index.ts';
import { currencyCode } from '../kernel/index.ts';
import { categoryFacetText, facetText } from './facet-text.ts';
import type { ProductCard } from './model.ts';
import { normaliseFacetValue } from './query-text.ts';

/** The part of a document that a listing shows: all that a search asks back. */
export const storedCard = z.object({
  id: z.uuid(),
  handle: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  brand: z.string().nullable(),
  colourNames: z.array(z.string()),
  /** The lowest of its variants, in minor units. */
  price: z.int(),
  compareAt: z.int().nullable(),
  hasPriceRange: z.boolean(),
  currency: currencyCode,
  image: image.nullable(),
  /** 1 in stock, 0 sold out: a number, so that engines can rank by it. */
  stock: z.union([z.literal(0), z.literal(1)]),
  /** In milliseconds. */
  publishedAt: z.int(),
});
export type StoredCard = z.infer<typeof storedCard>;

/** A product as the search engine holds it. */
export interface SearchDocument extends StoredCard {
  // searched, in the order of their weight
  readonly categoryNames: readonly string[];
  readonly attributes: readonly string[];
  readonly tags: readonly string[];
  readonly skus: readonly string[];
  readonly description: string;
  // filtered by and counted
  readonly categorySlugs: readonly string[];
  readonly categoryFacets: readonly string[];
  readonly brandSlug: string | null;
  readonly brandFacet: string | null;
  readonly colours: readonly string[];
}

/** How much of a description is searched, in characters. */
const DESCRIPTION_LENGTH = 4_000;

/** How long a product counts as new, in milliseconds. */
const NEW_FOR = 30 * 24 * 3600 * 1000;

/** The document of a product, or null when shoppers must not find it: not published, or without a price. */
export function documentOf(product: IndexableProduct, currency: CurrencyCode): SearchDocument | null {
  if (product.status !== 'published' || product.publishedAt === null || product.price === null) return null;
  const { brand, categoryPath } = product;
  return {
    id: product.id,
    handle: product.handle,
    externalId: product.externalId,
    title: product.title,
    brand: brand?.name ?? null,
    colourNames: product.colours,
    price: product.price.min,
    compareAt: product.price.compareAt,
    hasPriceRange: product.price.max > product.price.min,
    currency,
    image: product.image,
    stock: product.isInStock ? 1 : 0,
    publishedAt: product.publishedAt.getTime(),
    categoryNames: categoryPath.map((crumb) => crumb.name).toReversed(),
    attributes: unique([
      ...product.attributes.map((attribute) => attribute.text),
      ...product.options.map((option) => option.value),
    ]),
    tags: product.tags,
    skus: product.skus,
    description: product.description.slice(0, DESCRIPTION_LENGTH).toWellFormed(),
    categorySlugs: categoryPath.map((crumb) => crumb.slug),
    categoryFacets: categoryPath.map((crumb, depth) => categoryFacetText(depth, crumb.slug, crumb.name)),
    brandSlug: brand?.slug ?? null,
    brandFacet: brand ? facetText(brand.slug, brand.name) : null,
    colours: unique(product.colours.map(normaliseFacetValue)).filter(Boolean),
  };
}

/** A listing's card, as it stands at `now`. */
export function cardOf(stored: StoredCard, now: Date): ProductCard {
  const { price, compareAt, currency } = stored;
  return {
    id: stored.id,
    handle: stored.handle,
    externalId: stored.externalId,
    title: stored.title,
    brand: stored.brand,
    price: { amount: price, currency },
    hasPriceRange: stored.hasPriceRange,
    compareAt: compareAt === null ? null : { amount: compareAt, currency },
    image: stored.image,
    colours: stored.colourNames,
    isInStock: stored.stock === 1,
    isNew: now.getTime() - stored.publishedAt < NEW_FOR,
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
