import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { lock } from '../file-lock.mjs';
import { StackError } from './errors.ts';
import { cacheDirectory, repository } from './paths.ts';
import { logTail, spawnServer } from './processes.ts';

const storefront = join(repository, 'storefront');
const buildDirectory = join(storefront, 'build');
const stamp = join(buildDirectory, '.sources');
const notSources = new Set(['node_modules', 'build', 'test-results']);

/** Builds the storefront unless the build at hand was made from these very sources. Returns whether it built. */
export async function buildStorefront(): Promise<boolean> {
  const release = await lock(join(cacheDirectory, 'storefront-build.lock'));
  try {
    const sources = await hashOfSources();
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

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(repository, 'pnpm-lock.yaml')));
  for (const path of await filesUnder(storefront)) {
    hash.update(relative(storefront, path)).update(await readFile(path));
  }
  return hash.digest('hex');
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const nested = entries
    .filter((entry) => !notSources.has(entry.name) && !entry.name.includes('.test.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(async (entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
  return (await Promise.all(nested)).flat();
}
