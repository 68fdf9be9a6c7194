import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { availabilityOf } from '../inventory/index.ts';
import { countStatements } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import {
  categoryTree,
  getCategory,
  getProduct,
  indexableProducts,
  type ProductDraft,
  renameProduct,
  saveProducts,
  sellableVariants,
  sitemapEntries,
} from './index.ts';

let test: TestDomain;
beforeAll(async () => {
  test = await createTestDomain();
});
afterAll(() => test.close());

const USD = 'USD' as const;

function draft(handle: string, more: Partial<ProductDraft> = {}): ProductDraft {
  return {
    handle,
    title: `The ${handle}`,
    brand: 'Fieldhouse',
    categoryPath: ['Home', 'Mugs'],
    attributes: [{ key: 'capacity', label: 'Capacity', value: 300, unit: 'ml' }],
    options: [{ name: 'Colour', values: ['Red', 'Blue'].map((value) => ({ value, swatch: null })) }],
    variants: ['Red', 'Blue'].map((Colour) => ({
      sku: `${handle}-${Colour}`,
      optionValues: { Colour },
      price: { amount: 1_200, currency: USD },
      stock: 5,
    })),
    ...more,
  };
}

async function eventCount(): Promise<number> {
  const { count } = await test.ctx.db
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('type', '=', 'product.changed')
    .executeTakeFirstOrThrow();
  return count;
}

describe('saving products', () => {
  it('makes a product whole, and reads it in few statements', async () => {
    const [saved] = await saveProducts(test.ctx, [draft('whole')]);
    expect(saved?.outcome).toBe('created');
    const { result, statements } = await countStatements(() => getProduct(test.ctx, { slug: 'whole' }));
    expect(statements).toBeLessThanOrEqual(5);
    expect(result).toMatchObject({
      title: 'The whole',
      brand: { name: 'Fieldhouse', slug: 'fieldhouse' },
      breadcrumb: [{ slug: 'home' }, { slug: 'mugs' }],
      attributes: [{ key: 'capacity', value: '300 ml' }],
      variants: [
        { sku: 'whole-Red', title: 'Red', price: { amount: 1_200 }, available: 5 },
        { sku: 'whole-Blue', title: 'Blue' },
      ],
    });
    const [document] = await indexableProducts(test.ctx, [result.id]);
    expect(document).toMatchObject({
      colours: ['Red', 'Blue'],
      offers: { us: { min: 1_200 } },
      isInStock: true,
    });
  });

  it('writes and tells nothing when nothing changed, and leaves sold stock sold', async () => {
    await saveProducts(test.ctx, [draft('same')]);
    const before = await eventCount();
    const { result, statements } = await countStatements(() => saveProducts(test.ctx, [draft('same')]));
    expect(result[0]?.outcome).toBe('unchanged');
    expect(statements).toBe(1);
    expect(await eventCount()).toBe(before);
  });

  it('keeps ids of variants by SKU and by options, and withdraws those that are gone', async () => {
    await saveProducts(test.ctx, [draft('stable')]);
    const before = await getProduct(test.ctx, { slug: 'stable' });
    const [red, blue] = before.variants;
    const price = { amount: 900, currency: USD };
    const [saved] = await saveProducts(test.ctx, [
      draft('stable', {
        options: [{ name: 'Colour', values: ['Red', 'Green'].map((value) => ({ value, swatch: null })) }],
        variants: [
          { sku: 'new-sku-of-red', optionValues: { Colour: 'Red' }, price },
          { sku: 'stable-Green', optionValues: { Colour: 'Green' }, price },
        ],
      }),
    ]);
    expect(saved?.outcome).toBe('updated');
    const after = await getProduct(test.ctx, { slug: 'stable' });
    expect(after.variants.map(({ title, id }) => [title, id === red?.id])).toEqual([
      ['Red', true],
      ['Green', false],
    ]);
    const [withdrawn] = await sellableVariants(test.ctx, [blue?.id ?? '']);
    expect(withdrawn).toMatchObject({ isForSale: false });
    expect((await availabilityOf(test.ctx, [red?.id ?? ''])).get(red?.id ?? '')).toBe(5);
  });

  it('lets variants swap their options', async () => {
    await saveProducts(test.ctx, [draft('swap')]);
    const { variants } = await getProduct(test.ctx, { slug: 'swap' });
    const price = { amount: 1_200, currency: USD };
    await saveProducts(test.ctx, [
      draft('swap', {
        variants: [
          { sku: 'swap-Red', optionValues: { Colour: 'Blue' }, price },
          { sku: 'swap-Blue', optionValues: { Colour: 'Red' }, price },
        ],
      }),
    ]);
    const after = await getProduct(test.ctx, { slug: 'swap' });
    expect(after.variants.map(({ id, title }) => [id, title])).toEqual([
      [variants[0]?.id, 'Blue'],
      [variants[1]?.id, 'Red'],
    ]);
  });

  it('leaves out the bad ones of a batch and takes the rest', async () => {
    const results = await saveProducts(test.ctx, [
      draft('good-1'),
      draft('bad-title', { title: ' ' }),
      draft('bad-nul', { title: 'a\0b' }),
      draft('bad-sku', { variants: draft('good-1').variants }),
      draft('bad-type', { attributes: [{ key: 'capacity', label: 'Capacity', value: 'lots' }] }),
      draft('bad-options', { options: [] }),
      draft('good-2', { externalId: 'E-1' }),
      draft('bad-external', { externalId: 'E-1' }),
    ]);
    expect(results.map((result) => result.outcome)).toEqual([
      'created',
      'failed',
      'failed',
      'failed',
      'failed',
      'failed',
      'created',
      'failed',
    ]);
    expect(results[3]).toMatchObject({ field: 'variants', reason: expect.stringContaining('good-1') });
    await expect(getProduct(test.ctx, { slug: 'bad-sku' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('falls back to one by one when the database refuses the batch', async () => {
    // the stock of one cannot fall below what is promised: only the database knows
    await saveProducts(test.ctx, [draft('promised')]);
    await test.ctx.db.updateTable('stock_levels').set({ allocated: 5 }).execute();
    const fewer = draft('promised', {
      variants: draft('promised').variants.map((v) => ({ ...v, stock: 2 })),
    });
    const results = await saveProducts(test.ctx, [draft('beside-1'), fewer, draft('beside-2')]);
    expect(results.map((result) => result.outcome)).toEqual(['created', 'failed', 'created']);
    await test.ctx.db.updateTable('stock_levels').set({ allocated: 0 }).execute();
  });

  it('makes one product of the same handle saved by many at once, and one brand and category', async () => {
    const runs = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        saveProducts(test.ctx, [
          draft('race', {
            title: `Race ${index % 2}`,
            brand: 'Rushed & Co',
            categoryPath: ['Race', 'Heats'],
          }),
          draft(`race-${index}`, { brand: 'rushed & co', categoryPath: ['Race', 'Heats'] }),
        ]),
      ),
    );
    expect(runs.flat().filter((result) => result.outcome === 'failed')).toEqual([]);
    expect(runs.filter(([first]) => first?.outcome === 'created')).toHaveLength(1);
    const product = await getProduct(test.ctx, { slug: 'race' });
    expect(product.variants).toHaveLength(2);
    const tree = await categoryTree(test.ctx);
    expect(tree.filter(({ name }) => name === 'Race')).toHaveLength(1);
    expect((await getCategory(test.ctx, { slug: 'heats' })).breadcrumb).toHaveLength(2);
  });

  it('changes nothing in a dry run', async () => {
    const before = await eventCount();
    const results = await saveProducts(test.ctx, [draft('dry', { brand: 'Nobody' })], { dryRun: true });
    expect(results[0]?.outcome).toBe('created');
    expect(await eventCount()).toBe(before);
    const brands = await test.ctx.db
      .selectFrom('brands')
      .select('name')
      .where('name', '=', 'Nobody')
      .execute();
    expect(brands).toEqual([]);
  });
});

describe('slugs that change', () => {
  it('redirect, also an import under the old one', async () => {
    const [saved] = await saveProducts(test.ctx, [draft('old-name')]);
    const productId = saved && 'productId' in saved ? saved.productId : '';
    await renameProduct(test.ctx, { productId, handle: 'new-name' });
    await expect(getProduct(test.ctx, { slug: 'old-name' })).rejects.toMatchObject({
      code: 'moved',
      data: { slug: 'new-name' },
    });
    const [again] = await saveProducts(test.ctx, [draft('old-name', { title: 'Still the same' })]);
    expect(again).toMatchObject({ outcome: 'updated', productId });
    expect((await getProduct(test.ctx, { slug: 'new-name' })).title).toBe('Still the same');
    await renameProduct(test.ctx, { productId, handle: 'old-name' });
    expect((await getProduct(test.ctx, { slug: 'old-name' })).id).toBe(productId);
  });

  it('are refused when somebody has them', async () => {
    const [one] = await saveProducts(test.ctx, [draft('taken-1'), draft('taken-2')]);
    const productId = one && 'productId' in one ? one.productId : '';
    await expect(renameProduct(test.ctx, { productId, handle: 'taken-2' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(renameProduct(test.ctx, { productId, handle: 'Not a slug' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

it('lists every page for the sitemap once', async () => {
  const slugs: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await sitemapEntries(test.ctx, { cursor, limit: 3 });
    slugs.push(...page.items.map(({ kind, slug }) => `${kind} ${slug}`));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(slugs).toContain('category mugs');
  expect(slugs).toContain('product whole');
  expect(new Set(slugs).size).toBe(slugs.length);
});
