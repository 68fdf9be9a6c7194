import { createHash } from 'node:crypto';
import type { Settings } from 'meilisearch';
import type { SearchDocument } from './document.ts';

/** Words that say nothing of a product: a query must not fail because a product lacks them. */
const stopWords = ['a', 'an', 'and', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with'];

/** Words that shoppers use for one another; both ways. */
const synonyms: Record<string, string[]> = {};

const onlyCounted = { facetSearch: false, filter: { equality: true, comparison: false } };
const compared = { facetSearch: false, filter: { equality: true, comparison: true } };

/** How many values an engine counts a facet by: more than a listing offers, so that equal counts are cut by name. */
export const COUNTED_VALUES = 500;

const fields = <Name extends keyof SearchDocument & string>(...names: Name[]): string[] => names;

/**
 * The settings of the search engine: what is not named here has the engine's default. A change makes the next worker that
 * starts build a new index beside the old one and swap them.
 */
export const indexSettings = {
  // the weightiest first
  searchableAttributes: fields(
    'title',
    'brand',
    'categoryNames',
    'attributes',
    'tags',
    'skus',
    'description',
  ),
  filterableAttributes: [
    {
      attributePatterns: fields(
        'categorySlugs',
        'categoryFacets',
        'brandSlug',
        'brandFacet',
        'colours',
        'stock',
      ),
      features: onlyCounted,
    },
    // the second is for a release that knew no regions
    { attributePatterns: ['prices.*', ...fields('price')], features: compared },
  ],
  // with `prices` goes each region's price
  sortableAttributes: fields('prices', 'price', 'publishedAt'),
  displayedAttributes: fields(
    'id',
    'handle',
    'externalId',
    'title',
    'brand',
    'colourNames',
    'prices',
    'offers',
    'price',
    'compareAt',
    'hasPriceRange',
    'currency',
    'image',
    'stock',
    'publishedAt',
  ),
  // A chosen order is kept strictly; equally relevant products are told apart by stock, then age, so that pages are stable.
  rankingRules: [
    'sort',
    'words',
    'typo',
    'proximity',
    'attribute',
    'exactness',
    'stock:desc',
    'publishedAt:desc',
    'id:desc',
  ],
  stopWords,
  synonyms,
  typoTolerance: { enabled: true, disableOnAttributes: fields('skus'), disableOnNumbers: true },
  // Of prices only the least and the greatest are wanted: counting thousands of them would cost more than all the rest.
  faceting: { maxValuesPerFacet: COUNTED_VALUES, sortFacetValuesBy: { '*': 'count', price: 'alpha' } },
  // Beyond any catalogue: totals are exact. How deep a listing goes is the model's MAX_DEPTH.
  pagination: { maxTotalHits: 10_000_000 },
  facetSearch: false,
} satisfies Settings;

/** Lists whose order means something. */
const ordered = new Set(['searchableAttributes', 'rankingRules']);

/** Names these settings in logs: the same for the same settings. */
export const settingsVersion = createHash('sha256')
  .update(canonical(indexSettings))
  .digest('hex')
  .slice(0, 12);

/** Tells whether an index has these settings, by what it says of itself: also after its volume was swapped. */
export function hasCurrentSettings(actual: Settings): boolean {
  return Object.entries(indexSettings).every(
    ([name, wanted]) =>
      canonical(subset(wanted, Reflect.get(actual, name)), name) === canonical(wanted, name),
  );
}

/** JSON that is the same for what the engine takes for the same: keys sorted, and lists too where their order means nothing. */
function canonical(value: unknown, key = ''): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    return `[${(ordered.has(key) ? items : items.sort()).join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, item]) => `${name}:${canonical(item, name)}`).join()}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** `actual` without the members that `wanted` does not name: the engine adds its defaults. */
function subset(wanted: unknown, actual: unknown): unknown {
  if (!isRecord(wanted) || !isRecord(actual) || Object.keys(wanted).length === 0) return actual;
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, subset(wanted[name], actual[name])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
