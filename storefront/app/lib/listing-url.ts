import type { Currency, ProductQuery } from './bff-types.ts';
import { minorUnits, parseAmount } from './format.ts';

export const sortOrders = ['relevance', 'newest', 'price-asc', 'price-desc'] as const;
export type SortOrder = (typeof sortOrders)[number];

export const sortLabels: Record<SortOrder, string> = {
  relevance: 'Best match',
  newest: 'Newest',
  'price-asc': 'Price: low to high',
  'price-desc': 'Price: high to low',
};

const MAX_PAGE = 400;
const MAX_CHOICES = 50;

/** What a listing's URL says: everything a shopper chose, so that a link shows the same to somebody else. */
export interface ListingState {
  readonly q: string;
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly colours: readonly string[];
  /** In minor units. */
  readonly priceMin: number | null;
  readonly priceMax: number | null;
  readonly inStock: boolean;
  readonly sort: SortOrder;
  readonly page: number;
}

/** The names of the URL's parameters that hold several choices. */
const choiceParams = { categories: 'category', brands: 'brand', colours: 'colour' } as const;
type Choice = keyof typeof choiceParams;

function choicesIn(params: URLSearchParams, choice: Choice): string[] {
  const values = params.getAll(choiceParams[choice]).map((value) => value.trim().slice(0, 120));
  return [...new Set(values.filter((value) => value !== ''))].slice(0, MAX_CHOICES);
}

/** Reads a listing's URL. What makes no sense is left out, so that any link shows something. */
export function readListing(params: URLSearchParams, currency: Currency): ListingState {
  const sort = sortOrders.find((order) => order === params.get('sort'));
  const page = Number(params.get('page') ?? 1);
  return {
    q: (params.get('q') ?? '').trim().slice(0, 200),
    categories: choicesIn(params, 'categories'),
    brands: choicesIn(params, 'brands'),
    colours: choicesIn(params, 'colours'),
    priceMin: parseAmount(params.get('price_min') ?? '', currency),
    priceMax: parseAmount(params.get('price_max') ?? '', currency),
    inStock: params.get('in_stock') === '1',
    sort: sort ?? 'relevance',
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, MAX_PAGE) : 1,
  };
}

/** Writes a listing's query string, `?` included; empty when nothing is chosen. The inverse of `readListing`. */
export function writeListing(state: ListingState, currency: Currency): string {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  for (const choice of Object.keys(choiceParams) as Choice[]) {
    for (const value of state[choice]) params.append(choiceParams[choice], value);
  }
  if (state.priceMin !== null) params.set('price_min', String(state.priceMin / minorUnits(currency)));
  if (state.priceMax !== null) params.set('price_max', String(state.priceMax / minorUnits(currency)));
  if (state.inStock) params.set('in_stock', '1');
  if (state.sort !== 'relevance') params.set('sort', state.sort);
  if (state.page > 1) params.set('page', String(state.page));
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** The listing without one of its choices, from its first page. */
export function withoutChoice(state: ListingState, choice: Choice, value: string): ListingState {
  return { ...state, [choice]: state[choice].filter((chosen) => chosen !== value), page: 1 };
}

/** The listing with no filter; what is searched for and the order stay. */
export function withoutFilters(state: ListingState): ListingState {
  return {
    ...state,
    categories: [],
    brands: [],
    colours: [],
    priceMin: null,
    priceMax: null,
    inStock: false,
    page: 1,
  };
}

/** How many filters are chosen: a price range counts as one. */
export function filterCount(state: ListingState): number {
  const price = state.priceMin !== null || state.priceMax !== null ? 1 : 0;
  return (
    state.categories.length + state.brands.length + state.colours.length + price + (state.inStock ? 1 : 0)
  );
}

/** What to ask the bff for. @param category the slug of the category that the listing is of */
export function listingQuery(state: ListingState, category: string | null): ProductQuery {
  return {
    q: state.q,
    category,
    categories: [...state.categories],
    brands: [...state.brands],
    colours: [...state.colours],
    priceMin: state.priceMin,
    priceMax: state.priceMax,
    inStock: state.inStock,
    sort: state.sort,
    page: state.page,
  };
}

/** The pages to link to around `page`: first, last and the neighbours; null stands for a gap. */
export function pagesAround(page: number, pageCount: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, pageCount].filter(
    (number) => number >= 1 && number <= pageCount,
  );
  const numbers = [...new Set(wanted)].sort((a, b) => a - b);
  return numbers.flatMap((number, index) => {
    const before = numbers[index - 1];
    return before !== undefined && number - before > 1 ? [null, number] : [number];
  });
}
