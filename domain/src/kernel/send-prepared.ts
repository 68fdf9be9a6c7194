/// <reference path="./pg-utils.d.ts" />
import type pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

/** What became of a statement, as Kysely wants to know it. */
export interface Answer {
  /** INSERT, COMMIT, … */
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

/** What the rows of a prepared statement look like: it is the same as long as the statement is prepared. */
export interface RowShape {
  readonly columns: readonly Column[];
  /** A row with nothing in it: rows are copies of it, which is quicker than to grow each anew. */
  readonly empty: Readonly<Record<string, null>>;
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

export function shapeOf(client: pg.ClientBase, fields: readonly pg.FieldDef[]): RowShape {
  return {
    columns: fields.map(({ name, dataTypeID }) => ({
      name,
      parse: client.getTypeParser(dataTypeID, 'text'),
    })),
    empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
  };
}

interface PreparedRun {
  /** Under which the connection has prepared the statement. */
  readonly name: string;
  readonly shape: RowShape;
  readonly values: readonly unknown[];
  /** Begins a transaction with it. */
  readonly begins: boolean;
  /** Commits the transaction with it, where it succeeds. */
  readonly commits: boolean;
}

/**
 * Runs a statement that the connection has prepared. The driver asks anew each time what the rows look like, which for a wide row takes
 * longer than to read it, and takes a trip of its own to begin a transaction. Rejects with what Postgres says.
 */
export function sendPrepared(client: pg.ClientBase, run: PreparedRun): Promise<Answer> {
  return new Promise((resolve, reject) => {
    client.query(new PreparedQuery(run, resolve, reject));
  });
}

const tag = /^([A-Z]+)(?: \d+)*?(?: (\d+))?$/i;

/** Speaks the extended query protocol for one statement, as the driver asks of what it is to send. */
class PreparedQuery implements pg.Submittable {
  readonly #run: PreparedRun;
  readonly #resolve: (result: Answer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #rows: unknown[] = [];
  #failure: unknown;
  /** What was done, in order: to begin and to commit are done too. */
  readonly #completed: string[] = [];

  constructor(run: PreparedRun, resolve: (result: Answer) => void, reject: (error: unknown) => void) {
    this.#run = run;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: pg.Connection): void {
    const { name, values, begins, commits } = this.#run;
    connection.stream.cork();
    try {
      // up to the sync what comes after something that fails is not run
      if (begins) control(connection, 'begin');
      try {
        connection.bind({ statement: name, values: values.map(textOf) }, true);
        connection.execute({}, true);
        if (commits) control(connection, 'commit');
      } catch (error) {
        this.#failure = error;
      }
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const row: Record<string, unknown> = { ...this.#run.shape.empty };
    try {
      this.#run.shape.columns.forEach(({ name, parse }, position) => {
        const text = fields[position];
        if (typeof text === 'string') row[name] = parse(text);
      });
    } catch (error) {
      this.#failure ??= error;
    }
    this.#rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#completed.push(text);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#failure !== undefined) {
      this.#reject(this.#failure);
      return;
    }
    const [, command = '', count = '0'] = tag.exec(this.#completed[this.#run.begins ? 1 : 0] ?? '') ?? [];
    this.#resolve({
      command,
      rowCount: Number(count),
      rows: this.#rows,
    });
  }
}

function control(connection: pg.Connection, text: 'begin' | 'commit'): void {
  connection.parse({ text, name: '', types: [] }, true);
  connection.bind({}, true);
  connection.execute({}, true);
}

/** A value as Postgres reads it. Moments are told in UTC, which needs no look at the time zone. */
function textOf(value: unknown): string | Buffer | null {
  if (typeof value === 'string' || value === null) return value;
  return value instanceof Date ? value.toISOString() : prepareValue(value);
}
