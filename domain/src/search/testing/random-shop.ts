import type { ProductDraft } from '../../catalog/index.ts';

/** A source of numbers that looks random and is the same each time. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const brandNames = ['Amberly', 'Brook & Co', 'Crème Atelier', 'Dunmore', 'Everglade', 'Fjällstig', '日本靴'];
const colourNames = ['Navy Blue', 'Red', 'Off White', 'Green', '5" O\'Black\\'];
/** So unlike one another that no typing error leads from one to another. */
export const nouns = ['umbrella', 'cardigan', 'notebook', 'lantern', 'skillet'] as const;
const paths = [
  ['Home'],
  ['Home', 'Kitchen'],
  ['Home', 'Kitchen', 'Pans'],
  ['Home', 'Lighting'],
  ['Wear'],
  ['Wear', 'Knits'],
  [],
];

/** What a test knows of a product without asking anything of the code under test. */
export interface ShopProduct {
  readonly handle: string;
  readonly noun: string;
  readonly brand: string | null;
  readonly path: readonly string[];
  readonly colours: readonly string[];
  readonly prices: readonly number[];
  readonly stock: number;
  readonly publishedAt: Date;
}

/** Products with every mix of facets, many alike in price and age. */
export function randomShop(size: number, seed = 7): ShopProduct[] {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  return Array.from({ length: size }, (_, index) => ({
    handle: `product-${index}`,
    noun: pick(nouns),
    brand: random() < 0.1 ? null : pick(brandNames),
    path: pick(paths),
    colours: colourNames.filter(() => random() < 0.3),
    prices: Array.from({ length: 1 + Math.floor(random() * 3) }, () => 500 * (1 + Math.floor(random() * 12))),
    stock: random() < 0.3 ? 0 : 5,
    publishedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(random() * 20))),
  }));
}

/** The product as an importer would hand it in. */
export function draftOf(product: ShopProduct): ProductDraft {
  return {
    handle: product.handle,
    title: `The ${product.noun} no ${product.handle.replace('product-', '')}`,
    brand: product.brand,
    categoryPath: [...product.path],
    publishedAt: product.publishedAt,
    options: [
      { name: 'Size', values: product.prices.map((_, index) => ({ value: `Size ${index}`, swatch: null })) },
      ...(product.colours.length > 0
        ? [{ name: 'Colour', values: product.colours.map((value) => ({ value, swatch: null })) }]
        : []),
    ],
    variants: product.prices.flatMap((amount, size) =>
      (product.colours.length > 0 ? product.colours : [null]).map((colour, index) => ({
        sku: `SKU-${product.handle}-${size}-${index}`,
        optionValues: { Size: `Size ${size}`, ...(colour === null ? {} : { Colour: colour }) },
        price: { amount, currency: 'USD' as const },
        stock: product.stock,
      })),
    ),
  };
}
