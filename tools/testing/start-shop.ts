import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, startApp } from '../stack/app.ts';
import type { AppAddresses } from '../stack/environment.ts';
import { openFreeInstance } from '../stack/instance.ts';
import { soukDirectory } from '../stack/paths.ts';
import { keepPort, loopback } from '../stack/ports.ts';
import { silentProgress } from '../stack/progress.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import type { Supervised } from '../stack/supervisor.ts';
import { cloneSeededDatabase, mediaDirectory } from './seeded-database.ts';

export interface ShopOptions {
  /** how many products to seed; by default as many as `npm start` does */
  seedSize?: number;
  /** variables for the shop's programs that go before the usual ones; they may depend on where the programs are going to listen */
  environment?:
    | Readonly<Record<string, string>>
    | ((addresses: AppAddresses) => Readonly<Record<string, string>>);
  /** whether what Postgres has committed survives when it is killed; by default not, which is faster */
  durable?: boolean;
  /** the folder of its data and logs, under the stacks' own */
  directory?: string;
  /** how often within a minute a worker that ends by itself is started again; by default as `npm start` does */
  restarts?: number;
  /** told when a program or store has ended by itself and is started again */
  onRestart?: (name: string, how: string) => void;
}

/** The whole shop, as a shopper finds it, for tests: real programs, real stores, a catalogue and an index of its own. */
export interface Shop {
  readonly shopUrl: string;
  readonly bffUrl: string;
  /** the mail catcher's JSON API */
  readonly mailboxUrl: string;
  /** the payment sandbox */
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
  /** what the programs were given */
  readonly env: Readonly<Record<string, string>>;
  /** the programs: each can be stopped, killed and started */
  readonly programs: Pick<App, 'bff' | 'worker' | 'storefront'> & { readonly sandbox: Supervised };
  /** settles when a program or a store has ended by itself and stays down */
  readonly gaveUp: App['gaveUp'];
  /** the stores: `stack.services` can be stopped, killed and started, too */
  readonly stack: Stack;
  killBff(): Promise<void>;
  startBff(): Promise<void>;
  restartBff(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a shop on free ports. Shops may be open at once; the catalogue is seeded once and cloned for each. */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const { durable = false, directory = 'e2e', onRestart } = options;
  const stack = await startStack(openFreeInstance(join(soukDirectory, directory)), { durable, onRestart });
  try {
    // What an earlier run paid and mailed belongs to a database that is gone.
    for (const name of ['payments', 'mail']) {
      await rm(join(stack.instance.directory, name), { recursive: true, force: true });
    }
    const seedArgs = options.seedSize === undefined ? [] : ['--size', String(options.seedSize)];
    const database = await cloneSeededDatabase(stack, seedArgs);
    const app = await openApp(stack, database.url, options);
    return shopOf(stack, app, database);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function openApp(
  stack: Stack,
  databaseUrl: string,
  { environment, onRestart, restarts }: ShopOptions,
): Promise<App> {
  const [storefrontPort = 0, bffPort = 0, metricsPort = 0, storefrontMetricsPort = 0] = await Promise.all(
    Array.from({ length: 4 }, () => keepPort()),
  );
  const addresses = { host: loopback, storefrontPort, bffPort, metricsPort, storefrontMetricsPort };
  return startApp({
    stack,
    addresses,
    mode: 'production',
    databaseUrl,
    environment: {
      MEILI_INDEX: new URL(databaseUrl).pathname.slice(1),
      MEDIA_DIR: mediaDirectory(stack),
      ...(typeof environment === 'function' ? environment(addresses) : environment),
    },
    prepare: [{ title: 'Search index built', args: ['reindex'] }],
    progress: silentProgress,
    restarts,
    onRestart,
  });
}

function shopOf(stack: Stack, app: App, database: { url: string; drop: () => Promise<void> }): Shop {
  const { bff, worker, storefront, sandbox } = app;
  if (!sandbox) throw new Error('STRIPE_SECRET_KEY is set: unset it, tests bring a stand-in of their own');
  return {
    shopUrl: app.shopUrl,
    bffUrl: app.bffUrl,
    mailboxUrl: required(app.mailboxUrl, 'SMTP_URL'),
    sandboxUrl: required(app.sandboxUrl, 'STRIPE_SECRET_KEY'),
    databaseUrl: database.url,
    env: app.environment,
    programs: { bff, worker, storefront, sandbox },
    gaveUp: app.gaveUp,
    stack,
    killBff: () => bff.kill(),
    startBff: () => bff.start(),
    async restartBff() {
      await bff.stop();
      await bff.start();
    },
    async stop() {
      await app.stop();
      await database.drop();
      await stack.stop();
    },
  };
}

function required(url: string | undefined, variable: string): string {
  if (url === undefined) throw new Error(`${variable} is set: unset it, tests bring a stand-in of their own`);
  return url;
}
