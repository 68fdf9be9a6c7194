import { authorise, type Context, DomainError } from '../../kernel/index.ts';
import type { ProductDraft } from '../model.ts';
import { saveProducts } from '../save-products.ts';
import {
  type CsvRow,
  type ImportFormat,
  type Reject,
  type RowProblem,
  type RowReader,
  shown,
} from './model.ts';
import { damageOf, readRows } from './read-rows.ts';

export interface ImportSummary {
  /** Rows read, the header left out. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Products left out. */
  rejected: number;
  rejectedRows: number;
}

export interface ImportProducts {
  /** The bytes of a CSV file. */
  readonly source: AsyncIterable<Uint8Array>;
  readonly format: ImportFormat;
  /** Tells what would happen, and changes nothing. */
  readonly dryRun?: boolean;
  /** How many products are held in memory and saved at a time. */
  readonly batchSize?: number;
  /** Told the header once, before any reject. */
  readonly onHeader?: (header: readonly string[]) => void | Promise<void>;
  readonly onReject?: (reject: Reject) => void | Promise<void>;
  /** Told after each batch. */
  readonly onProgress?: (summary: Readonly<ImportSummary>) => void;
}

interface Group {
  readonly key: string | null;
  readonly rows: CsvRow[];
  readonly problems: RowProblem[];
}

/**
 * Imports products from a file of any length, in constant memory but for the handles seen. A product with a bad row is left out as
 * a whole and told to `onReject`; the others go in. The same file again changes nothing.
 *
 * @throws DomainError `invalid_input` when the file as a whole is unusable: empty, without a needed column, not text
 */
export async function importProducts(ctx: Context, input: ImportProducts): Promise<ImportSummary> {
  authorise(ctx, 'products:update');
  const run = startRun(ctx, input);
  let reader: RowReader | null = null;
  let header: readonly string[] = [];
  let group: Group | null = null;
  for await (const record of readRows(input.source, input.format.delimiter)) {
    if (record.kind === 'broken') {
      if (reader === null) throw new DomainError('invalid_input', `the header ${record.problem.reason}`);
      // the product above may go on in what cannot be read: better none of it than half
      const rows = group?.rows ?? [];
      await run.reject({ rows, problems: [record.problem] });
      group = null;
      break;
    }
    if (reader === null) {
      header = record.row.cells.map((name) => name.trim());
      reader = openHeader(input.format, header);
      await input.onHeader?.(header);
      continue;
    }
    run.summary.rows += 1;
    const key = reader.keyOf(record.row);
    if (group === null || key === null || group.key !== key) {
      if (group !== null) await run.take(reader, group);
      group = { key, rows: [], problems: [] };
    }
    group.rows.push(record.row);
    group.problems.push(...damageOf(record.row, header));
  }
  if (reader === null) throw new DomainError('invalid_input', 'the file is empty');
  if (group !== null) await run.take(reader, group);
  await run.flush(reader);
  return run.summary;
}

function openHeader(format: ImportFormat, header: readonly string[]): RowReader {
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) < index);
  if (twice !== undefined)
    throw new DomainError('invalid_input', `the column ${twice} stands twice in the header`);
  return format.open(header);
}

function startRun(ctx: Context, input: ImportProducts) {
  const summary: ImportSummary = {
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    rejectedRows: 0,
  };
  const batchSize = input.batchSize ?? 250;
  const rowOfHandle = new Map<string, number>();
  const rowOfSku = new Map<string, number>();
  let batch: { group: Group; product: ProductDraft }[] = [];

  const reject = async (rejected: Reject) => {
    summary.rejected += 1;
    summary.rejectedRows += rejected.rows.length;
    await input.onReject?.(rejected);
  };

  const flush = async (reader: RowReader) => {
    const saved = await saveProducts(
      ctx,
      batch.map(({ product }) => product),
      { dryRun: input.dryRun ?? false },
    );
    for (const [index, result] of saved.entries()) {
      const entry = batch[index];
      if (result.outcome !== 'failed') summary[result.outcome] += 1;
      else if (entry) await reject(rejectOf(entry.group, reader.columnOf(result.field ?? ''), result));
    }
    batch = [];
    input.onProgress?.(summary);
  };

  return {
    summary,
    reject,
    flush,
    async take(reader: RowReader, group: Group) {
      const read = group.problems.length > 0 ? { problems: group.problems } : reader.read(group.rows);
      const first = group.rows[0]?.row ?? 0;
      const clash = 'product' in read ? clashWithin(read.product, first) : null;
      if ('problems' in read) return reject({ rows: group.rows, problems: read.problems });
      if (clash !== null) return reject(rejectOf(group, reader.columnOf(clash.field), clash));
      batch.push({ group, product: read.product });
      if (batch.length >= batchSize) await flush(reader);
    },
  };

  /** A handle that comes again would undo the first; of a dry run the database keeps no SKU to compare with. */
  function clashWithin(product: ProductDraft, row: number) {
    const { handle } = product;
    const earlier = rowOfHandle.get(handle);
    if (earlier !== undefined) {
      return { field: 'handle', handle, reason: `the product of row ${earlier} has the handle ${handle}` };
    }
    rowOfHandle.set(handle, row);
    if (!input.dryRun) return null;
    for (const { sku } of product.variants) {
      const other = rowOfSku.get(sku);
      if (other !== undefined) {
        return { field: 'variants.sku', handle, reason: `the product of row ${other} has the SKU ${sku}` };
      }
    }
    for (const { sku } of product.variants) rowOfSku.set(sku, row);
    return null;
  }
}

function rejectOf(group: Group, column: string, failure: { handle: string; reason: string }): Reject {
  const row = group.rows[0]?.row ?? 0;
  return {
    rows: group.rows,
    problems: [{ row, column, value: shown(failure.handle), reason: failure.reason }],
  };
}
