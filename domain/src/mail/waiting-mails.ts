import { sql } from 'kysely';
import { MOST_COUNTED, type Read, readOf } from '../kernel/index.ts';

/** How many mails wait to go out, and how many were given up. */
export function waitingMails(): Read<{ readonly waiting: number; readonly dead: number }> {
  const query = sql`
    select count(*) filter (where status = 'queued')::int as waiting, count(*) filter (where status = 'dead')::int as dead
    from (select status from mails where status <> 'sent' limit ${MOST_COUNTED}) unsent
  `;
  return readOf<{ waiting: number; dead: number }, { waiting: number; dead: number }>(
    query,
    ([row]) => row ?? { waiting: 0, dead: 0 },
  );
}
