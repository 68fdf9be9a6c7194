import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from './instance.ts';
import { findOnPath } from './paths.ts';
import { loopback } from './ports.ts';
import { endOrphan, spawnServer, waitForHealth } from './processes.ts';
import { unpackedRedis } from './redis-from-debian.ts';
import { askRedis } from './redis-probe.ts';
import { nothingToStop, type Service } from './service.ts';
import { type SupervisionOptions, supervise } from './supervisor.ts';

const startTimeoutMs = 15_000;

/** Starts Redis as a cache that keeps nothing, or reports it absent: Souk then runs without. */
export async function startRedis(
  instance: Instance,
  port: number,
  supervision: SupervisionOptions,
): Promise<Service> {
  const onPath = findOnPath('redis-server');
  const binary = onPath ? { path: onPath, env: {} } : unpackedRedis();
  if (!binary) {
    const note =
      'no redis-server found: Souk runs without it, a little slower (install it, or set REDIS_URL)';
    return { name: 'Redis', note, stop: nothingToStop };
  }
  const home = join(instance.directory, 'redis');
  const configuration = join(home, 'redis.conf');
  const password = instance.password('redis');
  mkdirSync(home, { recursive: true });
  await endOrphan(instance.pidFile('redis'), configuration, 'SIGTERM');
  // The password goes by file: arguments can be read by every user of the machine.
  writeFileSync(configuration, configurationText({ port, password, home }), { mode: 0o600 });
  const url = `redis://:${password}@${loopback}:${port}`;
  const launch = async () => {
    const server = spawnServer({
      name: 'Redis',
      command: binary.path,
      args: [configuration],
      cwd: home,
      env: { PATH: process.env.PATH, ...binary.env },
      logFile: instance.logFile('redis'),
      pidFile: instance.pidFile('redis'),
      stopSignal: 'SIGTERM',
    });
    await waitForHealth(server, async () => (await askRedis(url)) !== undefined, startTimeoutMs);
    return server;
  };
  const supervised = await supervise(launch, supervision);
  const note = `Redis ${await askRedis(url)}, a cache, nothing on disk`;
  return { name: 'Redis', url, note, supervised, stop: supervised.stop };
}

function configurationText({
  port,
  password,
  home,
}: {
  port: number;
  password: string;
  home: string;
}): string {
  const lines = [
    `bind ${loopback}`,
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(home)}`,
    'daemonize no',
    'save ""',
    'appendonly no',
    'maxmemory 256mb',
    'maxmemory-policy allkeys-lru',
    // Keeps the command line as it was given, by which an orphan is known to be ours.
    'set-proc-title no',
  ];
  return `${lines.join('\n')}\n`;
}
