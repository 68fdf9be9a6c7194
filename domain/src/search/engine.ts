import type { Context } from '../kernel/index.ts';
import type { Region } from '../pricing/index.ts';
import type { StoredCard } from './document.ts';
import type { SearchQuery, SearchResult } from './model.ts';

/** A query with the region that its prices are meant in: what is not sold there is not found. */
export interface Asked extends SearchQuery {
  readonly region: Region;
}

/** How many of the words a product must have: all, or the more the better. */
export type Match = 'all' | 'some';

/** Products by facet text, as an engine counts them. */
export type Counts = ReadonlyMap<string, number>;

/** What an engine found. Each facet is counted without its own choices. */
export interface Found {
  readonly cards: readonly StoredCard[];
  readonly total: number;
  /** What the words and the listing's category alone find, no facet chosen. */
  readonly scopeTotal: number;
  readonly categories: Counts;
  readonly brands: Counts;
  readonly colours: Counts;
  readonly price: { readonly min: number; readonly max: number } | null;
  readonly inStockCount: number;
}

/** One of the two ways to answer; they differ in the order of what is relevant, not in what a facet means. */
export interface Engine {
  readonly name: SearchResult['engine'];
  find(ctx: Context, asked: Asked, match: Match): Promise<Found>;
  /** The facet texts of categories and brands by slug, for choices that nothing found has. */
  facetTexts(
    ctx: Context,
    slugs: { readonly categories: readonly string[]; readonly brands: readonly string[] },
  ): Promise<{ readonly categories: readonly string[]; readonly brands: readonly string[] }>;
}
