import { keptSpan } from '@souk/telemetry';
import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import pg from 'pg';
import { boundPool, type PoolPressure } from './bounded-pool.ts';
import type { DB } from './db-types.ts';
import type { Observer } from './observer.ts';
import { preparingPool } from './prepared-statements.ts';
import { kindOfStatement } from './statement-kind.ts';
import { traceStatement } from './statement-spans.ts';
import { tallyStatement } from './statements.ts';

export type Database = Kysely<DB>;

/** Parses `bigint` as a number and refuses what a number cannot hold exactly: amounts of money stay integers. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an exact integer: ${text}`);
  return value;
}

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, parseInt8);

/** How long a caller waits for a connection, of the pool or of Postgres, in milliseconds. */
const CONNECT_WITHIN_MS = 5_000;

/**
 * Opens a pool on the truth. Statements are cancelled by the server after 15 s, and a transaction that sits idle after 10 s, so
 * that a stuck client cannot hold locks.
 *
 * @param options.mostWaiting how many callers may wait for a connection at once, before more are refused by `overloaded`; as many as come
 * by default, which is for programs that begin no more than they mean to do
 * @param options.waitMs how long each may wait
 * @param options.onPoolError told of errors of idle connections (the server went away); the pool itself recovers
 * @param options.observe told of each statement of `db` and of each wait for a connection
 */
export function createDatabase(options: {
  url: string;
  poolSize?: number;
  applicationName?: string;
  statementTimeoutMs?: number;
  mostWaiting?: number;
  waitMs?: number;
  onPoolError?: (error: Error) => void;
  observe?: Pick<Observer, 'statement' | 'connectionWait'>;
}): { db: Database; pool: pg.Pool; pressure: PoolPressure } {
  const { observe } = options;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    application_name: options.applicationName ?? 'souk',
    connectionTimeoutMillis: options.waitMs ?? CONNECT_WITHIN_MS,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: 10_000,
    types,
  });
  const report = (error: Error) => {
    // the driver hangs the whole client on it: every statement that was prepared would stand in the log
    Reflect.deleteProperty(error, 'client');
    options.onPoolError?.(error);
  };
  pool.on('error', report);
  // a client that breaks while it is lent out tells only itself; unheard, that would end the process
  pool.on('connect', (client) => client.on('error', report));
  const { connect, pressure } = boundPool(pool, {
    mostWaiting: options.mostWaiting ?? Number.POSITIVE_INFINITY,
    onWait: observe?.connectionWait,
  });
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: preparingPool(pool, connect) }),
    log(event: LogEvent) {
      const { query, queryDurationMillis } = event;
      // a transaction is begun in the trip of its first statement
      const span = query.sql === 'begin' ? null : keptSpan();
      if (span !== null) traceStatement(span, event);
      const kind = kindOfStatement(query.sql);
      if (kind === null) return;
      tallyStatement();
      observe?.statement(kind, queryDurationMillis / 1000);
    },
  });
  return { db, pool, pressure };
}
