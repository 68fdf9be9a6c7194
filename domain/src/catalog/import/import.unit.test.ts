import { describe, expect, it } from 'vitest';
import { parseAmount, parseCount } from './cells.ts';
import { csvFormat } from './csv.ts';
import { parseCsvMapping } from './csv-mapping.ts';
import type { CsvRow, ImportFormat } from './model.ts';
import { shopifyFormat } from './shopify.ts';

const rowsOf = (rows: readonly (readonly string[])[]): CsvRow[] =>
  rows.map((cells, index) => ({ row: index + 2, cells }));

function read(format: ImportFormat, header: readonly string[], rows: readonly (readonly string[])[]) {
  return format.open(header).read(rowsOf(rows));
}

describe('amounts', () => {
  it.each([
    ['12.50', 1250],
    ['12.5', 1250],
    ['12', 1200],
    ['0', 0],
    ['19.990', 1999],
    ['0.07', 7],
  ])('%s is %i', (text, value) => expect(parseAmount(text, 'decimal')).toEqual({ value }));

  it.each([
    '-5',
    'NaN',
    '1e5',
    '1,299',
    '12.505',
    '$5',
    'Infinity',
    '',
    '99999999999999999999',
    '0x10',
    '=1+1',
  ])('%s is refused', (text) => expect(parseAmount(text, 'decimal')).toHaveProperty('reason'));

  it('minor units have no decimals', () => {
    expect(parseAmount('1250', 'minor')).toEqual({ value: 1250 });
    expect(parseAmount('12.5', 'minor')).toHaveProperty('reason');
    expect(parseCount('-1')).toHaveProperty('reason');
  });
});

describe("Shopify's format", () => {
  const format = shopifyFormat({ currency: 'USD', defaultPrice: null });
  const header = [
    'Handle',
    'Title',
    'Body',
    'Option1 name',
    'Option1 value',
    'Variant sku',
    'Variant price',
    'Image src',
  ];

  it('carries option names from the first row and takes other spelling', () => {
    const result = read(format, header, [
      ['Mug', 'Mug', '', 'Color', 'Red', '', '10', 'https://x.test/1.jpg'],
      ['Mug', '', '', '', 'Blue', 'B-1', '12.50', ''],
      ['Mug', '', '', '', '', '', '', 'https://x.test/2.jpg'],
    ]);
    expect(result).toMatchObject({
      product: {
        handle: 'mug',
        externalId: 'Mug',
        options: [{ name: 'Color', values: [{ value: 'Red' }, { value: 'Blue' }] }],
        variants: [
          { sku: 'mug-red', price: { amount: 1000 } },
          { sku: 'B-1', price: { amount: 1250 } },
        ],
        media: [{ sourceUrl: 'https://x.test/1.jpg' }, { sourceUrl: 'https://x.test/2.jpg' }],
      },
    });
  });

  it('knows a product without options', () => {
    const result = read(format, header, [['a', 'A', '', 'Title', 'Default Title', '', '1', '']]);
    expect(result).toMatchObject({ product: { options: [], variants: [{ sku: 'a', optionValues: {} }] } });
  });

  it('names row, column and value of what is wrong', () => {
    const result = read(format, header, [
      ['a', 'A', '', 'Size', 'S', '', '-3', ''],
      ['a', '', '', '', 'M', '', '', ''],
    ]);
    expect(result).toEqual({
      problems: [
        { row: 2, column: 'Variant price', value: '-3', reason: 'is negative' },
        { row: 3, column: 'Variant price', value: '', reason: 'is blank' },
      ],
    });
  });

  it('takes a default price where one is given', () => {
    const lenient = shopifyFormat({ currency: 'USD', defaultPrice: 500 });
    expect(read(lenient, header, [['a', 'A', '', '', '', 'x', '', '']])).toMatchObject({
      product: { variants: [{ price: { amount: 500 } }] },
    });
  });

  it('wants its columns', () => {
    expect(() => format.open(['Handle', 'Price?'])).toThrow(/Title/);
  });
});

describe('mappings', () => {
  const mapping = parseCsvMapping(
    JSON.stringify({
      handle: { template: '{name} {id}' },
      title: { firstOf: [{ column: 'name', empty: ['NA'] }, { template: '{kind} {id}' }] },
      categoryPath: [{ constant: 'All' }, 'kind'],
      tags: [{ from: 'tags', separator: '|' }],
      status: { column: 'live', values: { y: 'published', n: 'draft' } },
      attributes: [{ key: 'width', label: 'Width', from: 'width', type: 'number', unit: 'cm' }],
      variant: { sku: 'id', price: { from: 'cents', unit: 'minor' } },
    }),
  );
  const header = ['id', 'name', 'kind', 'tags', 'live', 'width', 'cents'];

  it('makes products of rows', () => {
    const result = read(csvFormat(mapping, 'EUR'), header, [['7', 'NA', 'Mug', 'a| b', 'n', '12.5', '990']]);
    expect(result).toMatchObject({
      product: {
        handle: 'na-7',
        title: 'Mug 7',
        categoryPath: ['All', 'Mug'],
        tags: ['a', 'b'],
        status: 'draft',
        attributes: [{ key: 'width', value: 12.5, unit: 'cm' }],
        variants: [{ sku: '7', price: { amount: 990, currency: 'EUR' } }],
      },
    });
  });

  const priced = (variant: object) =>
    csvFormat(parseCsvMapping(JSON.stringify({ handle: 'id', title: 'id', variant })), 'USD');
  const perCurrency = priced({
    sku: 'id',
    price: { from: 'usd' },
    otherPrices: [
      { currency: 'EUR', price: { from: 'price_eur' }, compareAt: { from: 'was_eur' } },
      { currency: 'GBP', price: { from: 'pence', unit: 'minor' } },
    ],
  });
  const priceHeader = ['id', 'usd', 'price_eur', 'was_eur', 'pence'];

  it('takes prices in several currencies from columns of their own', () => {
    const full = read(perCurrency, priceHeader, [['a', '20', '21.90', '29.90', '1700']]);
    expect(full).toMatchObject({
      product: {
        variants: [
          {
            price: { amount: 2_000, currency: 'USD' },
            otherPrices: [
              { amount: 2_190, currency: 'EUR', compareAtAmount: 2_990 },
              { amount: 1_700, currency: 'GBP', compareAtAmount: null },
            ],
          },
        ],
      },
    });
    const dollarsAlone = read(perCurrency, priceHeader, [['a', '20', '', '', '']]);
    expect(dollarsAlone).toMatchObject({ product: { variants: [{ otherPrices: [] }] } });
    expect(read(perCurrency, priceHeader, [['a', '20', '21,90', '', '1.5']])).toMatchObject({
      problems: [
        { column: 'price_eur', value: '21,90' },
        { column: 'pence', value: '1.5' },
      ],
    });
  });

  it('takes the currency of a price from a column', () => {
    const format = priced({ sku: 'id', price: { from: 'price' }, currency: 'currency' });
    const columns = ['id', 'price', 'currency'];
    expect(read(format, columns, [['a', '5', 'eur']])).toMatchObject({
      product: { variants: [{ price: { amount: 500, currency: 'EUR' } }] },
    });
    expect(read(format, columns, [['a', '5', '']])).toMatchObject({
      product: { variants: [{ price: { currency: 'USD' } }] },
    });
    expect(read(format, columns, [['a', '5', 'Lira']])).toMatchObject({
      problems: [{ column: 'currency', value: 'Lira', reason: expect.stringContaining('USD, EUR, GBP') }],
    });
    expect(() => format.open(['id', 'price'])).toThrow(/currency/);
  });

  it('tells what is wrong with a row', () => {
    const result = read(csvFormat(mapping, 'EUR'), header, [['7', 'x', 'Mug', '', 'maybe', 'wide', '']]);
    expect(result).toMatchObject({
      problems: [
        { column: 'cents', reason: 'is blank' },
        { column: 'live', value: 'maybe' },
        { column: 'width', value: 'wide' },
      ],
    });
  });

  it('names missing columns and wrong entries', () => {
    expect(() => csvFormat(mapping, 'EUR').open(['id', 'name'])).toThrow(/kind, /);
    expect(() => parseCsvMapping('{')).toThrow(/not JSON/);
    expect(() => parseCsvMapping('{"title":"a","variants":{}}')).toThrow(/handle: .*\n.*variant: /);
  });
});
