import { chown, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../stack/service.ts';
import { appendLike, asAdmin, type BaseBackup, copyTree, dataDirectoryOf, writeLike } from './archive.ts';

/** How long replaying the log may take. */
const RECOVERY_MS = 120_000;

/**
 * Loses the server and all its data, and brings it back as it was at a moment: the base backup, then the log up to there.
 *
 * @param at the last moment whose commits are wanted; later than the backup, earlier than the last commit in the archive
 * @returns how long it took until it took writes again, in milliseconds
 */
export async function restoreTo(
  postgres: Service,
  from: { base: BaseBackup; archive: string },
  at: Date,
): Promise<number> {
  const data = dataDirectoryOf(postgres);
  await postgres.supervised?.kill();
  await loseDisk(data);
  const began = performance.now();
  await copyTree(from.base.directory, data);
  await mkdir(join(data, 'pg_wal'), { recursive: true });
  await appendLike(
    data,
    join(data, 'postgresql.auto.conf'),
    [
      'archive_mode = off',
      `restore_command = 'cp "${from.archive}/%f" "%p"'`,
      // Postgres does not know the letter that ISO 8601 has for UTC.
      `recovery_target_time = '${at.toISOString().replace('Z', '+00')}'`,
      // The line of history that the backup is of: an earlier drill may have begun others.
      `recovery_target_timeline = 'current'`,
      `recovery_target_action = 'promote'`,
    ].join('\n'),
  );
  await writeLike(data, join(data, 'recovery.signal'), '');
  await postgres.supervised?.start();
  await untilPromoted(postgres);
  return performance.now() - began;
}

/** Not even what was not archived yet is left. */
async function loseDisk(data: string): Promise<void> {
  const lost = join(dirname(data), 'lost');
  await rm(lost, { recursive: true, force: true });
  await rename(data, lost);
  const { uid, gid } = await stat(lost);
  await mkdir(data, { mode: 0o700 });
  await chown(data, uid, gid);
  await rm(lost, { recursive: true, force: true });
}

async function untilPromoted(postgres: Service): Promise<void> {
  const deadline = performance.now() + RECOVERY_MS;
  while (performance.now() < deadline) {
    const isDone = await asAdmin(postgres, async (client) => {
      const { rows } = await client.query<{ recovering: boolean }>(
        'select pg_is_in_recovery() as recovering',
      );
      return rows[0]?.recovering === false;
    }).catch(() => false);
    if (isDone) return;
    await sleep(100);
  }
  throw new Error(`Postgres did not take writes within ${RECOVERY_MS / 1_000} s: see its log`);
}
