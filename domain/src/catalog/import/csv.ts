import { type CurrencyCode, DomainError } from '../../kernel/index.ts';
import type { ProductDraft } from '../model.ts';
import { slugify } from '../slugs.ts';
import {
  type Parsed,
  parseAmount,
  parseBoolean,
  parseCount,
  parseCurrency,
  parseNumber,
  parseWebAddress,
} from './cells.ts';
import { type CsvMapping, columnsOf, type Source, sourcesOf, textOf } from './csv-mapping.ts';
import { type CsvRow, type ImportFormat, type RowProblem, type RowReader, shown } from './model.ts';

/** Any CSV file with a mapping that tells what its columns mean. */
export function csvFormat(mapping: CsvMapping, shopCurrency: CurrencyCode): ImportFormat {
  return {
    delimiter: mapping.delimiter,
    open(header) {
      const wanted = new Set(sourcesOf(mapping).flatMap(([, from]) => columnsOf(from)));
      const missing = [...wanted].filter((name) => !header.includes(name));
      if (missing.length > 0) {
        throw new DomainError(
          'invalid_input',
          `the mapping wants the columns ${missing.join(', ')}, and the file has ${header.join(', ')}`,
        );
      }
      return readerOf(mapping, header, mapping.currency ?? shopCurrency);
    },
  };
}

function readerOf(mapping: CsvMapping, header: readonly string[], currency: CurrencyCode): RowReader {
  const places = new Map(header.map((name, index) => [name, index]));
  const cellsOf = (row: CsvRow) => (name: string) => row.cells[places.get(name) ?? -1]?.trim() ?? '';
  return {
    keyOf: (row) => String(row.row),
    read([row]) {
      if (!row) return { problems: [] };
      const problems: RowProblem[] = [];
      const cell = cellsOf(row);
      const problem = (from: Source, reason: string) => {
        const value = shown(textOf(from, cell));
        problems.push({ row: row.row, column: columnsOf(from).join(', '), value, reason });
      };
      const parsed = <Value>(
        from: Source | undefined,
        parse: (text: string) => Parsed<Value>,
      ): Value | null => {
        const text = textOf(from, cell);
        if (from === undefined || text === '') return null;
        const result = parse(text);
        if ('value' in result) return result.value;
        problem(from, result.reason);
        return null;
      };
      const needed = (from: Source): string => {
        const text = textOf(from, cell);
        if (text === '') problem(from, 'is blank');
        return text;
      };
      const product = productOf(mapping, currency, {
        text: (from) => textOf(from, cell),
        parsed,
        needed,
        problem,
      });
      return problems.length > 0 ? { problems } : { product };
    },
    columnOf(field) {
      const fits = sourcesOf(mapping).find(
        ([name]) => field !== '' && (name.startsWith(field) || field.startsWith(name)),
      );
      const [, from] =
        fits ?? sourcesOf(mapping).find(([name]) => name.split('.')[0] === field.split('.')[0]) ?? [];
      return from === undefined ? '' : columnsOf(from).join(', ');
    },
  };
}

interface Values {
  text(from: Source | undefined): string;
  parsed<Value>(from: Source | undefined, parse: (text: string) => Parsed<Value>): Value | null;
  needed(from: Source): string;
  problem(from: Source, reason: string): void;
}

function productOf(mapping: CsvMapping, currency: CurrencyCode, values: Values): ProductDraft {
  const { variant } = mapping;
  const title = values.needed(mapping.title);
  const handle = slugify(values.needed(mapping.handle));
  if (handle === '' && values.text(mapping.handle) !== '') {
    values.problem(mapping.handle, 'holds no letter a-z and no digit');
  }
  values.needed(variant.price.from);
  const amountOf = (cell: CsvMapping['variant']['compareAt']) =>
    cell ? values.parsed(cell.from, (text) => parseAmount(text, cell.unit)) : null;
  return {
    handle,
    externalId: values.text(mapping.externalId) || null,
    title: title.replace(/\s+/g, ' '),
    descriptionHtml: values.text(mapping.descriptionHtml),
    brand: values.text(mapping.brand) || null,
    categoryPath: mapping.categoryPath.map((from) => values.text(from)).filter(Boolean),
    tags: mapping.tags.flatMap(({ from, separator }) => listOf(values.text(from), separator)),
    status: values.parsed(mapping.status, parseStatus) ?? 'published',
    ...(mapping.taxClass ? { taxClass: values.needed(mapping.taxClass) } : {}),
    seoTitle: values.text(mapping.seoTitle) || null,
    seoDescription: values.text(mapping.seoDescription) || null,
    publishedAt: values.parsed(mapping.publishedAt, parseDate),
    attributes: mapping.attributes.flatMap(({ key, label, from, type, unit, separator }) =>
      (values.parsed(from, (text) => parseAll(listOf(text, separator), type)) ?? []).map((value) => ({
        key,
        label,
        value,
        unit: unit ?? null,
      })),
    ),
    media: mapping.images.flatMap((from) => {
      const sourceUrl = values.parsed(from, parseWebAddress);
      return sourceUrl === null ? [] : [{ sourceUrl }];
    }),
    variants: [
      {
        sku: values.needed(variant.sku),
        price: {
          amount: amountOf(variant.price) ?? 0,
          currency: values.parsed(variant.currency, parseCurrency) ?? currency,
        },
        compareAtAmount: amountOf(variant.compareAt),
        otherPrices: variant.otherPrices.flatMap((other) => {
          const amount = amountOf(other.price);
          const compareAtAmount = amountOf(other.compareAt);
          return amount === null ? [] : [{ amount, currency: other.currency, compareAtAmount }];
        }),
        stock: values.parsed(variant.stock, parseCount),
        weightGrams: Math.round(values.parsed(variant.weightGrams, parseNumber) ?? 0),
        barcode: values.text(variant.barcode) || null,
      },
    ],
  };
}

function listOf(text: string, separator: string | undefined): string[] {
  const parts = separator === undefined ? [text] : text.split(separator);
  return parts.map((part) => part.trim()).filter(Boolean);
}

function parseStatus(text: string): Parsed<'draft' | 'published' | 'archived'> {
  const word = text.toLowerCase();
  if (word === 'draft' || word === 'published' || word === 'archived') return { value: word };
  return { reason: 'is none of draft, published, archived' };
}

function parseDate(text: string): Parsed<Date> {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? { reason: 'is not a date: expected 2026-11-21' } : { value: date };
}

function parseAll(
  parts: readonly string[],
  type: 'text' | 'number' | 'boolean',
): Parsed<(string | number | boolean)[]> {
  const found: (string | number | boolean)[] = [];
  for (const part of parts) {
    const result: Parsed<string | number | boolean> =
      type === 'text' ? { value: part } : type === 'number' ? parseNumber(part) : parseBoolean(part);
    if ('reason' in result) return result;
    found.push(result.value);
  }
  return { value: found };
}
