import { join } from 'node:path';
import { migrateToLatest } from '@souk/domain/kernel';
import { type AppAddresses, appEnvironment } from '../stack/environment.ts';
import { runInForeground } from '../stack/foreground.ts';
import { environmentOfRunning, openInstance } from '../stack/instance.ts';
import { repository, soukDirectory } from '../stack/paths.ts';
import { printError } from '../stack/progress.ts';
import { checkoutSecrets } from '../stack/secrets.ts';
import { startStack } from '../stack/stack.ts';
import { startSurroundings } from '../stack/surroundings.ts';

const directory = join(soukDirectory, 'start');
const cli = join(repository, 'tools/cli/souk.ts');
const usualAddresses: AppAddresses = {
  host: '127.0.0.1',
  storefrontPort: 3000,
  bffPort: 4000,
  metricsPort: 9464,
  storefrontMetricsPort: 9465,
};

try {
  const args = process.argv.slice(2);
  const needsNoStack =
    args.length === 0 || args.some((argument) => ['--help', '-h', 'help'].includes(argument));
  const running = environmentOfRunning(directory);
  if (needsNoStack) process.exitCode = await runInForeground(cli, args, thrifty(process.env));
  else if (running)
    process.exitCode = await runInForeground(cli, args, thrifty({ ...process.env, ...running }));
  else process.exitCode = await withOwnStack(args);
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

/** The shop is closed: what it stands on is opened for as long as the command takes. */
async function withOwnStack(args: readonly string[]): Promise<number> {
  const instance = openInstance(directory);
  const stack = await startStack(instance);
  try {
    const secrets = checkoutSecrets(directory);
    const bffUrl = `http://127.0.0.1:${usualAddresses.bffPort}`;
    const surroundings = await startSurroundings(instance, { secrets, bffUrl });
    const { sandboxUrl, mail } = surroundings;
    const stores = stack.environment;
    const app = { directory, stores, secrets, addresses: usualAddresses, sandboxUrl, mail };
    const environment = appEnvironment({ ...app, mode: 'production' });
    if (process.env.DATABASE_URL === undefined) await migrateToLatest(stack.databaseUrl);
    const code = await runInForeground(cli, args, thrifty(environment));
    await surroundings.stop();
    return code;
  } finally {
    await stack.stop();
  }
}

/** A small nursery for new objects: an import of 44,000 products peaks at 300 MB instead of 410, as fast. */
function thrifty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --max-semi-space-size=4`.trim() };
}
