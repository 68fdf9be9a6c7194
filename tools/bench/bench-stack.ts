import { join } from 'node:path';
import { migrateToLatest } from '@souk/domain/kernel';
import { eraseData, openInstance } from '../stack/instance.ts';
import { soukDirectory } from '../stack/paths.ts';
import { type Stack, startStack } from '../stack/stack.ts';

/** A stack for benches that knows nothing of those before it, and the environment of programs that run on it. */
export async function startBenchStack(): Promise<{ stack: Stack; env: Record<string, string> }> {
  const instance = openInstance(join(soukDirectory, 'bench'));
  eraseData(instance);
  const stack = await startStack(instance);
  await migrateToLatest(stack.databaseUrl);
  const env = {
    ...stack.environment,
    LOG_LEVEL: 'warn',
    SOUK_SECRET: 'a-secret-for-benches-that-is-long-enough',
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_WEBHOOK_SECRET: 'whsec_bench',
    STRIPE_API_BASE: 'http://127.0.0.1:9',
    MEDIA_DIR: join(soukDirectory, 'bench/media'),
  };
  return { stack, env };
}
