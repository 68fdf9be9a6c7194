import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import { Migrator } from 'kysely/migration';
import { createDatabase, type Database } from './database.ts';
import { migrations } from './migrations/index.ts';
import { waitForDatabase } from './wait-for-database.ts';

/** One number for all migrators of all releases: `souk` in ASCII. */
const MIGRATION_LOCK = 0x736f756b;
/** How long a migrator may take, and how long another waits for it. */
const STATEMENT_MS = 600_000;

/**
 * Brings a database to the newest schema, that of the job queue included. Safe to run at once from several processes: an advisory lock lets
 * one at a time through, and the others find nothing left to do.
 *
 * @param options.patienceMs how long to wait for a Postgres that is away; not at all unless given
 * @param options.onWait told once of why there is a wait
 * @returns the names of the migrations that ran, oldest first
 */
export async function migrateToLatest(
  databaseUrl: string,
  options: { patienceMs?: number; onWait?: (error: Error) => void } = {},
): Promise<string[]> {
  const { db, pool } = createDatabase({
    url: databaseUrl,
    poolSize: 3,
    applicationName: 'souk-migrate',
    statementTimeoutMs: STATEMENT_MS,
  });
  try {
    await waitForDatabase(pool, { patienceMs: options.patienceMs ?? 0, onWait: options.onWait });
    const holder = await pool.connect();
    try {
      await holder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await runMigrations({ pgPool: pool });
      return await migrateSchema(db);
    } finally {
      // closed, and with it the lock: a session that a pooler would give to others must not keep it
      holder.release(true);
    }
  } finally {
    await db.destroy();
  }
}

async function migrateSchema(db: Database): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName);
}

/** The names of the migrations that this release brings and a database has not seen, in order. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const known = await migrator.getMigrations();
  return known.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
}

/**
 * Waits until somebody else has brought a database to this release's schema; one that does not answer yet is waited for, too.
 *
 * @returns what is missing after `withinSeconds`: the names of migrations, or why the database did not answer; empty when it is ready
 */
export async function waitForSchema(databaseUrl: string, withinSeconds: number): Promise<string[]> {
  const { db } = createDatabase({ url: databaseUrl, poolSize: 1 });
  const until = Date.now() + withinSeconds * 1_000;
  try {
    for (;;) {
      const missing = await pendingMigrations(db).catch((error: unknown) => [
        error instanceof Error && error.message !== '' ? error.message : 'the database does not answer',
      ]);
      if (missing.length === 0 || Date.now() >= until) return missing;
      await sleep(1_000);
    }
  } finally {
    await db.destroy();
  }
}
