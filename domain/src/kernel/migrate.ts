import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import { Migrator } from 'kysely/migration';
import { createDatabase, type Database } from './database.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings a database to the newest schema, that of the job queue included. Safe to run at once from several processes:
 * Postgres serialises them.
 *
 * @returns the names of the migrations that ran, oldest first
 */
export async function migrateToLatest(databaseUrl: string): Promise<string[]> {
  await runMigrations({ connectionString: databaseUrl });
  const { db } = createDatabase({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 600_000 });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return (results ?? [])
      .filter((result) => result.status === 'Success')
      .map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
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
