import { join } from 'node:path';
import pg from 'pg';
import { runSouk } from '../stack/app.ts';
import { appEnvironment } from '../stack/environment.ts';
import { checkoutSecrets } from '../stack/secrets.ts';
import { hashOfSources } from '../stack/source-hash.ts';
import type { Stack } from '../stack/stack.ts';
import { databaseUrl, prepareTemplate } from './template-database.ts';

const seededPrefix = 'souk_seeded_';
const shopPrefix = 'souk_test_shop_';

/** The pictures belong to the seeded catalogue: all its clones share them. */
export function mediaDirectory(stack: Stack): string {
  return join(stack.instance.directory, 'media');
}

/**
 * A database with a seeded catalogue, for one shop. The catalogue is made once and cloned ever after, until the code that makes it
 * changes.
 *
 * @param seedArgs options of `souk seed`
 * @returns its address, and a function that drops it
 */
export async function cloneSeededDatabase(
  stack: Stack,
  seedArgs: readonly string[],
): Promise<{ url: string; drop: () => Promise<void> }> {
  const template = await prepareTemplate(stack.databaseUrl, {
    isOurs: process.env.DATABASE_URL === undefined,
  });
  const sources = await hashOfSources('domain/src', 'bff/src/cli', 'tools/cli', 'tools/seed');
  const ofThisCode = `${seededPrefix}${sources}_`;
  const seeded = `${ofThisCode}${seedArgs.join('_').replaceAll(/[^a-z0-9]+/g, '')}`;
  const name = `${shopPrefix}${process.pid}_${Date.now()}`;
  await withAdmin(stack, async (admin) => {
    if (!(await exists(admin, seeded))) {
      await dropOlder(admin, ofThisCode);
      await seedDatabase(stack, admin, template, seeded, seedArgs);
    }
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${seeded}`);
    // Postgres writes what a sequence gives out ahead of time, and takes that to be in the log of a copy, too: only a checkpoint makes
    // it write it anew, or numbers are given out twice after a crash
    await admin.query('CHECKPOINT');
  });
  const drop = () =>
    withAdmin(stack, async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  return { url: databaseUrl(stack.databaseUrl, name), drop };
}

/** Catalogues of older code go; those of this one stay, whatever their size. */
async function dropOlder(admin: pg.Client, ofThisCode: string): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${seededPrefix}')
     AND NOT starts_with(datname, '${ofThisCode}')`,
  );
  for (const { datname } of rows) await admin.query(`DROP DATABASE ${datname} WITH (FORCE)`);
}

/** Under another name until it is whole. */
async function seedDatabase(
  stack: Stack,
  admin: pg.Client,
  template: string,
  seeded: string,
  seedArgs: readonly string[],
): Promise<void> {
  const draft = `${seededPrefix}draft`;
  await admin.query(`CREATE DATABASE ${draft} TEMPLATE ${template}`);
  await runSouk(stack.instance, ['seed', ...seedArgs], seedEnvironment(stack, draft));
  await admin.query(`ALTER DATABASE ${draft} RENAME TO ${seeded}`);
}

function seedEnvironment(stack: Stack, draft: string): Record<string, string> {
  const { directory } = stack.instance;
  const environment = appEnvironment({
    directory,
    stores: { ...stack.environment, DATABASE_URL: databaseUrl(stack.databaseUrl, draft) },
    secrets: checkoutSecrets(directory),
    addresses: {
      host: '127.0.0.1',
      storefrontPort: 3000,
      bffPort: 4000,
      metricsPort: 9464,
      storefrontMetricsPort: 9465,
    },
    mode: 'production',
    sandboxUrl: undefined,
    mail: undefined,
  });
  return { ...environment, MEDIA_DIR: mediaDirectory(stack) };
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  return found.rowCount === 1;
}

async function withAdmin(stack: Stack, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: stack.databaseUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
