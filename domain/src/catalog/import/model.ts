import type { ProductDraft } from '../model.ts';

/** One record of a file; the header is row 1, as a spreadsheet counts. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** What is wrong with a row. */
export interface RowProblem {
  readonly row: number;
  /** The header of the cell; empty when the row as a whole is wrong. */
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** A product that was left out, with all rows of it as they stood. */
export interface Reject {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly RowProblem[];
}

/** How rows of one file become products. */
export interface RowReader {
  /** Rows in sequence with the same key are one product; null when the row does not tell. */
  keyOf(row: CsvRow): string | null;
  /** The product of its rows, or all that is wrong with them. */
  read(rows: readonly CsvRow[]): { product: ProductDraft } | { problems: RowProblem[] };
  /** The column that a field of the product comes from, for what only the database can refuse. */
  columnOf(field: string): string;
}

/** A kind of file. */
export interface ImportFormat {
  readonly delimiter: string;
  /**
   * Gets ready for a file with this header.
   *
   * @throws DomainError `invalid_input` when columns are missing
   */
  open(header: readonly string[]): RowReader;
}

const SHOWN_CHARACTERS = 80;

/** A value short enough to be shown, on one line. */
export function shown(value: string): string {
  const line = value.slice(0, SHOWN_CHARACTERS + 1).replace(/[\p{Cc}\p{Cf}]/gu, '·');
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line;
}
