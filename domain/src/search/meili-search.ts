import { inSpan } from '@souk/telemetry';
import type { Meilisearch, MultiSearchQuery, MultiSearchResult } from 'meilisearch';
import type { Context } from '../kernel/index.ts';
import { storedCard } from './document.ts';
import type { Asked, Counts, Engine, Found } from './engine.ts';
import { chosenFacets, type FacetName, meiliFilter, oneOf, priceField } from './filters.ts';

/** How long a listing waits for the search engine before it asks Postgres. */
export const SEARCH_TIMEOUT_MS = 1_000;

/** The field that a facet is counted by. */
const countedBy = {
  categories: 'categoryFacets',
  brands: 'brandFacet',
  colours: 'colours',
  stock: 'stock',
} as const satisfies Partial<Record<FacetName, string>>;

function sortOf(asked: Asked): string[] {
  const price = priceField(asked);
  const sorts: Record<Asked['sort'], string[]> = {
    relevance: [],
    newest: ['publishedAt:desc'],
    'price-asc': [`${price}:asc`],
    'price-desc': [`${price}:desc`],
  };
  return sorts[asked.sort];
}

/**
 * Search on Meilisearch: one request, no SQL. The listing itself counts the facets that nothing is chosen of; each other
 * facet is counted by a search of its own without its choices.
 *
 * @throws MeilisearchError when the engine is away or its index is not ours
 */
export const meiliEngine: Engine = {
  name: 'meilisearch',

  async find(ctx, query, match) {
    const { meili, index } = engineOf(ctx);
    const price = priceField(query);
    const fieldOf = (name: FacetName) => (name === 'price' ? price : countedBy[name]);
    const base = {
      indexUid: index,
      q: query.q,
      matchingStrategy: match === 'all' ? 'all' : 'last',
    } satisfies MultiSearchQuery;
    const chosen = chosenFacets(query);
    // Sold-out products are counted by the listing itself: in stock, they are exactly its total.
    const recounted = chosen.filter((name): name is Exclude<FacetName, 'stock'> => name !== 'stock');
    const [listing, ...others] = await search(meili, [
      {
        ...base,
        filter: meiliFilter(query),
        facets: [...Object.values(countedBy), price],
        sort: sortOf(query),
        page: query.page,
        hitsPerPage: query.limit,
      },
      ...recounted.map((name) => ({
        ...base,
        filter: meiliFilter(query, { without: name }),
        facets: [fieldOf(name)],
        page: 1,
        hitsPerPage: 0,
      })),
      ...(chosen.length > 0
        ? [{ ...base, filter: meiliFilter(query, { without: 'all' }), page: 1, hitsPerPage: 0 }]
        : []),
    ]);
    if (!listing) throw new Error('the search engine left out the listing');
    const counterOf = (name: Exclude<FacetName, 'stock'>) => others[recounted.indexOf(name)] ?? listing;
    return {
      cards: listing.hits.map((hit) => storedCard.parse(hit)),
      total: totalOf(listing),
      scopeTotal: totalOf(others[recounted.length] ?? listing),
      categories: countsOf(listing, counterOf('categories'), countedBy.categories),
      brands: countsOf(listing, counterOf('brands'), countedBy.brands),
      colours: countsOf(listing, counterOf('colours'), countedBy.colours),
      price: counterOf('price').facetStats?.[price] ?? null,
      inStockCount: listing.facetDistribution?.stock?.[1] ?? 0,
    } satisfies Found;
  },

  async facetTexts(ctx, slugs) {
    const { meili, index } = engineOf(ctx);
    const query = (field: string, facet: string, values: readonly string[]): MultiSearchQuery => ({
      indexUid: index,
      filter: [oneOf(field, values)],
      facets: [facet],
      page: 1,
      hitsPerPage: 0,
    });
    const [categories, brands] = await search(meili, [
      query('categorySlugs', countedBy.categories, slugs.categories),
      query('brandSlug', countedBy.brands, slugs.brands),
    ]);
    const textsOf = (result: MultiSearchResult<Record<string, unknown>> | undefined, facet: string) =>
      Object.keys(result?.facetDistribution?.[facet] ?? {});
    return {
      categories: textsOf(categories, countedBy.categories),
      brands: textsOf(brands, countedBy.brands),
    };
  },
};

function engineOf(ctx: Context): { meili: Meilisearch; index: string } {
  const { meili } = ctx.services;
  if (!meili || !ctx.config.meili) throw new Error('the shop runs without a search engine');
  return { meili, index: ctx.config.meili.index };
}

/** Without what is looked for. */
const multiSearch = {
  name: 'meilisearch multi-search',
  kind: 'client',
  attributes: { 'db.system.name': 'meilisearch' },
} as const;

async function search(meili: Meilisearch, queries: MultiSearchQuery[]) {
  const { results } = await inSpan(multiSearch, () =>
    meili.multiSearch<{ queries: MultiSearchQuery[] }, Record<string, unknown>>(
      { queries },
      { signal: AbortSignal.timeout(SEARCH_TIMEOUT_MS) },
    ),
  );
  return results;
}

function totalOf(result: MultiSearchResult<Record<string, unknown>>): number {
  return result.totalHits ?? 0;
}

/**
 * A facet's counts. The listing itself adds what the engine may have cut off, for a chosen value that few products have:
 * under its own choices its count is the same.
 */
function countsOf(
  listing: MultiSearchResult<Record<string, unknown>>,
  counter: MultiSearchResult<Record<string, unknown>>,
  field: string,
): Counts {
  const counts = counter.facetDistribution?.[field] ?? {};
  if (counter === listing) return new Map(Object.entries(counts));
  return new Map(Object.entries({ ...listing.facetDistribution?.[field], ...counts }));
}
