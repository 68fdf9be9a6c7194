import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDomain, type Domain, type DomainParts, runDueJobs } from '../app/index.ts';
import {
  type Clock,
  type Context,
  createLogger,
  type DomainConfig,
  loadDomainConfig,
  type Observer,
  system,
} from '../kernel/index.ts';

/** A domain on real services, in a database, an index and a media folder of its own. */
export interface TestDomain {
  readonly domain: Domain;
  /** As the system: `withActor` gives it to somebody else. */
  readonly ctx: Context;
  readonly config: DomainConfig;
  readonly databaseUrl: string;
  /** The environment that the processes of the shop would need to share it. */
  readonly env: Record<string, string>;
  /** Runs what the worker would: the jobs that are due, until none is left. */
  runJobs(): Promise<void>;
  close(): Promise<void>;
}

/** A clock that stands still until it is told to move. */
export function createTestClock(
  start = new Date('2026-03-01T12:00:00Z'),
): Clock & { advance(seconds: number): void } {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance(seconds) {
      now += seconds * 1000;
    },
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run tests by npm test, which starts the stack`);
  return value;
}

/** Clones the migrated template into a database of its own, and tells how to drop it. */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const adminUrl = required('SOUK_TEST_DATABASE_URL');
  const template = required('SOUK_TEST_TEMPLATE');
  const name = `souk_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A domain for one test file: call it in `beforeAll`, `close` it in `afterAll`.
 *
 * @param options.env overrides variables, such as STRIPE_API_BASE of a payment sandbox
 */
export async function createTestDomain(
  options: { env?: Record<string, string>; parts?: DomainParts; observer?: Observer } = {},
): Promise<TestDomain> {
  const database = await createTestDatabase();
  const mediaDirectory = mkdtempSync(join(tmpdir(), 'souk-media-'));
  const env: Record<string, string> = {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    DATABASE_URL: database.url,
    MEILI_URL: required('MEILI_URL'),
    MEILI_API_KEY: required('MEILI_API_KEY'),
    MEILI_INDEX: new URL(database.url).pathname.slice(1),
    REDIS_PREFIX: `${new URL(database.url).pathname.slice(1)}:`,
    SOUK_SECRET: 'a-secret-for-tests-that-is-long-enough',
    SHOP_URL: 'http://shop.test',
    STRIPE_SECRET_KEY: 'sk_test_souk',
    SETTINGS_CACHE_SECONDS: '0',
    SHOP_BANK_IBAN: 'DE89370400440532013000',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_souk',
    STRIPE_WEBHOOK_SECRET: 'whsec_souk',
    STRIPE_API_BASE: required('SOUK_TEST_SANDBOX_URL'),
    MEDIA_DIR: mediaDirectory,
    ...(process.env.REDIS_URL ? { REDIS_URL: process.env.REDIS_URL } : {}),
    ...options.env,
  };
  const config = loadDomainConfig(env);
  const domain = createDomain(config, {
    logger: createLogger({ name: 'test', level: config.logLevel }),
    ...(options.parts ? { parts: options.parts } : {}),
    ...(options.observer ? { observer: options.observer } : {}),
  });
  return {
    domain,
    ctx: domain.context({ actor: system }),
    config,
    databaseUrl: database.url,
    env,
    runJobs: () => runDueJobs(domain),
    async close() {
      await dropIndexes(domain.context());
      await domain.close();
      await database.drop();
      rmSync(mediaDirectory, { recursive: true, force: true });
    },
  };
}

/** Best effort: an index that stays is swept away with the stack's data. */
async function dropIndexes(ctx: Context): Promise<void> {
  const { meili } = ctx.services;
  const prefix = ctx.config.meili?.index;
  if (!meili || !prefix) return;
  try {
    const { results } = await meili.getIndexes({ limit: 1_000 });
    for (const index of results) if (index.uid.startsWith(prefix)) await meili.deleteIndex(index.uid);
  } catch (error) {
    ctx.logger.debug({ err: error }, 'the search engine was away at clean-up');
  }
}

export { createAuthenticator } from './authenticator.ts';
export { authenticatorCode } from './authenticator-app.ts';
export * from './invariants.ts';
export * from './mails.ts';
export * from './payments.ts';
export { sellAt } from './price-tags.ts';
export * from './shopper.ts';
export { startAvataxStandIn } from './stand-ins/avatax.ts';
export { type HttpStandIn, startHttpStandIn } from './stand-ins/http-stand-in.ts';
export { type Line, openLine } from './stand-ins/line.ts';
export { startShippoStandIn } from './stand-ins/shippo.ts';
export * from './users.ts';
export * from './whole-database.ts';
export * from './write-order.ts';
