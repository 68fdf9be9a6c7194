import { describe, expect, it } from 'vitest';
import {
  filterCount,
  type ListingState,
  listingQuery,
  pagesAround,
  readListing,
  withoutChoice,
  withoutFilters,
  writeListing,
} from './listing-url.ts';

const read = (query: string) => readListing(new URLSearchParams(query), 'USD');
const plain = read('');

describe('the URL of a listing', () => {
  it('holds everything a shopper chose, and reads back the same', () => {
    const state: ListingState = {
      q: 'linen & wool',
      categories: ['shirts', 'trousers'],
      brands: ['holm-daughters'],
      colours: ['Navy', 'Sand/Rust'],
      priceMin: 1250,
      priceMax: 9900,
      inStock: true,
      sort: 'price-asc',
      page: 3,
    };
    const text = writeListing(state, 'USD');
    expect(text).toContain('price_min=12.5');
    expect(read(text)).toEqual(state);
  });

  it('is bare when nothing is chosen', () => {
    expect(writeListing(plain, 'USD')).toBe('');
  });

  it.each([
    ['page=0', 1],
    ['page=-4', 1],
    ['page=2.5', 1],
    ['page=x', 1],
    ['page=99999', 400],
    ['page=7', 7],
  ])('reads %s as page %i', (query, page) => {
    expect(read(query).page).toBe(page);
  });

  it.each(['price_min=', 'price_min=cheap', 'price_min=-5', 'price_min=1e999', 'price_min=NaN'])(
    'leaves out a price that makes no sense: %s',
    (query) => {
      expect(read(query).priceMin).toBeNull();
    },
  );

  it('takes a decimal comma, and counts in minor units', () => {
    expect(read('price_max=19,99').priceMax).toBe(1999);
  });

  it('drops empty and repeated choices, and at most fifty are kept', () => {
    expect(read('brand=&brand=a&brand=a&brand=b').brands).toEqual(['a', 'b']);
    const many = Array.from({ length: 80 }, (_, index) => `brand=b${index}`).join('&');
    expect(read(many).brands).toHaveLength(50);
  });

  it('falls back to the best match for an unknown order', () => {
    expect(read('sort=random').sort).toBe('relevance');
  });

  it('asks the bff for the same, within the category of the page', () => {
    expect(listingQuery(read('brand=a&in_stock=1'), 'lamps')).toMatchObject({
      category: 'lamps',
      brands: ['a'],
      inStock: true,
      page: 1,
    });
  });
});

describe('dropping filters', () => {
  const state = read('q=cup&brand=a&brand=b&colour=Red&price_min=5&in_stock=1&sort=newest&page=4');

  it('counts a price range once', () => {
    expect(filterCount(state)).toBe(5);
    expect(filterCount(plain)).toBe(0);
  });

  it('drops one choice and goes to the first page', () => {
    const without = withoutChoice(state, 'brands', 'a');
    expect(without.brands).toEqual(['b']);
    expect(without.page).toBe(1);
  });

  it('drops all, and keeps what is searched for and the order', () => {
    expect(writeListing(withoutFilters(state), 'USD')).toBe('?q=cup&sort=newest');
  });
});

describe('paging', () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 9, [1, 2, null, 9]],
    [5, 9, [1, null, 4, 5, 6, null, 9]],
    [9, 9, [1, null, 8, 9]],
    [3, 5, [1, 2, 3, 4, 5]],
  ])('on page %i of %i links to %j', (page, pageCount, expected) => {
    expect(pagesAround(page, pageCount)).toEqual(expected);
  });
});
