import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { DomainError } from '../../kernel/index.ts';
import { type CsvRow, type RowProblem, shown } from './model.ts';

/** No record of an honest file is longer; an open quote would otherwise swallow the file into memory. */
const MAX_RECORD_CHARACTERS = 8_000_000;
const MAX_CELL_CHARACTERS = 100_000;

export type ReadRecord = { kind: 'row'; row: CsvRow } | { kind: 'broken'; problem: RowProblem };

/**
 * Reads CSV (UTF-8, with or without byte order mark, any line ends) record by record; blank lines count and are skipped. From a
 * record that cannot be told from the next (a quote that never closes) the rest of the file is one broken record.
 *
 * @throws DomainError `invalid_input` when it is no text, or the stream breaks off
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<ReadRecord> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  const input = Readable.from(refusingOtherFiles(source));
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let row = 0;
  try {
    for await (const cells of parser) {
      row += 1;
      if (isCells(cells) && cells.some((cell) => cell !== '')) yield { kind: 'row', row: { row, cells } };
    }
  } catch (error) {
    if (error instanceof CsvError) {
      const reason = `cannot be read, nor can what follows: ${error.message}`;
      yield { kind: 'broken', problem: { row: row + 1, column: '', value: '', reason } };
      return;
    }
    if (error instanceof DomainError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new DomainError(
      'invalid_input',
      `the file breaks off after row ${row}: ${message}`,
      {},
      { cause: error },
    );
  } finally {
    input.destroy();
    parser.destroy();
  }
}

function isCells(record: unknown): record is string[] {
  return Array.isArray(record);
}

async function* refusingOtherFiles(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of source) {
    if (isFirst) {
      const kind = foreignKind(chunk);
      if (kind !== null)
        throw new DomainError('invalid_input', `the file is ${kind}: save it as CSV in UTF-8`);
      isFirst = false;
    }
    yield chunk;
  }
}

function foreignKind(start: Uint8Array): string | null {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16 text';
  if (first === 0x50 && second === 0x4b) return 'a zip archive or a spreadsheet';
  return null;
}

/** What is wrong with a row before anybody asks what it means: its shape, and cells that hold no text. */
export function damageOf(row: CsvRow, header: readonly string[]): RowProblem[] {
  if (row.cells.length !== header.length) {
    const reason = `has ${row.cells.length} cells where the header has ${header.length}`;
    return [{ row: row.row, column: '', value: shown(row.cells.join(',')), reason }];
  }
  return row.cells.flatMap((value, index) => {
    const reason = damageOfCell(value);
    return reason === null
      ? []
      : [{ row: row.row, column: header[index] ?? '', value: shown(value), reason }];
  });
}

function damageOfCell(value: string): string | null {
  if (value.length > MAX_CELL_CHARACTERS) return `is longer than ${MAX_CELL_CHARACTERS} characters`;
  if (value.includes('\0')) return 'holds a NUL character';
  // what a decoder writes for bytes that are no UTF-8
  if (value.includes('\ufffd')) return 'is not valid UTF-8';
  return null;
}
