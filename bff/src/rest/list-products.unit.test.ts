import { encodeCursor } from '@souk/domain/kernel';
import { describe, expect, test } from 'vitest';
import { describeError } from '../errors.ts';
import { cursorAfter, searchOf } from './list-products.ts';

function refusalOf(query: unknown) {
  try {
    searchOf(query);
  } catch (error) {
    return describeError(error);
  }
  throw new Error('expected a refusal');
}

describe('a listing’s query', () => {
  test('becomes a search', () => {
    expect(
      searchOf({
        q: ' linen ',
        brand: ['a', 'b'],
        category: 'shirts',
        price_min: '100',
        price_max: '2500',
        sort: 'price-asc',
        limit: '10',
      }),
    ).toMatchObject({
      q: 'linen',
      brands: ['a', 'b'],
      category: 'shirts',
      categories: [],
      priceMin: 100,
      priceMax: 2500,
      sort: 'price-asc',
      limit: 10,
      page: 1,
    });
  });

  test('takes several categories as alternatives', () => {
    expect(searchOf({ category: ['a', 'b'] })).toMatchObject({ category: null, categories: ['a', 'b'] });
  });

  test('may leave parameters empty', () => {
    expect(
      searchOf({ q: '', category: '', brand: '', price_min: '', sort: '', limit: '', cursor: '' }),
    ).toEqual(searchOf({}));
  });

  test.each([
    [{ colr: 'red' }, 'colr'],
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: '1e1' }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ price_min: '-1' }, 'price_min'],
    [{ price_max: '9.99' }, 'price_max'],
    [{ sort: 'cheapest' }, 'sort'],
    [{ category: 'x'.repeat(121) }, 'category'],
    [{ q: ['a', 'b'] }, 'q'],
    [{ in_stock: '1' }, 'in_stock'],
  ])('%j is refused, and the parameter named', (query, name) => {
    const refusal = refusalOf(query);
    expect(refusal).toMatchObject({ code: 'invalid_input', httpStatus: 400 });
    expect(Object.keys(refusal.fields ?? {})[0]?.split('.')[0]).toBe(name);
  });

  test.each([
    'nonsense',
    encodeCursor({ page: 0, limit: 24 }),
    encodeCursor([1]),
    encodeCursor({ page: 1e9, limit: 24 }),
  ])('refuses the cursor %s', (cursor) => {
    expect(refusalOf({ cursor })).toMatchObject({ code: 'invalid_input', httpStatus: 400 });
  });
});

describe('a cursor', () => {
  const emptyFacets = { categories: [], brands: [], colours: [], price: null, inStockCount: 0 };
  const result = {
    currency: 'USD' as const,
    items: [],
    total: 50,
    page: 1,
    pageCount: 3,
    facets: emptyFacets,
    engine: 'postgres' as const,
  };

  test('leads to the next page of the same size', () => {
    const cursor = cursorAfter(result, 20);
    expect(searchOf({ cursor })).toMatchObject({ page: 2, limit: 20 });
    expect(searchOf({ cursor, limit: '20' })).toMatchObject({ page: 2, limit: 20 });
    expect(refusalOf({ cursor, limit: '10' }).message).toContain('limit=20');
  });

  test('ends with the last page', () => {
    expect(cursorAfter({ ...result, page: 3 }, 20)).toBeNull();
    expect(cursorAfter({ ...result, page: 1, pageCount: 0 }, 20)).toBeNull();
  });
});
