import type { Asked } from './engine.ts';
import type { SearchQuery } from './model.ts';

/** What narrows a listing down. A facet is counted under the conditions of all others. */
export const facetNames = ['categories', 'brands', 'colours', 'price', 'stock'] as const;
export type FacetName = (typeof facetNames)[number];

/** The facets that something is chosen of. */
export function chosenFacets(query: SearchQuery): FacetName[] {
  const isChosen: Record<FacetName, boolean> = {
    categories: query.categories.length > 0,
    brands: query.brands.length > 0,
    colours: query.colours.length > 0,
    price: query.priceMin !== null || query.priceMax !== null,
    stock: query.inStock,
  };
  return facetNames.filter((name) => isChosen[name]);
}

/** A string in Meilisearch's filter language: what somebody typed cannot end it. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The condition that a field has one of some values; no values, no product. */
export function oneOf(field: string, values: readonly string[]): string {
  return `${field} IN [${values.map(quoted).join()}]`;
}

/** The field that holds a product's price where the query was asked. Codes of regions are letters, digits and hyphens. */
export function priceField({ region }: Asked): string {
  return `prices.${region.code}`;
}

/**
 * The conditions of a query in Meilisearch's filter language: all must hold.
 *
 * @param options.without the facet whose choices are left out, or all of them
 */
export function meiliFilter(query: Asked, options: { without?: FacetName | 'all' } = {}): string[] {
  const price = priceField(query);
  const conditions: Record<FacetName, string[]> = {
    categories: query.categories.length > 0 ? [oneOf('categorySlugs', query.categories)] : [],
    brands: query.brands.length > 0 ? [oneOf('brandSlug', query.brands)] : [],
    colours: query.colours.length > 0 ? [oneOf('colours', query.colours)] : [],
    price: [
      ...(query.priceMin === null ? [] : [`${price} >= ${query.priceMin}`]),
      ...(query.priceMax === null ? [] : [`${price} <= ${query.priceMax}`]),
    ],
    stock: query.inStock ? ['stock = 1'] : [],
  };
  const kept = facetNames.filter((name) => options.without !== 'all' && options.without !== name);
  const scope = query.category === null ? [] : [oneOf('categorySlugs', [query.category])];
  return [`${price} EXISTS`, ...scope, ...kept.flatMap((name) => conditions[name])];
}
