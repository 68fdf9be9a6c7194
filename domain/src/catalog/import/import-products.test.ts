import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDomain, type TestDomain } from '../../testing/index.ts';
import {
  csvFormat,
  getProduct,
  type ImportFormat,
  importProducts,
  listProductIds,
  parseCsvMapping,
  type Reject,
  shopifyFormat,
} from '../index.ts';

let test: TestDomain;
let directory: string;
beforeAll(async () => {
  test = await createTestDomain();
  directory = await mkdtemp(join(tmpdir(), 'souk-import-'));
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true, force: true });
});

const HEADER =
  'Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty';
let files = 0;

/** Imports a real file and tells what was left out. */
async function run(content: string | Buffer, options: { dryRun?: boolean; format?: ImportFormat } = {}) {
  files += 1;
  const path = join(directory, `${files}.csv`);
  await writeFile(path, content);
  const rejects: Reject[] = [];
  const summary = await importProducts(test.ctx, {
    source: createReadStream(path),
    format: shopifyFormat({ currency: 'USD', defaultPrice: null }),
    batchSize: 3,
    onReject: (reject) => void rejects.push(reject),
    ...options,
  });
  return { summary, problems: rejects.flatMap(({ problems }) => problems), rejects };
}

const lines = (...rows: string[]) => [HEADER, ...rows].join('\n');

describe('importing', () => {
  it('reads byte order marks, CRLF, quotes, line breaks in cells and blank lines', async () => {
    const text = `\ufeff${HEADER}\r\n"plain","A ""quoted"", title","<p>one\r\ntwo</p>",,,,5,1\r\n\r\nother,Other,,,,,6,1\r\n`;
    const { summary } = await run(text);
    expect(summary).toMatchObject({ rows: 2, created: 2, rejected: 0 });
    expect((await getProduct(test.ctx, { slug: 'plain' })).title).toBe('A "quoted", title');
  });

  it('sets prices in several currencies, and leaves those alone that a file does not tell', async () => {
    const mapping = (variant: object) =>
      csvFormat(parseCsvMapping(JSON.stringify({ handle: 'id', title: 'id', variant })), 'USD');
    const format = mapping({
      sku: 'id',
      price: { from: 'price' },
      otherPrices: [{ currency: 'EUR', price: { from: 'price_eur' }, compareAt: { from: 'was_eur' } }],
    });
    const text = 'id,price,price_eur,was_eur\nmug,18,19.95,24.95\npot,45,,\n';
    expect((await run(text, { format })).summary).toMatchObject({ created: 2, rejected: 0 });
    expect((await run(text, { format })).summary).toMatchObject({ unchanged: 2 });
    const inEu = test.domain.context({ origin: { ...test.ctx.origin, region: 'eu' } });
    const priced = { price: { amount: 1_995, currency: 'EUR' }, compareAt: { amount: 2_495 } };
    expect((await getProduct(inEu, { slug: 'mug' })).variants).toMatchObject([priced]);
    await expect(getProduct(inEu, { slug: 'pot' })).rejects.toMatchObject({ code: 'not_sold_here' });
    const byColumn = mapping({ sku: 'id', price: { from: 'price' }, currency: 'currency' });
    const later = await run('id,price,currency\nmug,17,USD\npot,49.90,EUR\n', { format: byColumn });
    expect(later.summary).toMatchObject({ updated: 2 });
    expect((await getProduct(inEu, { slug: 'mug' })).variants).toMatchObject([priced]);
    const [pot] = (await getProduct(test.ctx, { slug: 'pot' })).variants;
    expect(pot?.price).toEqual({ amount: 4_500, currency: 'USD' });
  });

  it('changes nothing the second time, and says what a dry run would do', async () => {
    const text = lines('twice,Twice,,Size,S,,5,1', 'twice,,,,M,,6,2', 'thrice,Thrice,,,,,7,');
    const before = await listProductIds(test.ctx, { after: null, limit: 1_000 });
    expect((await run(text, { dryRun: true })).summary).toMatchObject({ created: 2 });
    expect(await listProductIds(test.ctx, { after: null, limit: 1_000 })).toEqual(before);
    expect((await run(text)).summary).toMatchObject({ created: 2 });
    expect((await run(text)).summary).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('leaves out whole products with a bad row and takes all others', async () => {
    const { summary, problems } = await run(
      lines(
        'fine-1,Fine,,,,,5,1',
        'half,Half,,Size,S,,5,1',
        'half,,,,M,,minus,1',
        'fine-2,Fine,,,,,5,1',
        'negative,N,,,,,-1,1',
        'huge,H,,,,,999999999999999,1',
        'nan,N,,,,,NaN,1',
        'untitled,,,,,,5,1',
        ',No handle,,,,,5,1',
        '日本,Other letters,,,,,5,1',
        'short,row',
        'long,L,,,,,5,1,extra,cells',
        'nul,a\0b,,,,,5,1',
        `heavy,H,${'x'.repeat(1_000_000)},,,,5,1`,
        'fine-3,=HYPERLINK("x"),<script>alert(1)</script>ok,,,,5,1',
        'Fine-1,Again,,,,,5,1',
      ),
    );
    expect(summary).toMatchObject({ rows: 16, created: 3, rejected: 12, rejectedRows: 13 });
    expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual(
      expect.arrayContaining([
        '4 Variant Price',
        '6 Variant Price',
        '7 Variant Price',
        '8 Variant Price',
        '9 Title',
        '10 Handle',
        '11 Handle',
        '14 Title',
        '15 Body (HTML)',
        '17 Handle',
      ]),
    );
    await expect(getProduct(test.ctx, { slug: 'half' })).rejects.toMatchObject({ code: 'not_found' });
    const kept = await getProduct(test.ctx, { slug: 'fine-3' });
    expect(kept.title).toBe('=HYPERLINK("x")');
    expect(kept.descriptionHtml).toBe('ok');
  });

  it('refuses a SKU of another product, within the file and across files', async () => {
    const { problems } = await run(lines('sku-1,A,,,,S-1,5,1', 'sku-2,B,,,,S-1,5,1', 'sku-3,C,,,,S-2,5,1'));
    expect(problems).toMatchObject([{ row: 3, column: 'Variant SKU' }]);
    expect((await run(lines('sku-4,D,,,,S-2,5,1'))).summary).toMatchObject({ rejected: 1 });
  });

  it('reports bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\nlatin,Caf`),
      Buffer.from([0xe9]),
      Buffer.from(',,,,,5,1\nutf,Café,,,,,5,1\n'),
    ]);
    const { summary, problems } = await run(bytes);
    expect(summary).toMatchObject({ created: 1, rejected: 1 });
    expect(problems[0]).toMatchObject({ row: 2, column: 'Title', reason: 'is not valid UTF-8' });
  });

  it('takes what came before a quote that never closes, but for the product that may go on behind it', async () => {
    const { summary, problems, rejects } = await run(
      lines('early,Early,,,,,5,1', 'before,Before,,,,,5,1', 'open,"Open,,,,,5,1', 'after,After,,,,,5,1'),
    );
    expect(summary).toMatchObject({ created: 1, rejected: 1 });
    expect(problems[0]?.reason).toMatch(/cannot be read/);
    expect(rejects[0]?.rows.map(({ row }) => row)).toEqual([3]);
  });

  it('takes a header without rows, and refuses what is no such file', async () => {
    expect((await run(HEADER)).summary).toMatchObject({ rows: 0, created: 0 });
    await expect(run('')).rejects.toMatchObject({ code: 'invalid_input', message: /empty/ });
    await expect(run('Handle,Price\na,1')).rejects.toMatchObject({ message: /no column Title/ });
    await expect(run('Handle,Handle,Title\na,1,2')).rejects.toMatchObject({ message: /stands twice/ });
    await expect(run(Buffer.from('\ufeffHandle', 'utf16le'))).rejects.toMatchObject({ message: /UTF-16/ });
    await expect(run(Buffer.from('PK\u0003\u0004'))).rejects.toMatchObject({ message: /spreadsheet/ });
  });
});
