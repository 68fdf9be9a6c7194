import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eraseData, openFreeInstance } from '../stack/instance.ts';
import { soukDirectory } from '../stack/paths.ts';
import { keepPort, loopback } from '../stack/ports.ts';
import { startProgram } from '../stack/programs.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { prepareTemplate } from './template-database.ts';

/** Stores and a payment sandbox for one command, which makes test domains on them. */
export interface OwnStack {
  readonly stack: Stack;
  stop(): Promise<void>;
}

/**
 * Starts stores and a payment sandbox under a folder of their own, and tells the test domains of this process by its environment.
 *
 * @param options.durable whether what Postgres has committed survives when it is killed
 * @param options.fresh whether to erase what an earlier run stored there
 */
export async function startOwnStack(
  folder: string,
  options: { durable: boolean; fresh?: boolean },
): Promise<OwnStack> {
  const instance = openFreeInstance(join(soukDirectory, folder));
  if (options.fresh) eraseData(instance);
  const stack = await startStack(instance, options);
  try {
    const sandbox = await startSandbox(stack);
    Object.assign(process.env, {
      ...stack.environment,
      SOUK_TEST_DATABASE_URL: stack.databaseUrl,
      SOUK_TEST_TEMPLATE: await prepareTemplate(stack.databaseUrl, {
        isOurs: process.env.DATABASE_URL === undefined,
      }),
      SOUK_TEST_SANDBOX_URL: sandbox.url,
    });
    return {
      stack,
      async stop() {
        await sandbox.stop();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** A process of its own, so that it takes no time from the shop's. */
async function startSandbox(stack: Stack): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = join(stack.instance.directory, 'payments');
  await rm(dataDir, { recursive: true, force: true });
  const port = await keepPort();
  const url = `http://${loopback}:${port}`;
  const server = await startProgram(
    stack.instance,
    { name: 'payments', entry: 'tools/payment-sandbox/cli.ts', healthUrl: `${url}/health` },
    {
      env: {
        PATH: process.env.PATH ?? '',
        SANDBOX_PORT: String(port),
        SANDBOX_HOST: loopback,
        SANDBOX_DATA_DIR: dataDir,
      },
    },
  );
  return { url, stop: () => server.stop() };
}
