import type { Context } from '../kernel/index.ts';
import type { Counts, Engine, Found } from './engine.ts';
import { readCategoryFacetText, readFacetText } from './facet-text.ts';
import { FACET_LIMIT, type Facets, type FacetValue, type SearchQuery } from './model.ts';

interface Labelled {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** The facets of a listing: most products first, then by name; what is chosen is always among them. */
export async function facetsOf(
  ctx: Context,
  engine: Engine,
  query: SearchQuery,
  found: Found,
): Promise<Facets> {
  const categories = categoriesBelow(found.categories, query);
  const brands = [...found.brands].map(([text, count]) => ({ ...readFacetText(text), count }));
  const unknown = {
    categories: missing(query.categories, categories),
    brands: missing(query.brands, brands),
  };
  if (unknown.categories.length > 0 || unknown.brands.length > 0) {
    const texts = await engine.facetTexts(ctx, unknown);
    const named = (values: readonly Omit<Labelled, 'count'>[], wanted: readonly string[]) =>
      values.filter(({ value }) => wanted.includes(value)).map((value) => ({ ...value, count: 0 }));
    categories.push(...named(texts.categories.map(readCategoryFacetText), unknown.categories));
    brands.push(...named(texts.brands.map(readFacetText), unknown.brands));
  }
  const colours = [...found.colours].map(([value, count]) => ({ value, label: titleCase(value), count }));
  return {
    categories: facetValues(categories, query.categories),
    brands: facetValues(brands, query.brands),
    colours: facetValues(colours, query.colours),
    price: found.price,
    inStockCount: found.inStockCount,
  };
}

/** The categories that narrow the listing down: its own and those above it would not. */
function categoriesBelow(counts: Counts, query: SearchQuery): Labelled[] {
  const all = [...counts].map(([text, count]) => ({ ...readCategoryFacetText(text), count }));
  const own = all.find(({ value }) => value === query.category);
  if (!own) return all;
  return all.filter(({ depth, value }) => depth > own.depth || query.categories.includes(value));
}

function missing(chosen: readonly string[], values: readonly Labelled[]): string[] {
  return chosen.filter((choice) => !values.some(({ value }) => value === choice));
}

function facetValues(counted: readonly Labelled[], chosen: readonly string[]): FacetValue[] {
  const byValue = new Map<string, FacetValue>();
  // A brand renamed a moment ago may be counted under two labels: the greater one names both.
  for (const { value, label, count } of counted.toSorted(byCountThenLabel)) {
    const same = byValue.get(value);
    if (same) same.count += count;
    else byValue.set(value, { value, label, count, isChosen: chosen.includes(value) });
  }
  for (const value of chosen) {
    if (!byValue.has(value)) byValue.set(value, { value, label: titleCase(value), count: 0, isChosen: true });
  }
  const sorted = [...byValue.values()].sort(byCountThenLabel);
  return sorted.filter((value, index) => index < FACET_LIMIT || value.isChosen);
}

function byCountThenLabel(a: Labelled, b: Labelled): number {
  return b.count - a.count || compare(a.label, b.label) || compare(a.value, b.value);
}

/** By code unit: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function titleCase(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}'’])\p{Ll}/gu, (letter) => letter.toUpperCase());
}
