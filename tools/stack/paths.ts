import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import { StackError } from './errors.ts';

/** The root of this checkout. */
export const repository = resolve(import.meta.dirname, '../..');

/** Where a checkout keeps the data and logs of its stacks. */
export const soukDirectory = join(repository, '.souk');

/** Downloads and unpacked binaries: safe to delete, found again at the next start. */
export const cacheDirectory = join(repository, '.cache');

/** Account that servers refusing to run as root get: `nobody` on every Linux. */
export const nobody = { uid: 65534, gid: 65534 };

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The first executable of that name on PATH. */
export function findOnPath(name: string): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return lstatSync(path).isDirectory() === false;
  } catch {
    return false;
  }
}

/** Whether an account can enter a directory; asked of the kernel, as it alone knows all the rules. */
export function canEnter(directory: string, account: { uid: number; gid: number }): boolean {
  const probe = spawnSync('sh', ['-c', 'cd "$1"', 'sh', directory], { ...account, stdio: 'ignore' });
  return probe.status === 0;
}

/**
 * A directory outside the checkout, for servers whose account cannot enter the checkout (a clone in root's home, say): always the same
 * one for the same directory inside. `/var/tmp` is preferred: it outlives a reboot. It may not exist yet.
 */
export function outsideDirectory(directory: string): string {
  const key = createHash('sha256').update(repository).digest('hex').slice(0, 12);
  const home = join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), `souk-${key}`);
  const owner = lstatSync(home, { throwIfNoEntry: false });
  if (owner && !(owner.isDirectory() && owner.uid === process.getuid?.())) {
    throw new StackError(
      `${home} belongs to someone else: remove it, or move the checkout where every user can go`,
    );
  }
  return join(home, relative(soukDirectory, directory).replaceAll('..', '_'));
}
