import { renameProduct } from '@souk/domain/catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { seedShirts, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
let document: z.infer<typeof openApi>;

const jsonSchema = z.record(z.string(), z.json());
const content = z.record(z.string(), z.object({ schema: jsonSchema }));
const openApi = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({
          parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: z.unknown() })).optional(),
          responses: z.record(z.string(), z.object({ content: content.optional() })),
        })
        .optional(),
    }),
  ),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});

beforeAll(async () => {
  bff = await startTestServer();
  await seedShirts(bff.test, 7);
  document = openApi.parse(await (await fetch(`${bff.url}/api/v1/openapi.json`)).json());
});
afterAll(() => bff?.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${bff.url}/api/v1${path}`, { headers, redirect: 'manual' });
  const text = await response.text();
  return { response, status: response.status, body: text === '' ? null : z.json().parse(JSON.parse(text)) };
}

/** The schema that the OpenAPI document promises for an answer. */
function promised(path: string, status: number): z.ZodType {
  const answer = document.paths[path]?.get?.responses[String(status)]?.content;
  const schema = answer ? Object.values(answer)[0]?.schema : undefined;
  if (!schema) throw new Error(`the document does not tell of ${status} at ${path}`);
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}

const list = z.object({
  items: z.array(z.looseObject({ handle: z.string() })),
  total: z.number(),
  nextCursor: z.string().nullable(),
});

describe('GET /products', () => {
  test('answers as documented', async () => {
    const { status, body, response } = await get('/products?q=linen&limit=3');
    expect(status).toBe(200);
    expect(promised('/api/v1/products', 200).safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ total: 7 });
    expect(list.parse(body).items[0]).toMatchObject({
      externalId: expect.stringMatching(/^ext-/),
      price: { amount: expect.any(Number), currency: 'USD' },
      inStock: true,
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('filters and sorts', async () => {
    const { body } = await get('/products?brand=marlowe&price_min=1100&price_max=1500&sort=price-desc');
    expect(list.parse(body).items.map((item) => item.handle)).toEqual(['shirt-4', 'shirt-2']);
    const both = await get('/products?brand=marlowe&brand=fen-and-field');
    expect(both.body).toMatchObject({ total: 7 });
    const shirts = await get('/products?category=shirts');
    expect(shirts.body).toMatchObject({ total: 7 });
    const parent = await get('/products?category=apparel');
    expect(parent.body).toMatchObject({ total: 7 });
    const nothing = await get('/products?category=nothing');
    expect(nothing.body).toMatchObject({ total: 0, items: [], nextCursor: null });
  });

  test('takes a URL template with nothing filled in', async () => {
    const { status, body } = await get(
      '/products?q=&category=&brand=&price_min=&price_max=&sort=&limit=&cursor=',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 7 });
  });

  test('walks by cursor over all products, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
      const page = list.parse((await get(`/products?sort=price-asc&limit=3&cursor=${cursor}`)).body);
      seen.push(...page.items.map((item) => item.handle));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `shirt-${index}`));
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['price_min=1.5', 'price_min'],
    ['sort=best', 'sort'],
    ['colr=red', 'colr'],
    ['q=a&q=b', 'q'],
  ])('refuses %s by name', async (query, field) => {
    const { status, body, response } = await get(`/products?${query}`);
    expect(status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(promised('/api/v1/products', 400).safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ code: 'invalid_input', status: 400, errors: [{ field }] });
  });

  test('documents each parameter that it takes', () => {
    const names = document.paths['/api/v1/products']?.get?.parameters?.map((parameter) => parameter.name);
    expect(names).toEqual(
      expect.arrayContaining(['q', 'category', 'brand', 'price_min', 'price_max', 'sort', 'limit', 'cursor']),
    );
  });
});

describe('regions', () => {
  test('are listed as documented', async () => {
    const { status, body } = await get('/regions');
    expect(status).toBe(200);
    expect(promised('/api/v1/regions', 200).safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({
      items: [
        { code: 'us', currency: 'USD', pricesIncludeTax: false },
        { code: 'eu', currency: 'EUR', pricesIncludeTax: true },
      ],
    });
  });

  test.each([
    ['the parameter', '&region=eu', {}],
    ['the header', '', { 'x-souk-region': 'eu' }],
  ])('decide by %s what is found, and for how much', async (_, parameter, headers) => {
    const { body, response } = await get(`/products?sort=price-asc${parameter}`, headers);
    expect(promised('/api/v1/products', 200).safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ total: 5, currency: 'EUR', facets: { price: { min: 1590, max: 1990 } } });
    expect(list.parse(body).items.map((item) => item.handle)).toEqual(
      [4, 3, 2, 1, 0].map((index) => `shirt-${index}`),
    );
    expect(list.parse(body).items[0]).toMatchObject({ price: { amount: 1590, currency: 'EUR' } });
    expect(response.headers.get('vary')).toContain('x-souk-region');
    const narrow = await get(`/products?price_max=1690${parameter}`, headers);
    expect(narrow.body).toMatchObject({ total: 2 });
    const product = await get(`/products/shirt-4?${parameter}`, headers);
    expect(promised('/api/v1/products/{handle}', 200).safeParse(product.body).error).toBeUndefined();
    expect(product.body).toMatchObject({ variants: [{ price: { amount: 1590, currency: 'EUR' } }, {}] });
    const elsewhere = await get(`/products/shirt-6?${parameter}`, headers);
    expect(elsewhere.status).toBe(404);
    expect(elsewhere.body).toMatchObject({ code: 'not_sold_here' });
  });

  test('that are none are refused by name', async () => {
    expect((await get('/products?region=mars')).body).toMatchObject({ code: 'invalid_input' });
    expect((await get('/products/shirt-1?region=mars')).status).toBe(400);
    expect((await get('/products/shirt-1?region=NOT+ONE')).body).toMatchObject({
      errors: [{ field: 'region' }],
    });
  });
});

describe('GET /products/:handle', () => {
  test('answers as documented, dates as text', async () => {
    const { status, body } = await get('/products/shirt-1');
    expect(status).toBe(200);
    expect(promised('/api/v1/products/{handle}', 200).safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ handle: 'shirt-1', publishedAt: '2026-01-01T00:00:00.000Z' });
  });

  test('tells 304 to who has it', async () => {
    const first = await get('/products/shirt-1');
    const etag = first.response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^".+"$/);
    expect((await get('/products/shirt-1', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/products/shirt-1', { 'if-none-match': '"old"' })).status).toBe(200);
  });

  test('answers 404 as documented', async () => {
    const { status, body } = await get('/products/nothing');
    expect(status).toBe(404);
    expect(promised('/api/v1/products/{handle}', 404).safeParse(body).error).toBeUndefined();
  });

  test('leads from an old handle to the new', async () => {
    const product = z.object({ id: z.string() }).parse((await get('/products/shirt-6')).body);
    await renameProduct(bff.test.ctx, { productId: product.id, handle: 'summer-shirt' });
    const { status, response } = await get('/products/shirt-6');
    expect(status).toBe(308);
    expect(response.headers.get('location')).toBe('/api/v1/products/summer-shirt');
    expect((await get('/products/summer-shirt')).status).toBe(200);
  });
});

describe('GET /categories', () => {
  test('answers as documented', async () => {
    const { status, body } = await get('/categories');
    expect(status).toBe(200);
    expect(promised('/api/v1/categories', 200).safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ items: [{ slug: 'apparel', children: [{ slug: 'shirts' }] }] });
  });
});

describe('pages of other origins', () => {
  test('may ask first', async () => {
    const response = await fetch(`${bff.url}/api/v1/products`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toContain('GET');
  });
});

test('the document is OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
});
