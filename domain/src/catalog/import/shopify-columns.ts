import type { CurrencyCode } from '../../kernel/index.ts';
import type { CsvRow } from './model.ts';

/**
 * The columns that we read, by the name that Shopify's documentation gives them
 * (https://help.shopify.com/en/manual/products/import-export/using-csv), with other spellings met in the wild.
 */
export const columns = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  body: ['Body (HTML)', 'Body', 'Description'],
  vendor: ['Vendor'],
  productCategory: ['Product Category'],
  type: ['Type', 'Custom Product Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  grams: ['Variant Grams', 'Weight value (grams)'],
  stock: ['Variant Inventory Qty', 'Variant Inventory Quantity', 'Inventory quantity'],
  price: ['Variant Price', 'Price'],
  compareAt: ['Variant Compare At Price', 'Compare-at price'],
  barcode: ['Variant Barcode', 'Barcode'],
  imageSource: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position'],
  imageAlt: ['Image Alt Text'],
  variantImage: ['Variant Image', 'Variant image URL'],
  seoTitle: ['SEO Title'],
  seoDescription: ['SEO Description'],
  gender: ['Google Shopping / Gender'],
  ageGroup: ['Google Shopping / Age Group'],
  condition: ['Google Shopping / Condition'],
} as const;
export type ShopifyColumn = keyof typeof columns;

export const neededColumns: readonly ShopifyColumn[] = ['handle', 'title'];

const columnNames: readonly ShopifyColumn[] = Object.keys(columns).filter(
  (name): name is ShopifyColumn => name in columns,
);

/** Spelling that differs only in case, spaces and punctuation is the same column. */
const spelling = (header: string) => header.toLowerCase().replace(/[^a-z0-9]/g, '');

export interface ShopifySettings {
  readonly currency: CurrencyCode;
  /** For variants without a price, in minor units; null rejects them. */
  readonly defaultPrice: number | null;
}

/** Reads the cells of one product's rows and notes what is wrong with them. */
export interface CellReader {
  text(row: CsvRow, column: ShopifyColumn): string;
  /** Null for a blank cell, and for a wrong one, which is noted. */
  amount(row: CsvRow, column: ShopifyColumn): number | null;
  number(row: CsvRow, column: ShopifyColumn): number | null;
  boolean(row: CsvRow, column: ShopifyColumn): boolean | null;
  problem(row: CsvRow, column: ShopifyColumn, reason: string): void;
}

/** Where each column stands in a file; those that it lacks are left out. */
export function placesOf(header: readonly string[]): Map<ShopifyColumn, number> {
  const spelled = header.map(spelling);
  return new Map(
    columnNames.flatMap((column) => {
      const place = columns[column]
        .map((name) => spelled.indexOf(spelling(name)))
        .find((index) => index >= 0);
      return place === undefined ? [] : [[column, place] as const];
    }),
  );
}
