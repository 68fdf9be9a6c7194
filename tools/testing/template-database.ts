import { migrateToLatest } from '@souk/domain/kernel';
import pg from 'pg';
import { hashOfSources } from '../stack/source-hash.ts';

const testPrefix = 'souk_test_';
const templatePrefix = 'souk_template_';

/**
 * Drops what earlier runs left behind and makes sure of a database with the newest schema, from which test files clone theirs in
 * some 20 ms. It is built anew only when a migration has changed.
 *
 * @param options.isOurs whether no other run can be using the server; else nothing is dropped
 * @returns the template's name
 */
export async function prepareTemplate(adminUrl: string, options: { isOurs: boolean }): Promise<string> {
  const template = templatePrefix + (await hashOfMigrations());
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const names = await databaseNames(admin);
    for (const name of options.isOurs ? names : []) {
      if (isLeftover(name, template)) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
    if (!names.includes(template)) await buildTemplate(admin, adminUrl, template);
    return template;
  } finally {
    await admin.end();
  }
}

function isLeftover(name: string, template: string): boolean {
  return name !== template && (name.startsWith(testPrefix) || name.startsWith(templatePrefix));
}

/** Gets its name only when it is whole: an interrupted run leaves nothing that looks ready. */
async function buildTemplate(admin: pg.Client, adminUrl: string, template: string): Promise<void> {
  const draft = `${template}_${process.pid}`;
  await admin.query(`CREATE DATABASE ${draft}`);
  await migrateToLatest(databaseUrl(adminUrl, draft));
  await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
}

async function databaseNames(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database');
  return rows.map((row) => row.datname);
}

/** The address of another database of the same server. */
export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Covers the migrations and, through the package file, the version of the job queue, which brings tables of its own. */
async function hashOfMigrations(): Promise<string> {
  return hashOfSources('domain/src/kernel/migrations', 'domain/package.json');
}
