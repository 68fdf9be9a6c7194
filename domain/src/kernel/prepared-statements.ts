import {
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
  sql,
} from 'kysely';
import pg from 'pg';
import { type Answer, type RowShape, sendPrepared, shapeOf } from './send-prepared.ts';

/** From which run on a statement is prepared: what runs once or twice is not worth keeping. */
const PREPARED_FROM_RUN = 3;
/** How many statements a connection keeps, at most: each takes some 50 kB of the server's memory. */
const MOST_PREPARED = 600;
/** How many texts are counted before the counting starts anew; lists of many lengths make many texts. */
const MOST_COUNTED = 4_000;

const PLANNED_ANEW = '/* planned anew */';

const AND_COMMIT = '/* and commit */';

/**
 * What the last statement of a transaction begins with, where nothing can speak against it any more once it has run: it is sent together
 * with the commit, in one trip. A statement after it is refused.
 */
export const andCommit = sql.raw(`${AND_COMMIT} `);

/** What a statement begins with whose best plan depends on its values, such as the words of a search: it is not prepared. */
export const plannedAnew = sql.raw(PLANNED_ANEW);

const staleCodes = new Set([
  '0A000', // cached plan must not change result type: a migration has changed a table since
  '26000', // no such prepared statement: a pooler between has forgotten it
]);

/** Tells whether a statement failed only because it was prepared before something changed: run anew, it works. */
export function isStalePlan(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    staleCodes.has(String(error.code)) &&
    /cached plan|prepared statement/.test(error.message)
  );
}

/** Which statements are prepared, and under what name. One for a pool: names mean the same text on all its connections. */
function createStatementNames() {
  const runs = new Map<string, number>();
  const names = new Map<string, string>();
  let made = 0;
  return {
    nameOf(text: string): string | undefined {
      if (text.startsWith(PLANNED_ANEW)) return undefined;
      const known = names.get(text);
      if (known !== undefined) return known;
      if (names.size >= MOST_PREPARED) return undefined;
      const run = (runs.get(text) ?? 0) + 1;
      if (run < PREPARED_FROM_RUN) {
        if (runs.size >= MOST_COUNTED) runs.clear();
        runs.set(text, run);
        return undefined;
      }
      runs.delete(text);
      made += 1;
      const name = `souk_${made}`;
      names.set(text, name);
      return name;
    },
    /** Gives all statements new names from here on: what the connections have prepared is used no more. */
    forgetAll(): void {
      names.clear();
    },
  };
}

/** Sends a statement as an object of the driver's own: what only describes one it copies first, property by property. */
function send(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
  name?: string,
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = Object.assign(new pg.Query(text, [...values]), { name });
    query.on('end', resolve);
    query.on('error', reject);
    client.query(query);
  });
}

/**
 * The pool as Kysely uses it, with statements that run often prepared once per connection: Postgres reads and plans such a statement
 * once, which takes longer than running it, and tells what its rows look like once. Statements prepared before a migration are prepared
 * anew: one that fails for it is run again, and within a transaction the transaction is (see `createContext`).
 *
 * A transaction is begun with its first statement, in one trip, and may be ended with its last (`andCommit`).
 *
 * @param connect how a connection is taken from the pool
 */
export function preparingPool(
  pool: pg.Pool,
  connect: () => Promise<pg.PoolClient> = () => pool.connect(),
): PostgresPool {
  const statements = createStatementNames();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  function preparing(client: pg.PoolClient): PostgresPoolClient {
    /** What the rows of the statements look like that this connection has prepared, by name. */
    const shapes = new Map<string, RowShape>();
    let isToBegin = false;
    let hasCommitted = false;

    async function run(text: string, values: readonly unknown[]): Promise<Answer> {
      if (hasCommitted) {
        hasCommitted = false;
        if (text === 'commit') return { command: 'COMMIT', rowCount: 0, rows: [] };
        throw new Error(`a transaction went on after what was to be its last statement: ${text}`);
      }
      if (text === 'begin') {
        isToBegin = true;
        return { command: 'BEGIN', rowCount: 0, rows: [] };
      }
      const begins = isToBegin;
      isToBegin = false;
      if (begins && (text === 'commit' || text === 'rollback')) {
        return { command: text === 'commit' ? 'COMMIT' : 'ROLLBACK', rowCount: 0, rows: [] };
      }
      const name = values.length === 0 ? undefined : statements.nameOf(text);
      const shape = name === undefined ? undefined : shapes.get(name);
      if (begins && shape === undefined) await send(client, 'begin', []);
      try {
        if (name !== undefined && shape !== undefined) {
          const commits = text.startsWith(AND_COMMIT);
          const answer = await sendPrepared(client, { name, shape, values, begins, commits });
          hasCommitted = commits;
          return answer;
        }
        const result = await send(client, text, values, name);
        if (name !== undefined) shapes.set(name, shapeOf(client, result.fields));
        return result;
      } catch (error) {
        if (name === undefined || !isStalePlan(error)) throw error;
        statements.forgetAll();
        // within a transaction Postgres refuses this too: nothing of it was done, and it is run again as a whole
        if (begins) throw error;
        return await send(client, text, values).catch(() => Promise.reject(error));
      }
    }

    function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
    function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
    function query(text: unknown, values: readonly unknown[] = []): unknown {
      if (typeof text !== 'string') throw new TypeError('no cursors are used here');
      return run(text, values);
    }
    return { query, release: (destroy) => client.release(destroy) };
  }

  return {
    options: pool.options,
    async connect() {
      const client = await connect();
      const known = clients.get(client) ?? preparing(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}
