import { MAX_STOCK, type ProductDraft } from '../model.ts';
import { freeSlug, slugify } from '../slugs.ts';
import { parseWebAddress } from './cells.ts';
import type { CsvRow } from './model.ts';
import type { CellReader, ShopifyColumn, ShopifySettings } from './shopify-columns.ts';

const optionColumns: readonly (readonly [ShopifyColumn, ShopifyColumn])[] = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
];

const attributes: readonly (readonly [ShopifyColumn, string, string])[] = [
  ['gender', 'gender', 'Gender'],
  ['ageGroup', 'age_group', 'Age group'],
  ['condition', 'condition', 'Condition'],
];

/** What Shopify writes for a product without options. */
const isNoOption = (name: string, value: string) =>
  name.toLowerCase() === 'title' && value === 'Default Title';

/** One product of its rows; null when there is none. What is wrong is noted at `cells`. */
export function readShopifyProduct(
  rows: readonly CsvRow[],
  cells: CellReader,
  settings: ShopifySettings,
): ProductDraft | null {
  const [first] = rows;
  if (!first) return null;
  const externalId = cells.text(first, 'handle');
  const handle = slugify(externalId);
  if (externalId === '') cells.problem(first, 'handle', 'is blank');
  else if (handle === '') cells.problem(first, 'handle', 'holds no letter a-z and no digit');
  const title = cells.text(first, 'title');
  if (title === '') cells.problem(first, 'title', 'is blank in the first row of the product');
  const media = readMedia(rows, cells);
  const options = readOptions(rows, cells);
  const variants = readVariants(rows, cells, settings, { handle, options, media });
  if (variants.length === 0) cells.problem(first, 'price', 'no row of the product is a variant');
  return {
    handle,
    externalId,
    title,
    descriptionHtml: cells.text(first, 'body'),
    brand: cells.text(first, 'vendor') || null,
    categoryPath: categoryPathOf(cells.text(first, 'productCategory'), cells.text(first, 'type')),
    tags: cells
      .text(first, 'tags')
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    status: statusOf(cells.text(first, 'status'), cells.boolean(first, 'published')),
    seoTitle: cells.text(first, 'seoTitle') || null,
    seoDescription: cells.text(first, 'seoDescription') || null,
    attributes: attributes.flatMap(([column, key, label]) => {
      const value = cells.text(first, column);
      return value === '' ? [] : [{ key, label, value }];
    }),
    options: options.map(({ name, values }) => ({
      name,
      values: values.map((value) => ({ value, swatch: null })),
    })),
    variants,
    media: media.map(({ sourceUrl, alt }) => ({ sourceUrl, alt })),
  };
}

/** Shopify's own taxonomy is a path; the shop's `Type` is one name. */
function categoryPathOf(category: string, type: string): string[] {
  const path = category
    .split('>')
    .map((name) => name.trim())
    .filter(Boolean);
  if (path.length > 1) return path.slice(0, 6);
  return [type || path[0] || ''].filter(Boolean);
}

function statusOf(status: string, isPublished: boolean | null): 'draft' | 'published' | 'archived' {
  const word = status.toLowerCase();
  if (word === 'archived') return 'archived';
  return word === 'draft' || isPublished === false ? 'draft' : 'published';
}

interface Option {
  readonly name: string;
  readonly values: string[];
  readonly column: ShopifyColumn;
}

/** The names stand in the first row, the values in each variant's. */
function readOptions(rows: readonly CsvRow[], cells: CellReader): Option[] {
  const [first] = rows;
  if (!first) return [];
  return optionColumns.flatMap(([nameColumn, column]) => {
    const name = cells.text(first, nameColumn);
    const values = [...new Set(rows.map((row) => cells.text(row, column)).filter(Boolean))];
    const [only] = values;
    if (name === '' || only === undefined || (values.length === 1 && isNoOption(name, only))) return [];
    return [{ name, values, column }];
  });
}

/** A row that is only a picture has neither option nor price nor SKU. */
function isVariant(row: CsvRow, cells: CellReader): boolean {
  const telling: readonly ShopifyColumn[] = ['option1Value', 'price', 'sku'];
  return telling.some((column) => cells.text(row, column) !== '');
}

function readVariants(
  rows: readonly CsvRow[],
  cells: CellReader,
  settings: ShopifySettings,
  product: { handle: string; options: readonly Option[]; media: readonly { sourceUrl: string }[] },
): ProductDraft['variants'] {
  const { handle, options, media } = product;
  const variants: ProductDraft['variants'] = [];
  const variantRows = rows.filter((row) => isVariant(row, cells));
  const skus = new Set(variantRows.map((row) => cells.text(row, 'sku')).filter(Boolean));
  for (const row of variantRows) {
    const optionValues = Object.fromEntries(
      options.map(({ name, column }) => [name, cells.text(row, column)]),
    );
    for (const { name, column } of options) {
      if (cells.text(row, column) === '') cells.problem(row, column, `is blank: the variant has no ${name}`);
    }
    const amount = cells.amount(row, 'price') ?? settings.defaultPrice;
    if (cells.text(row, 'price') === '' && amount === null) cells.problem(row, 'price', 'is blank');
    const ownSku = cells.text(row, 'sku');
    const sku = ownSku || freeSlug(skuOf(handle, Object.values(optionValues)), (free) => skus.has(free));
    skus.add(sku);
    const image = cells.text(row, 'variantImage');
    const mediaPosition = media.findIndex(({ sourceUrl }) => sourceUrl === image);
    variants.push({
      sku,
      optionValues,
      barcode: cells.text(row, 'barcode') || null,
      weightGrams: weightOf(row, cells),
      price: { amount: amount ?? 0, currency: settings.currency },
      compareAtAmount: cells.amount(row, 'compareAt'),
      stock: stockOf(row, cells),
      mediaPosition: mediaPosition < 0 ? null : mediaPosition,
    });
  }
  return variants;
}

function skuOf(handle: string, values: readonly string[]): string {
  return [handle, ...values.map(slugify)].filter(Boolean).join('-');
}

function weightOf(row: CsvRow, cells: CellReader): number {
  const grams = cells.number(row, 'grams') ?? 0;
  if (grams < 0) cells.problem(row, 'grams', 'is negative');
  return Math.max(0, Math.round(grams));
}

/** Shopify counts below zero what was sold and is not there: none is left to sell. */
function stockOf(row: CsvRow, cells: CellReader): number | null {
  const units = cells.number(row, 'stock');
  if (units === null) return null;
  if (!Number.isInteger(units)) cells.problem(row, 'stock', 'is not a whole number of units');
  if (units > MAX_STOCK) cells.problem(row, 'stock', 'is more than any stock');
  return Math.max(0, Math.trunc(units));
}

/** The product's pictures in their order, those that only a variant shows last, each once. */
function readMedia(rows: readonly CsvRow[], cells: CellReader): { sourceUrl: string; alt: string }[] {
  const pictures = new Map<string, { sourceUrl: string; alt: string; place: number }>();
  const columns: readonly ShopifyColumn[] = ['imageSource', 'variantImage'];
  for (const [pass, column] of columns.entries()) {
    for (const [index, row] of rows.entries()) {
      const sourceUrl = cells.text(row, column);
      if (sourceUrl === '' || pictures.has(sourceUrl)) continue;
      const address = parseWebAddress(sourceUrl);
      if ('reason' in address) cells.problem(row, column, address.reason);
      const given = pass === 0 ? cells.number(row, 'imagePosition') : null;
      const place = given ?? (pass + 1) * 1_000_000 + index;
      pictures.set(sourceUrl, { sourceUrl, alt: cells.text(row, 'imageAlt').slice(0, 500), place });
    }
  }
  return [...pictures.values()].sort((a, b) => a.place - b.place);
}
