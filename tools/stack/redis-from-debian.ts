import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory, findOnPath } from './paths.ts';

/** The server and those of its libraries that a bare Debian lacks. */
const packages = ['redis-server', 'redis-tools', 'libatomic1', 'libjemalloc2', 'liblzf1'];

/**
 * Redis from Debian's archive, unpacked under the cache: needs no root, changes nothing outside. `undefined` where that is not
 * possible (another system, no package lists, no network).
 */
export function unpackedRedis(): { path: string; env: NodeJS.ProcessEnv } | undefined {
  const home = join(cacheDirectory, 'redis');
  if (!existsSync(home) && !unpack(home)) return undefined;
  const libraries = readdirSync(join(home, 'usr/lib')).filter((name) => name.includes('-linux-'));
  const found = {
    path: join(home, 'usr/bin/redis-server'),
    env: { LD_LIBRARY_PATH: libraries.map((name) => join(home, 'usr/lib', name)).join(':') },
  };
  const works = spawnSync(found.path, ['--version'], { env: found.env, stdio: 'ignore' }).status === 0;
  return works ? found : undefined;
}

function unpack(home: string): boolean {
  if (!findOnPath('apt-get') || !findOnPath('dpkg-deb')) return false;
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    if (!run('apt-get', ['download', '-q', ...packages], draft)) return false;
    const archives = readdirSync(draft).filter((name) => name.endsWith('.deb'));
    if (!archives.every((archive) => run('dpkg-deb', ['-x', archive, draft], draft))) return false;
    if (!existsSync(home)) renameSync(draft, home);
    return true;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: 'ignore', timeout: 60_000 }).status === 0;
}
