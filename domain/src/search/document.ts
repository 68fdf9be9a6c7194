import { z } from 'zod';
import { type IndexableProduct, image, type ProductOffer } from '../catalog/index.ts';
import { currencyCode } from '../kernel/index.ts';
import type { Region } from '../pricing/index.ts';
import { categoryFacetText, facetText } from './facet-text.ts';
import type { ProductCard } from './model.ts';
import { normaliseFacetValue } from './query-text.ts';

/** What a listing shows of a product's price in one region, beside the price itself. */
const storedOffer = z.object({
  hasRange: z.boolean(),
  compareAt: z.int().nullable(),
  /** In milliseconds. */
  saleEndsAt: z.int().nullable(),
});

/** The part of a document that a listing shows: all that a search asks back. */
export const storedCard = z.object({
  id: z.uuid(),
  handle: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  brand: z.string().nullable(),
  colourNames: z.array(z.string()),
  /** By the code of each region that it can be bought in: the lowest of its variants, in minor units of the region's currency. */
  prices: z.record(z.string(), z.int()).optional(),
  offers: z.record(z.string(), storedOffer).optional(),
  // What a release that knew no regions reads and writes: the price in the shop's own currency, or else in some other.
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

/**
 * The document of a product, or null when shoppers must not find it anywhere: not published, or without a price.
 *
 * @param regions those that one can shop in, the usual one first
 */
export function documentOf(product: IndexableProduct, regions: readonly Region[]): SearchDocument | null {
  const usual = regions.find((region) => product.offers[region.code] !== undefined);
  const offer = usual && product.offers[usual.code];
  if (product.status !== 'published' || product.publishedAt === null || !offer) return null;
  const { brand, categoryPath } = product;
  const offers = Object.entries(product.offers);
  return {
    id: product.id,
    handle: product.handle,
    externalId: product.externalId,
    title: product.title,
    brand: brand?.name ?? null,
    colourNames: product.colours,
    prices: Object.fromEntries(offers.map(([region, { min }]) => [region, min])),
    offers: Object.fromEntries(offers.map(([region, one]) => [region, storedOfferOf(one)])),
    price: offer.min,
    compareAt: offer.compareAt,
    hasPriceRange: offer.max > offer.min,
    currency: usual.currency,
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

function storedOfferOf(offer: ProductOffer): z.infer<typeof storedOffer> {
  return {
    hasRange: offer.max > offer.min,
    compareAt: offer.compareAt,
    saleEndsAt: offer.saleEndsAt?.getTime() ?? null,
  };
}

/** A listing's card for those who shop in a region, as it stands at `now`; null when the product cannot be bought there. */
export function cardOf(stored: StoredCard, region: Region, now: Date): ProductCard | null {
  const offer = offerIn(stored, region);
  if (offer === null) return null;
  const { currency } = region;
  return {
    id: stored.id,
    handle: stored.handle,
    externalId: stored.externalId,
    title: stored.title,
    brand: stored.brand,
    price: { amount: offer.price, currency },
    hasPriceRange: offer.hasRange,
    compareAt: offer.compareAt === null ? null : { amount: offer.compareAt, currency },
    saleEndsAt: offer.saleEndsAt === null ? null : new Date(offer.saleEndsAt),
    image: stored.image,
    colours: stored.colourNames,
    isInStock: stored.stock === 1,
    isNew: now.getTime() - stored.publishedAt < NEW_FOR,
  };
}

function offerIn(stored: StoredCard, { code, currency }: Region) {
  if (!stored.prices) {
    const { price, compareAt, hasPriceRange: hasRange } = stored;
    return stored.currency === currency ? { price, compareAt, hasRange, saleEndsAt: null } : null;
  }
  const [price, offer] = [stored.prices[code], stored.offers?.[code]];
  return price === undefined || offer === undefined ? null : { price, ...offer };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
