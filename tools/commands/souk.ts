import { join } from 'node:path';
import { type AppAddresses, appEnvironment } from '../stack/environment.ts';
import { runInForeground } from '../stack/foreground.ts';
import { environmentOfRunning, openInstance } from '../stack/instance.ts';
import { repository, soukDirectory } from '../stack/paths.ts';
import { printError } from '../stack/progress.ts';
import { checkoutSecrets } from '../stack/secrets.ts';
import { startStack } from '../stack/stack.ts';

const directory = join(soukDirectory, 'start');
const cli = join(repository, 'tools/cli/souk.ts');
const usualAddresses: AppAddresses = {
  host: '127.0.0.1',
  storefrontPort: 3000,
  bffPort: 4000,
  metricsPort: 9464,
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

/** The shop is closed: its databases are opened for as long as the command takes. */
async function withOwnStack(args: readonly string[]): Promise<number> {
  const stack = await startStack(openInstance(directory));
  try {
    const environment = appEnvironment({
      directory,
      stores: stack.environment,
      secrets: checkoutSecrets(directory),
      addresses: usualAddresses,
      mode: 'production',
      sandboxUrl: undefined,
      mail: undefined,
    });
    return await runInForeground(cli, args, thrifty(environment));
  } finally {
    await stack.stop();
  }
}

/** A small nursery for new objects: an import of 44,000 products peaks at 300 MB instead of 410, as fast. */
function thrifty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --max-semi-space-size=4`.trim() };
}
