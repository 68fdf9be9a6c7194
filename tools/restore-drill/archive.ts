import { chown, copyFile, lstat, mkdir, opendir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { Service } from '../stack/service.ts';

/** A backup of a running Postgres: files that only become a database again together with the write-ahead log. */
export interface BaseBackup {
  readonly directory: string;
  /** From here on it can be restored to any moment. */
  readonly completedAt: Date;
  readonly files: number;
}

/** Where the embedded Postgres keeps its data. @throws when it is not ours */
export function dataDirectoryOf(postgres: Service): string {
  if (postgres.data === undefined || postgres.supervised === undefined) {
    throw new Error('DATABASE_URL is set: unset it, the drill breaks a Postgres of its own');
  }
  return postgres.data;
}

/** An empty directory beside the data, which belongs to the account of the server. */
async function directoryBeside(data: string, name: string): Promise<string> {
  const directory = join(dirname(data), name);
  const { uid, gid } = await stat(data);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { mode: 0o700 });
  await chown(directory, uid, gid);
  return directory;
}

/** Restarts the server so that it hands over each segment of its log once that is full, as managed Postgres does. */
export async function keepLog(postgres: Service): Promise<string> {
  const archive = await directoryBeside(dataDirectoryOf(postgres), 'archive');
  // Whole or absent, and never written over: https://www.postgresql.org/docs/18/continuous-archiving.html
  const command = `test ! -f "${archive}/%f" && cp "%p" "${archive}/%f.part" && mv "${archive}/%f.part" "${archive}/%f"`;
  await asAdmin(postgres, async (client) => {
    await client.query('alter system set archive_mode = on');
    await client.query(`alter system set archive_command = ${pg.escapeLiteral(command)}`);
  });
  await postgres.supervised?.stop();
  await postgres.supervised?.start();
  return archive;
}

/** What is in these is of no use elsewhere, or comes from the archive; the folders must be there. */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const leftOut = new Set(['postmaster.pid', 'postmaster.opts']);

/** Copies the data of a server that goes on working, by its low-level interface for backups. */
export async function takeBaseBackup(postgres: Service): Promise<BaseBackup> {
  const data = dataDirectoryOf(postgres);
  const directory = await directoryBeside(data, 'base');
  return asAdmin(postgres, async (client) => {
    await client.query(`select pg_backup_start('restore drill', true)`);
    const files = await copyTree(data, directory);
    // Same session: it ends the backup that it began, and waits until the log of it is in the archive.
    const { rows } = await client.query<{ labelfile: string; now: Date }>(
      'select labelfile, clock_timestamp() as now from pg_backup_stop(true)',
    );
    const [stopped] = rows;
    if (stopped === undefined) throw new Error('Postgres did not end the backup');
    await writeLike(data, join(directory, 'backup_label'), stopped.labelfile);
    return { directory, completedAt: stopped.now, files };
  });
}

/** Ends the segment that is being written, and waits until it is in the archive. */
export async function archiveRest(postgres: Service, archive: string): Promise<void> {
  const last = await asAdmin(postgres, async (client) => {
    const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name');
    return rows[0]?.name ?? '';
  });
  for (let tries = 0; tries < 300; tries += 1) {
    const isThere = await stat(join(archive, last)).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the segment ${last} did not reach the archive within 30 s`);
}

/** Copies a tree with its owners and modes. A file that goes while it is copied is one that the log knows to be gone. */
export async function copyTree(from: string, to: string, isTop = true): Promise<number> {
  let files = 0;
  for await (const entry of await opendir(from)) {
    if (isTop && leftOut.has(entry.name)) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    try {
      const { uid, gid, mode } = await lstat(source);
      if (entry.isDirectory()) {
        await mkdir(target, { recursive: true, mode });
        await chown(target, uid, gid);
        if (!(isTop && emptied.has(entry.name))) files += await copyTree(source, target, false);
      } else {
        await copyFile(source, target);
        await chown(target, uid, gid);
        files += 1;
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return files;
}

/** Writes a file that belongs to whom the data belong. */
export async function writeLike(data: string, path: string, content: string): Promise<void> {
  const { uid, gid } = await stat(data);
  await writeFile(path, content, { mode: 0o600 });
  await chown(path, uid, gid);
}

/** Adds lines to a file. */
export async function appendLike(data: string, path: string, lines: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => '');
  await writeLike(data, path, `${before}\n${lines}`);
}

/** Work by one connection as the owner of the cluster. */
export async function asAdmin<Result>(
  postgres: Service,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
