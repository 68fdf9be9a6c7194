import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveProducts } from '../catalog/index.ts';
import { type Context, countStatements, createContext, system } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { type SearchQuery, type SearchResult, searchProducts } from './index.ts';
import { bruteForce, learnSlug } from './testing/brute-force.ts';
import { draftOf, nouns, randomShop, seededRandom } from './testing/random-shop.ts';

const engines = ['meilisearch', 'postgres'] as const;
const products = randomShop(240);
const [noun, otherNoun] = nouns;

let shop: TestDomain;
let contexts: Record<(typeof engines)[number], Context>;

beforeAll(async () => {
  shop = await createTestDomain();
  const ctx = shop.domain.context({ actor: system });
  const saved = await saveProducts(ctx, products.map(draftOf));
  expect(saved.filter((product) => product.outcome === 'failed')).toEqual([]);
  await shop.runJobs();
  contexts = {
    meilisearch: ctx,
    postgres: createContext({ ...ctx, services: { ...ctx.services, meili: null } }),
  };
  const { facets } = await searchProducts(contexts.postgres, {});
  for (const { label, value } of facets.brands) learnSlug(label, value);
});

afterAll(() => shop?.close());

const byValue = (values: SearchResult['facets']['brands']) =>
  Object.fromEntries(values.map(({ value, count }) => [value, count]));

async function everyPage(
  ctx: Context,
  query: Partial<SearchQuery>,
  limit: number,
): Promise<SearchResult['items']> {
  const items: SearchResult['items'] = [];
  for (let page = 1; ; page += 1) {
    const result = await searchProducts(ctx, { ...query, page, limit });
    items.push(...result.items);
    if (page >= result.pageCount) return items;
  }
}

const someBrand = 'brook-and-co';
const table: [name: string, query: Partial<SearchQuery>][] = [
  ['everything', {}],
  ['one word', { q: noun }],
  ['one brand', { brands: [someBrand] }],
  ['two brands', { brands: [someBrand, 'dunmore'] }],
  ['a category with those below it', { category: 'home' }],
  ['a category in the middle', { category: 'kitchen', brands: ['amberly'] }],
  ['a leaf', { category: 'pans' }],
  ['categories as choices', { categories: ['lighting', 'knits'], colours: ['red'] }],
  ['a category beside the listing’s', { category: 'home', categories: ['knits'] }],
  ['a colour with quotes and a backslash', { colours: ['5" o\'black\\'] }],
  ['colours and stock', { colours: ['red', 'navy blue'], inStock: true }],
  ['stock alone', { inStock: true }],
  ['a price range', { priceMin: 1000, priceMax: 2500 }],
  ['an upside-down price range', { priceMin: 2500, priceMax: 1000 }],
  [
    'all of them',
    {
      q: otherNoun,
      category: 'wear',
      brands: ['amberly', 'everglade'],
      colours: ['green'],
      priceMax: 4000,
      inStock: true,
    },
  ],
  ['a brand that nobody has', { brands: ['no-such-brand'] }],
  ['a category that is not there', { category: 'no-such-category' }],
];
const random = seededRandom(11);
const maybe = <T>(values: readonly T[], share = 0.3): T[] => values.filter(() => random() < share);
for (let index = 0; index < 25; index += 1) {
  table.push([
    `random choices ${index}`,
    {
      q: random() < 0.5 ? (nouns[index % nouns.length] ?? noun) : '',
      category: random() < 0.3 ? 'home' : null,
      categories: maybe(['kitchen', 'pans', 'lighting', 'knits', 'wear']),
      brands: maybe(['amberly', 'dunmore', 'creme-atelier', 'fjallstig']),
      colours: maybe(['red', 'green', 'off white']),
      priceMin: random() < 0.3 ? 1500 : null,
      priceMax: random() < 0.3 ? 4500 : null,
      inStock: random() < 0.3,
    },
  ]);
}

describe.each(engines)('%s', (engine) => {
  test.each(table)('finds and counts %s', async (_, query) => {
    const ctx = contexts[engine];
    const expected = bruteForce(products, query);
    const result = await searchProducts(ctx, query);
    const items = await everyPage(ctx, query, 100);
    expect(result.engine).toBe(engine);
    expect(result.total).toBe(expected.handles.length);
    expect(items.map((item) => item.handle).sort()).toEqual(expected.handles.toSorted());
    expect(byValue(result.facets.categories)).toEqual(expected.categories);
    expect(byValue(result.facets.brands)).toEqual(expected.brands);
    expect(byValue(result.facets.colours)).toEqual(expected.colours);
    expect(result.facets.price).toEqual(expected.price);
    expect(result.facets.inStockCount).toBe(expected.inStockCount);
  });

  test('what a value counts is what choosing it brings', async () => {
    const base: Partial<SearchQuery> = { q: otherNoun, colours: ['red'] };
    const { facets } = await searchProducts(contexts[engine], base);
    for (const { value, count } of facets.brands) {
      expect((await searchProducts(contexts[engine], { ...base, brands: [value] })).total).toBe(count);
    }
    for (const { value, count } of facets.categories) {
      expect((await searchProducts(contexts[engine], { ...base, categories: [value] })).total).toBe(count);
    }
  });

  test.each(['relevance', 'newest', 'price-asc', 'price-desc'] as const)(
    'pages by %s without a product twice',
    async (sort) => {
      const items = await everyPage(contexts[engine], { sort }, 7);
      expect(items).toHaveLength(products.length);
      expect(new Set(items.map((item) => item.id)).size).toBe(products.length);
      const prices = items.map((item) => item.price.amount);
      if (sort === 'price-asc') expect(prices).toEqual(prices.toSorted((a, b) => a - b));
      if (sort === 'price-desc') expect(prices).toEqual(prices.toSorted((a, b) => b - a));
      if (sort === 'newest') {
        const published = new Map(products.map((product) => [product.handle, product.publishedAt.getTime()]));
        const times = items.map((item) => published.get(item.handle) ?? 0);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
      }
      if (sort === 'relevance') {
        const stock = items.map((item) => Number(item.isInStock));
        expect(stock).toEqual(stock.toSorted((a, b) => b - a));
      }
    },
  );

  test('names facets for people, most products first', async () => {
    const { facets } = await searchProducts(contexts[engine], {
      brands: ['Brook & Co'],
      category: 'wear',
      categories: ['kitchen'],
    });
    expect(facets.brands.find((brand) => brand.value === someBrand)).toMatchObject({
      label: 'Brook & Co',
      isChosen: true,
    });
    expect(facets.categories).toContainEqual({
      value: 'kitchen',
      label: 'Kitchen',
      count: 0,
      isChosen: true,
    });
    const counts = facets.brands.map((brand) => brand.count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  test('names colours as they are written', async () => {
    const { facets } = await searchProducts(contexts[engine], { category: 'home' });
    expect(facets.colours.map((colour) => colour.label)).toContain('Navy Blue');
  });

  test('shows a card whole', async () => {
    const product = products.find(
      (candidate) =>
        candidate.prices.length > 1 &&
        candidate.brand &&
        candidate.stock > 0 &&
        new Set(candidate.prices).size > 1,
    );
    if (!product) throw new Error('the random shop has no such product');
    const items = await everyPage(contexts[engine], {}, 100);
    expect(items.find((item) => item.handle === product.handle)).toMatchObject({
      title: expect.stringContaining(product.noun),
      brand: product.brand,
      price: { amount: Math.min(...product.prices), currency: 'USD' },
      hasPriceRange: true,
      isInStock: true,
      colours: product.colours,
    });
  });

  test.each([
    ['umbrela', 'umbrella'],
    ['cardigen', 'cardigan'],
    ['ntoebook', 'notebook'],
    ['LANTERNS', 'lantern'],
    ['red skilet', 'skillet'],
  ])('finds %s as %s', async (typed, meant) => {
    const { items } = await searchProducts(contexts[engine], { q: typed });
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item.title).toContain(meant);
  });

  test('shows those with some of the words when hardly any has all', async () => {
    const { items, total } = await searchProducts(contexts[engine], { q: `${noun} zeppelin` });
    expect(total).toBe(bruteForce(products, { q: noun }).handles.length);
    expect(items[0]?.title).toContain(noun);
  });

  test('answers beyond the last page with nothing but the count', async () => {
    for (const page of [1_000, 50_000]) {
      const result = await searchProducts(contexts[engine], { page });
      expect(result.items).toEqual([]);
      expect(result.total).toBe(products.length);
    }
  });

  test('reads only the beginning of endless text', async () => {
    for (const endless of ['x'.repeat(10_000), 'ab '.repeat(4_000), `umbrella ${'👟'.repeat(9_000)}`]) {
      expect((await searchProducts(contexts[engine], { q: endless })).engine).toBe(engine);
    }
  });

  test.each([
    '"',
    "'",
    '\\',
    '\\"',
    '" OR 1=1 --',
    "'; drop table products; --",
    '" OR brandSlug EXISTS OR brandSlug = "',
    ']',
    '(((',
    '!!!',
    '-',
    '-umbrella',
    '& | ! <-> :*',
    'umbrella & | cardigan',
    '%_',
    '👟👟',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '$1',
    '{{7*7}}',
    'the',
    '日本',
  ])('takes %j for what it is: text', async (hostile) => {
    const ctx = contexts[engine];
    const result = await searchProducts(ctx, { q: hostile });
    expect(result.engine).toBe(engine);
    const slug = hostile.slice(0, 100);
    const narrowed = await searchProducts(ctx, {
      category: slug,
      categories: [slug],
      brands: [slug],
      colours: [slug.slice(0, 60)],
    });
    expect(narrowed.engine).toBe(engine);
    expect(narrowed.total).toBe(0);
  });
});

test('asks Postgres nothing while the search engine is up, and little when it is away', async () => {
  const config = { ...shop.ctx.config, settingsCacheSeconds: 60 };
  const [up, away] = engines.map((engine) => createContext({ ...contexts[engine], config }));
  if (!up || !away) throw new Error('two engines were expected');
  await searchProducts(up, {}); // remembers the regions
  const query = { q: 'umbrella', brands: ['dunmore', 'no-such-brand'], category: 'home', priceMin: 100 };
  expect((await countStatements(() => searchProducts(up, query))).statements).toBe(0);
  expect((await countStatements(() => searchProducts(away, query))).statements).toBe(2);
  const misspelt = await countStatements(() => searchProducts(away, { ...query, q: 'umbrela zeppelin' }));
  expect(misspelt.statements).toBeLessThanOrEqual(6);
});
