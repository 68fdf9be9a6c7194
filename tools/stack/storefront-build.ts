import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { lock } from '../file-lock.mjs';
import { StackError } from './errors.ts';
import { cacheDirectory, repository } from './paths.ts';
import { logTail, spawnServer } from './processes.ts';
import { hashOfSources } from './source-hash.ts';

const storefront = join(repository, 'storefront');
const buildDirectory = join(storefront, 'build');
const stamp = join(buildDirectory, '.sources');

/** Builds the storefront unless the build at hand was made from these very sources. Returns whether it built. */
export async function buildStorefront(): Promise<boolean> {
  const release = await lock(join(cacheDirectory, 'storefront-build.lock'));
  try {
    const sources = await hashOfSources('storefront', 'pnpm-lock.yaml');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return false;
    await runBuild();
    writeFileSync(stamp, sources);
    return true;
  } finally {
    release();
  }
}

async function runBuild(): Promise<void> {
  mkdirSync(cacheDirectory, { recursive: true });
  const manifest = createRequire(join(storefront, 'package.json')).resolve('@remix-run/dev/package.json');
  const logFile = join(cacheDirectory, 'storefront-build.log');
  const build = spawnServer({
    name: 'The build of the storefront',
    command: process.execPath,
    args: [join(dirname(manifest), 'dist', 'cli.js'), 'vite:build'],
    cwd: storefront,
    env: { ...process.env, NODE_ENV: 'production' },
    logFile,
    pidFile: join(cacheDirectory, 'storefront-build.pid'),
    stopSignal: 'SIGTERM',
  });
  const how = await build.exited;
  if (how !== 'exit code 0') throw new StackError(`${build.name} failed (${how})\n${logTail(logFile, 40)}`);
}
