import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { currencyCode, money } from '../kernel/index.ts';
import { normaliseFacetValue, normaliseQuery } from './query-text.ts';

export const sortOrders = ['relevance', 'newest', 'price-asc', 'price-desc'] as const;
export const PAGE_SIZE = 24;

/** How deep a listing can be paged, in products: `pageCount` ends there, `total` does not. */
export const MAX_DEPTH = 50_000;

/** How many values a facet offers, the chosen ones beyond that not counted. */
export const FACET_LIMIT = 100;

const choice = z.string().max(120).overwrite(normaliseFacetValue);
const choices = z.array(choice).max(50).default([]);

/** What a shopper looks for: the state that a listing's URL holds. Choices within one facet are alternatives. */
export const searchQuery = z.object({
  /** Any text: it is cut and cleaned, never refused. */
  q: z.string().overwrite(normaliseQuery).default(''),
  /** The slug of the category that the listing is of: its descendants are included. */
  category: choice.nullable().default(null),
  /** Category slugs chosen in the facet. */
  categories: choices,
  /** Brand slugs; a brand's name does as well. */
  brands: choices,
  /** Whatever their case. */
  colours: choices,
  /** In minor units of the currency of the region that the shopper chose. */
  priceMin: z.int().min(0).nullable().default(null),
  priceMax: z.int().min(0).nullable().default(null),
  inStock: z.boolean().default(false),
  sort: z.enum(sortOrders).default('relevance'),
  /** From 1. Beyond the last page there are no items. */
  page: z.int().min(1).max(MAX_DEPTH).default(1),
  limit: z.int().min(1).max(100).default(PAGE_SIZE),
});
export type SearchQuery = z.infer<typeof searchQuery>;

/** A product as listings show it. */
export const productCard = z.object({
  id: z.uuid(),
  handle: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  brand: z.string().nullable(),
  /** The lowest of its variants. */
  price: money,
  hasPriceRange: z.boolean(),
  /** What it cost before; null when it is not reduced. */
  compareAt: money.nullable(),
  /** When the sale that it is reduced by ends; null when nobody knows. */
  saleEndsAt: z.date().nullable(),
  image: image.nullable(),
  colours: z.array(z.string()),
  isInStock: z.boolean(),
  isNew: z.boolean(),
});
export type ProductCard = z.infer<typeof productCard>;

export const facetValue = z.object({
  value: z.string(),
  label: z.string(),
  /** How many products the listing would have with this value, all other facets as chosen. */
  count: z.int(),
  isChosen: z.boolean(),
});
export type FacetValue = z.infer<typeof facetValue>;

export const facets = z.object({
  /** Those below the listing's own category, of all levels. */
  categories: z.array(facetValue),
  brands: z.array(facetValue),
  colours: z.array(facetValue),
  /** The cheapest and the dearest whatever prices were chosen. Null when nothing is found. Minor units. */
  price: z.object({ min: z.int(), max: z.int() }).nullable(),
  inStockCount: z.int(),
});
export type Facets = z.infer<typeof facets>;

export const searchResult = z.object({
  /** Of all prices; products that have none in it are not found. */
  currency: currencyCode,
  items: z.array(productCard),
  total: z.int(),
  page: z.int(),
  pageCount: z.int(),
  facets,
  /** Which engine answered: `postgres` while the search engine is away. */
  engine: z.enum(['meilisearch', 'postgres']),
});
export type SearchResult = z.infer<typeof searchResult>;
