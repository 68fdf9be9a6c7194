import { DomainError } from '../../kernel/index.ts';
import { type Parsed, parseAmount, parseBoolean, parseNumber } from './cells.ts';
import { type CsvRow, type ImportFormat, type RowProblem, type RowReader, shown } from './model.ts';
import {
  type CellReader,
  columns,
  neededColumns,
  placesOf,
  type ShopifyColumn,
  type ShopifySettings,
} from './shopify-columns.ts';
import { readShopifyProduct } from './shopify-product.ts';

/** Shopify's product export: a row a variant or picture, the product's own columns in the first of its rows. */
export function shopifyFormat(settings: ShopifySettings): ImportFormat {
  return {
    delimiter: ',',
    open(header) {
      const places = placesOf(header);
      const missing = neededColumns
        .filter((column) => !places.has(column))
        .map((column) => columns[column][0]);
      if (settings.defaultPrice === null && !places.has('price')) missing.push(columns.price[0]);
      if (missing.length > 0) {
        throw new DomainError(
          'invalid_input',
          `not a Shopify export: it has no column ${missing.join(', ')}`,
        );
      }
      return readerOf(header, places, settings);
    },
  };
}

function readerOf(
  header: readonly string[],
  places: ReadonlyMap<ShopifyColumn, number>,
  settings: ShopifySettings,
): RowReader {
  const text = (row: CsvRow, column: ShopifyColumn) => row.cells[places.get(column) ?? -1]?.trim() ?? '';
  const nameOf = (column: ShopifyColumn) => header[places.get(column) ?? -1] ?? columns[column][0];
  return {
    keyOf: (row) => text(row, 'handle') || null,
    read(rows) {
      const problems: RowProblem[] = [];
      const problem: CellReader['problem'] = (row, column, reason) => {
        problems.push({ row: row.row, column: nameOf(column), value: shown(text(row, column)), reason });
      };
      const parsed =
        <Value>(parse: (cell: string) => Parsed<Value>) =>
        (row: CsvRow, column: ShopifyColumn): Value | null => {
          const cell = text(row, column);
          if (cell === '') return null;
          const result = parse(cell);
          if ('value' in result) return result.value;
          problem(row, column, result.reason);
          return null;
        };
      const cells: CellReader = {
        text,
        problem,
        amount: parsed((cell) => parseAmount(cell, 'decimal')),
        number: parsed(parseNumber),
        boolean: parsed(parseBoolean),
      };
      const product = readShopifyProduct(rows, cells, settings);
      return problems.length > 0 || product === null ? { problems } : { product };
    },
    columnOf(field) {
      const column = fieldColumns.find(([start]) => field.startsWith(start))?.[1];
      return column ? nameOf(column) : '';
    },
  };
}

/** Which column a refused field comes from; the first that fits. */
const fieldColumns: readonly (readonly [string, ShopifyColumn])[] = [
  ['handle', 'handle'],
  ['externalId', 'handle'],
  ['title', 'title'],
  ['descriptionHtml', 'body'],
  ['brand', 'vendor'],
  ['categoryPath', 'type'],
  ['tags', 'tags'],
  ['seoTitle', 'seoTitle'],
  ['seoDescription', 'seoDescription'],
  ['options', 'option1Name'],
  ['media', 'imageSource'],
  ['variants', 'sku'],
];
