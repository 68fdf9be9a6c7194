import { z } from 'zod';
import { currencyCode, DomainError } from '../../kernel/index.ts';

const column = z.string().min(1);

const simpleSource = z.union([
  column,
  z.strictObject({
    column,
    /** What cells say, and what is meant by it. */
    values: z.record(z.string(), z.string()).optional(),
    /** Cells that say nothing, such as `NA`; blank ones never do. */
    empty: z.array(z.string()).optional(),
  }),
  z.strictObject({ template: z.string().min(1) }),
  z.strictObject({ constant: z.string().min(1) }),
]);

/**
 * Where a value comes from: a column by its name, a text with `{columns}` in it, always the same, or the first of several that
 * says something.
 */
const source = z.union([simpleSource, z.strictObject({ firstOf: z.array(simpleSource).min(2) })], {
  error: 'expected a column, { column }, { template }, { constant } or { firstOf }',
});
type SimpleSource = z.infer<typeof simpleSource>;
export type Source = z.infer<typeof source>;

const amount = z.strictObject({
  from: source,
  /** `decimal`: 12.50; `minor`: 1250. */
  unit: z.enum(['decimal', 'minor']).default('decimal'),
});

/** How the columns of somebody's CSV file become products: one row, one product with one variant. */
export const csvMapping = z.strictObject({
  /** For whoever reads the file. */
  description: z.string().optional(),
  delimiter: z.string().length(1).default(','),
  /** Of `variant.price`, where no column tells; by default the shop's. */
  currency: currencyCode.optional(),
  handle: source,
  externalId: source.optional(),
  title: source,
  descriptionHtml: source.optional(),
  brand: source.optional(),
  /** From the root down; blank steps are left out. */
  categoryPath: z.array(source).max(6).default([]),
  tags: z.array(z.strictObject({ from: source, separator: z.string().min(1).optional() })).default([]),
  status: source.default({ constant: 'published' }),
  taxClass: source.optional(),
  seoTitle: source.optional(),
  seoDescription: source.optional(),
  publishedAt: source.optional(),
  attributes: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected lower-case letters, digits and _'),
        label: z.string().min(1),
        from: source,
        type: z.enum(['text', 'number', 'boolean']).default('text'),
        unit: z.string().min(1).optional(),
        separator: z.string().min(1).optional(),
      }),
    )
    .default([]),
  images: z.array(source).default([]),
  variant: z.strictObject({
    sku: source,
    price: amount,
    compareAt: amount.optional(),
    /** The column that tells the currency of each row's price, such as `EUR`. */
    currency: source.optional(),
    /** Prices in further currencies, each from columns of its own; where a row leaves one blank, it has none. */
    otherPrices: z
      .array(z.strictObject({ currency: currencyCode, price: amount, compareAt: amount.optional() }))
      .default([]),
    stock: source.optional(),
    weightGrams: source.optional(),
    barcode: source.optional(),
  }),
});
export type CsvMapping = z.infer<typeof csvMapping>;

/**
 * Reads a mapping file.
 *
 * @throws DomainError `invalid_input` that names every wrong entry
 */
export function parseCsvMapping(text: string): CsvMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('invalid_input', `the mapping is not JSON: ${message}`, {}, { cause });
  }
  const parsed = csvMapping.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || 'mapping'}: ${issue.message}`,
  );
  throw new DomainError('invalid_input', `the mapping is wrong:\n${problems.join('\n')}`);
}

/** The columns that a source reads. */
export function columnsOf(from: Source): string[] {
  if (typeof from === 'string') return [from];
  if ('column' in from) return [from.column];
  if ('firstOf' in from) return from.firstOf.flatMap(columnsOf);
  if ('template' in from) return [...from.template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  return [];
}

/** All sources of a mapping, by the field of the product that they feed. */
export function sourcesOf(mapping: CsvMapping): [field: string, from: Source][] {
  const { variant } = mapping;
  const fields: [string, Source | undefined][] = [
    ['handle', mapping.handle],
    ['externalId', mapping.externalId],
    ['title', mapping.title],
    ['descriptionHtml', mapping.descriptionHtml],
    ['brand', mapping.brand],
    ...mapping.categoryPath.map((from): [string, Source] => ['categoryPath', from]),
    ...mapping.tags.map(({ from }): [string, Source] => ['tags', from]),
    ['status', mapping.status],
    ['taxClass', mapping.taxClass],
    ['seoTitle', mapping.seoTitle],
    ['seoDescription', mapping.seoDescription],
    ['publishedAt', mapping.publishedAt],
    ...mapping.attributes.map(({ from }): [string, Source] => ['attributes', from]),
    ...mapping.images.map((from): [string, Source] => ['media', from]),
    ['variants.sku', variant.sku],
    ['variants.price', variant.price.from],
    ['variants.compareAt', variant.compareAt?.from],
    ['variants.currency', variant.currency],
    ...variant.otherPrices.flatMap(({ price, compareAt }): [string, Source | undefined][] => [
      ['variants.otherPrices', price.from],
      ['variants.otherPrices', compareAt?.from],
    ]),
    ['variants.stock', variant.stock],
    ['variants.weightGrams', variant.weightGrams],
    ['variants.barcode', variant.barcode],
  ];
  return fields.flatMap(([field, from]) => (from === undefined ? [] : [[field, from]]));
}

/** The text that a source says, by the cells of a row; '' when it says nothing. */
export function textOf(from: Source | undefined, cell: (column: string) => string): string {
  if (from === undefined) return '';
  if (typeof from === 'object' && 'firstOf' in from) {
    return from.firstOf.map((simple) => simpleText(simple, cell)).find(Boolean) ?? '';
  }
  return simpleText(from, cell);
}

function simpleText(from: SimpleSource, cell: (column: string) => string): string {
  if (typeof from === 'string') return cell(from);
  if ('constant' in from) return from.constant;
  if ('template' in from) {
    const text = from.template.replace(/\{([^}]+)\}/g, (_, name: string) => cell(name));
    return text.replace(/\s+/g, ' ').trim();
  }
  const text = cell(from.column);
  return from.empty?.includes(text) ? '' : (from.values?.[text] ?? text);
}
