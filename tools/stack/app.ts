import { join } from 'node:path';
import { migrateToLatest } from '@souk/domain/kernel';
import { type AppAddresses, appEnvironment, ownVariables } from './environment.ts';
import type { Instance } from './instance.ts';
import { repository } from './paths.ts';
import { loopback } from './ports.ts';
import type { Server } from './processes.ts';
import { type Program, type RunOptions, runToEnd, startProgram } from './programs.ts';
import type { Progress } from './progress.ts';
import { checkoutSecrets } from './secrets.ts';
import type { Stack } from './stack.ts';
import { buildStorefront } from './storefront-build.ts';
import { type Supervised, supervise } from './supervisor.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';

export interface AppOptions {
  stack: Stack;
  addresses: AppAddresses;
  mode: 'development' | 'production';
  /** a database of the stack's server other than the shop's own */
  databaseUrl?: string;
  /** commands of the operator's CLI to run before the shop opens, each with its title */
  prepare?: readonly { title: string; args: readonly string[] }[];
  /** variables that go before ours */
  environment?: Readonly<Record<string, string>>;
  progress: Progress;
  onLine?: RunOptions['onLine'];
  /** how often within a minute a worker that ends by itself is started again (default 3) */
  restarts?: number | undefined;
  onRestart?: ((name: string, how: string) => void) | undefined;
}

/** The whole shop, running. */
export interface App {
  readonly shopUrl: string;
  readonly bffUrl: string;
  readonly mailboxUrl: string | undefined;
  readonly sandboxUrl: string | undefined;
  /** what its programs were given */
  readonly environment: Readonly<Record<string, string>>;
  readonly bff: Supervised;
  readonly worker: Supervised;
  readonly storefront: Supervised;
  /** the payment sandbox; absent where real Stripe is used */
  readonly sandbox: Supervised | undefined;
  /** settles when a program or a store has ended and stays down */
  readonly gaveUp: Promise<{ name: string; how: string; logFile: string }>;
  /** ends the shop's programs; the stack goes on */
  stop(): Promise<void>;
}

/** Brings the database up to date, builds the storefront if needed, and runs the shop's programs on a stack that is up. */
export async function startApp(options: AppOptions): Promise<App> {
  const { stack, addresses, progress, onRestart } = options;
  const { instance } = stack;
  const secrets = checkoutSecrets(instance.directory);
  const bffUrl = `http://${loopback}:${addresses.bffPort}`;
  const surroundings = await progress.step('Payment sandbox and mailbox', () =>
    startSurroundings(instance, { secrets, bffUrl, onRestart }),
  );
  try {
    const stores = { ...stack.environment, DATABASE_URL: options.databaseUrl ?? stack.databaseUrl };
    const { sandboxUrl, mail } = surroundings;
    const { directory } = instance;
    const environment = {
      ...appEnvironment({ directory, stores, secrets, addresses, mode: options.mode, sandboxUrl, mail }),
      ...options.environment,
    };
    instance.memory.environment = ownVariables(environment);
    instance.save();
    await Promise.all([
      prepareDatabase(options, environment),
      options.mode === 'production' ? progress.step('Storefront built', buildStorefront) : undefined,
    ]);
    const programs = await progress.step('Shop open', () => startPrograms(options, environment));
    return appOf(options, environment, surroundings, programs);
  } catch (error) {
    await surroundings.stop();
    throw error;
  }
}

async function prepareDatabase(options: AppOptions, env: Record<string, string>): Promise<void> {
  const { progress, stack } = options;
  await progress.step('Database migrated', () => migrateToLatest(env.DATABASE_URL ?? stack.databaseUrl));
  for (const { title, args } of options.prepare ?? []) {
    await progress.step(title, () => runSouk(stack.instance, args, env));
  }
}

/** Runs a command of the operator's CLI, its output in a log of its own. */
export async function runSouk(
  instance: Instance,
  args: readonly string[],
  env: Record<string, string>,
): Promise<void> {
  await runToEnd(instance, {
    name: `souk-${args[0]}`,
    command: process.execPath,
    args: [join(repository, 'tools/cli/souk.ts'), ...args],
    cwd: repository,
    env,
  });
}

type Programs = Record<'bff' | 'worker' | 'storefront', Supervised>;

async function startPrograms(options: AppOptions, env: Record<string, string>): Promise<Programs> {
  const { instance } = options.stack;
  const { onLine, onRestart } = options;
  const spawned: Server[] = [];
  const onSpawn = (server: Server) => spawned.push(server);
  const watch = options.mode === 'development';
  const opened: Supervised[] = [];
  const run = async (program: Program, restarts: number, own: Record<string, string> = {}) => {
    const launch = () => startProgram(instance, program, { env: { ...env, ...own }, onLine, watch, onSpawn });
    const supervised = await supervise(launch, { restarts, onRestart });
    opened.push(supervised);
    return supervised;
  };

  // Other machines reach the shop by the storefront alone.
  const inside = { HOST: loopback };
  const bffHealth = `http://${loopback}:${options.addresses.bffPort}/health/ready`;
  const shopHealth = `http://${loopback}:${options.addresses.storefrontPort}/`;
  const bffStarting = run({ name: 'bff', entry: 'bff/src/main.ts', healthUrl: bffHealth }, 0, inside);
  const starting = [
    bffStarting,
    run({ name: 'worker', entry: 'bff/src/worker.ts' }, options.restarts ?? 3, inside),
    run(
      {
        name: 'storefront',
        entry: 'storefront/server/main.ts',
        healthUrl: shopHealth,
        after: bffStarting,
        watchPath: 'storefront/server', // Vite watches the pages, and writes files of its own while it does
      },
      0,
      { METRICS_PORT: String(options.addresses.storefrontMetricsPort) },
    ),
  ] as const;
  try {
    const [bff, worker, storefront] = await Promise.all(starting);
    return { bff, worker, storefront };
  } catch (error) {
    await Promise.all(opened.map((supervised) => supervised.stop()));
    // Those that still wait to be ready see that they have ended.
    await Promise.all(spawned.map((server) => server.stop()));
    await Promise.allSettled(starting);
    throw error;
  }
}

function appOf(
  { stack, addresses }: AppOptions,
  environment: Record<string, string>,
  surroundings: Surroundings,
  programs: Programs,
): App {
  const stores = stack.services.flatMap(({ supervised }) => supervised ?? []);
  const sandbox = surroundings.sandbox ? [surroundings.sandbox] : [];
  const watched = [...Object.values(programs), ...sandbox, ...stores];
  return {
    shopUrl: environment.SHOP_URL ?? `http://localhost:${addresses.storefrontPort}`,
    bffUrl: `http://${loopback}:${addresses.bffPort}`,
    mailboxUrl: surroundings.mail?.mailboxUrl,
    sandboxUrl: surroundings.sandboxUrl,
    environment,
    ...programs,
    sandbox: surroundings.sandbox,
    gaveUp: Promise.race(watched.map((supervised) => supervised.gaveUp)),
    async stop() {
      await Promise.all([programs.storefront.stop(), programs.worker.stop()]);
      await programs.bff.stop();
      await surroundings.stop();
    },
  };
}
