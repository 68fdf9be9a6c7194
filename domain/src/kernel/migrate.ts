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
