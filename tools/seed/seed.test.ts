import { categoryTree, getProduct, rendition } from '@souk/domain/catalog';
import { listLocations } from '@souk/domain/inventory';
import { listPriceLists } from '@souk/domain/pricing';
import { brokenInvariants, createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedShop } from './seed-shop.ts';

let test: TestDomain;
beforeAll(async () => {
  test = await createTestDomain();
});
afterAll(() => test.close());

it('fills a shop, with a picture for each colour, and changes nothing the second time', {
  timeout: 60_000,
}, async () => {
  const seeded = await seedShop(test.ctx, { size: 24 });
  expect(seeded).toMatchObject({ products: 24, changed: 24 });
  const mug = await getProduct(test.ctx, { slug: 'harbour-mug' });
  expect(mug.images).toHaveLength(3);
  expect(new Set(mug.variants.map(({ imageKey }) => imageKey)).size).toBe(3);
  expect(mug.options[0]?.values[0]).toMatchObject({ value: 'Clay', swatch: '#b96f51' });
  const [image] = mug.images;
  const { content } = await rendition(test.ctx, { key: image?.key ?? '', width: 320, format: 'avif' });
  expect(content.byteLength).toBeGreaterThan(500);
  const tree = await categoryTree(test.ctx);
  expect(tree.map(({ name }) => name)).toEqual([
    'Kitchen',
    'Living',
    'Apparel',
    'Bags & Travel',
    'Outdoors',
    'Desk',
    'Kids',
  ]);
  expect(tree[0]?.children[0]?.description).toMatch(/Stoneware/);
  const lists = await listPriceLists(test.ctx);
  expect(lists.map(({ name, currency }) => `${name} ${currency}`).sort()).toEqual([
    'Trade prices EUR',
    'Trade prices USD',
    'Winter sale EUR',
    'Winter sale USD',
  ]);
  expect(lists.every(({ priceCount }) => priceCount > 5)).toBe(true);
  const moves = () => test.ctx.db.selectFrom('stock_movements').select('position').execute();
  const moved = (await moves()).length;
  const locations = await listLocations(test.ctx);
  expect(locations.map(({ code, country }) => `${code} ${country}`)).toEqual(['main US', 'berlin DE']);
  expect(await brokenInvariants(test.ctx)).toEqual([]);
  expect(await seedShop(test.ctx, { size: 24 })).toMatchObject({ changed: 0 });
  expect(await moves()).toHaveLength(moved);
  expect(await listPriceLists(test.ctx)).toEqual(lists);
});
