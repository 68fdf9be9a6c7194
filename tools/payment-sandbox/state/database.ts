import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

export interface Database {
  run(sql: string, ...values: SQLInputValue[]): void;
  first(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** Runs `work` as one durable unit; a throw undoes it. Inside another transaction it is a savepoint. */
  transaction<T>(work: () => T): T;
  close(): void;
}

const schema = `
  create table if not exists objects (
    seq integer primary key autoincrement,
    kind text not null,
    id text not null unique,
    -- what lists of this kind filter by: the intent of a charge or a refund, the type of an event
    tag text,
    created integer not null,
    body text not null
  ) strict;
  create index if not exists objects_by_tag on objects (kind, tag, seq);
  create index if not exists objects_by_kind on objects (kind, seq);
  -- how the test card behind a payment method behaves; the number itself is never written
  create table if not exists test_cards (payment_method text primary key, card text not null) strict;
  -- payment methods that paid once without belonging to a customer: they cannot be used again
  create table if not exists spent_methods (payment_method text primary key) strict;
  -- what lets a browser see the saved cards of one customer for a while
  create table if not exists customer_sessions (
    secret text primary key,
    customer text not null,
    features text not null,
    expires_at integer not null
  ) strict;
  -- where an account link leads, and whether it may still be used
  create table if not exists account_links (
    token text primary key,
    account text not null,
    return_url text not null,
    refresh_url text not null,
    expires_at integer not null
  ) strict;
  create table if not exists deleted_customers (id text primary key) strict;
  -- what a confirmation token turns into when it is used: a new payment method, or one that is there already
  create table if not exists token_methods (token text primary key, body text, card text, payment_method text) strict;
  -- what the Checkout session of an intent is, from the first try to pay on
  create table if not exists session_intents (intent text primary key, session text not null) strict;
  -- what a Checkout session was made with, kept for its page: line items, payment_intent_data and the like
  create table if not exists session_terms (session text primary key, body text not null) strict;
  -- what happens by itself at a time: a session lapses, a bank debit settles
  create table if not exists timers (kind text not null, id text not null, due_at integer not null, primary key (kind, id)) strict;
  create index if not exists timers_due on timers (due_at);
  -- where the browser goes after 3-D Secure, kept after next_action is cleared so that Back works
  create table if not exists return_urls (payment_intent text primary key, url text not null) strict;
  create table if not exists idempotency_keys (
    account text not null,
    key text not null,
    fingerprint text not null,
    request_id text not null,
    status integer not null,
    body text not null,
    saved_at integer not null,
    primary key (account, key)
  ) strict;
  create index if not exists idempotency_keys_by_age on idempotency_keys (saved_at);
  create table if not exists deliveries (
    id integer primary key autoincrement,
    event text not null,
    endpoint text not null,
    state text not null check (state in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    due_at integer not null,
    last_result text,
    unique (event, endpoint)
  ) strict;
  create index if not exists deliveries_due on deliveries (state, due_at);
`;

/** Milliseconds to wait for a sandbox that is just stopping. */
const lockTimeout = 2_000;

/**
 * Opens (or makes) the one file that holds the sandbox's state, `sandbox.db` in `dataDir`. What a transaction wrote
 * outlives the process, however that ends: killing it loses nothing, only a power cut may spoil the file.
 * The file is locked: a second sandbox on it fails at once instead of losing updates.
 */
export function openDatabase(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const connection = connect(dataDir);
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  let depth = 0;

  function prepared(sql: string) {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  return {
    run(sql, ...values) {
      prepared(sql).run(...values);
    },
    first: (sql, ...values) => prepared(sql).get(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    transaction(work) {
      const name = `level_${depth}`;
      prepared(depth === 0 ? 'begin immediate' : `savepoint ${name}`).run();
      depth += 1;
      try {
        const result = work();
        depth -= 1;
        prepared(depth === 0 ? 'commit' : `release ${name}`).run();
        return result;
      } catch (error) {
        depth = Math.min(depth, Number(name.slice('level_'.length)));
        if (depth === 0) prepared('rollback').run();
        else connection.exec(`rollback to ${name}; release ${name}`);
        throw error;
      }
    },
    close() {
      connection.close();
    },
  };
}

function connect(dataDir: string): DatabaseSync {
  const connection = new DatabaseSync(join(dataDir, 'sandbox.db'), { timeout: lockTimeout });
  try {
    connection.exec(
      'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = off; pragma wal_autocheckpoint = 10000;',
    );
    connection.exec(schema);
    return connection;
  } catch (error) {
    connection.close();
    const isLocked = error instanceof Error && error.message.includes('locked');
    throw isLocked ? new Error(`another payment sandbox uses ${dataDir}`, { cause: error }) : error;
  }
}

/** Reads a text column. @throws TypeError when the column is not text, which means the file is not ours */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`);
  return value;
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`);
  return value;
}
