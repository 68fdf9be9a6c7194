import { slugify } from '@souk/domain/catalog';
import { describe, expect, it } from 'vitest';
import { brands, departments } from './brands.ts';
import { buildProduct, picturesOf } from './build-product.ts';
import { soldAhead } from './demo-stock.ts';
import { allEntries, families } from './entries.ts';
import { drawPicture } from './stills/scene.ts';

const entries = allEntries();
const products = entries.map((entry) => buildProduct(entry, [], new Date('2026-01-01')));

describe('the demo catalogue', () => {
  it('is a department store of about 300 products in about 25 categories', () => {
    expect(entries.length).toBeGreaterThan(290);
    expect(new Set(families.map(({ category }) => category)).size).toBe(families.length);
    expect(families.length).toBeGreaterThanOrEqual(25);
    expect(families.every(({ department }) => departments.some(([name]) => name === department))).toBe(true);
  });

  it('names each product, SKU and sentence once, and only brands that we know', () => {
    const skus = products.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
    expect(new Set(entries.map(({ name }) => slugify(name))).size).toBe(entries.length);
    expect(new Set(entries.map(({ blurb }) => blurb)).size).toBe(entries.length);
    expect(entries.filter(({ brand }) => !brands.has(brand))).toEqual([]);
  });

  it('has 2 to 12 variants a product, some reduced, some sold out, some low', () => {
    for (const { variants } of products) {
      expect(variants.length).toBeGreaterThanOrEqual(2);
      expect(variants.length).toBeLessThanOrEqual(12);
    }
    const variants = products.flatMap((product) => product.variants);
    expect(variants.some(({ compareAtAmount }) => compareAtAmount !== null)).toBe(true);
    expect(variants.filter(({ stock }) => stock === 0).length).toBeGreaterThan(20);
    expect(
      variants.filter(({ stock = 0 }) => stock !== null && stock > 0 && stock < 5).length,
    ).toBeGreaterThan(20);
  });

  it('has things to come, and some that can be ordered while they are sold out', () => {
    const toCome = products.filter(({ title }) => soldAhead(title) === 'preorder');
    expect(toCome.length).toBeGreaterThan(3);
    expect(toCome.flatMap(({ variants }) => variants).every(({ stock }) => stock === 0)).toBe(true);
    const soldOut = products.flatMap(({ title, variants }) =>
      variants.filter(({ stock }) => stock === 0).map(() => soldAhead(title)),
    );
    expect(soldOut.filter((ahead) => ahead === 'backorder').length).toBeGreaterThan(5);
    expect(soldOut.filter((ahead) => ahead === null).length).toBeGreaterThan(20);
  });

  it('has a price in euros for everything, as a merchant would write it', () => {
    const variants = products.flatMap((product) => product.variants);
    for (const { price, compareAtAmount, otherPrices = [] } of variants) {
      const [euros, ...more] = otherPrices;
      expect(more).toEqual([]);
      expect(euros?.currency).toBe('EUR');
      expect(String(euros?.amount)).toMatch(/9[05]$/);
      expect(euros?.amount).toBeGreaterThan(price.amount);
      expect(typeof euros?.compareAtAmount).toBe(typeof compareAtAmount);
    }
  });

  it('says of each thing only what fits its kind', () => {
    const others = entries.filter(({ shape, family }) => shape !== family.shape);
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter(({ uses, family }) => uses === family.uses)).toEqual([]);
  });

  it('draws each picture differently, and the same at every run', () => {
    const pictures = entries.flatMap(picturesOf);
    const drawn = pictures.map(drawPicture);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(pictures.slice(0, 20).map(drawPicture)).toEqual(drawn.slice(0, 20));
    expect(drawn.filter((svg) => /NaN|undefined/.test(svg))).toEqual([]);
  });
});
