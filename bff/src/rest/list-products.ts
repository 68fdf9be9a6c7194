import { DomainError, decodeCursor, encodeCursor } from '@souk/domain/kernel';
import { PAGE_SIZE, type SearchQuery, searchQuery } from '@souk/domain/search';
import { z } from 'zod';
import type { RouterOutputs } from '../types.ts';
import { productsQuery, withoutEmpty } from './query.ts';

/** Where a listing goes on. The page's size is part of it: with another one, pages would overlap. */
const place = z.strictObject({
  page: searchQuery.shape.page.unwrap(),
  limit: searchQuery.shape.limit.unwrap(),
});

/**
 * A listing's query parameters as a search.
 *
 * @throws ZodError that names each parameter that is unknown or wrong
 * @throws DomainError `invalid_input` for a cursor that is not ours, or of another page size
 */
export function searchOf(rawQuery: unknown): SearchQuery {
  const query = productsQuery.parse(withoutEmpty(rawQuery));
  const at = placeOf(query.cursor, query.limit);
  const categories = query.category ?? [];
  const [only] = categories;
  return {
    q: query.q ?? '',
    category: categories.length === 1 && only !== undefined ? only : null,
    categories: categories.length > 1 ? categories : [],
    brands: query.brand ?? [],
    colours: query.colour ?? [],
    priceMin: query.price_min ?? null,
    priceMax: query.price_max ?? null,
    inStock: query.in_stock === 'true',
    sort: query.sort ?? 'relevance',
    ...at,
  };
}

function placeOf(cursor: string | undefined, limit: number | undefined): z.infer<typeof place> {
  if (cursor === undefined) return { page: 1, limit: limit ?? PAGE_SIZE };
  const at = decodeCursor(place, cursor);
  if (limit !== undefined && limit !== at.limit) {
    throw new DomainError('invalid_input', `cursor: belongs to a listing with limit=${at.limit}`);
  }
  return at;
}

/** The cursor of the page after this one; null on the last. */
export function cursorAfter(result: RouterOutputs['search']['products'], limit: number): string | null {
  return result.page >= result.pageCount ? null : encodeCursor({ page: result.page + 1, limit });
}
