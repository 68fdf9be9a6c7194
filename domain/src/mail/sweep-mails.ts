import type { Context } from '../kernel/index.ts';
import { enqueueSending } from './send-mail.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** For as long a key is remembered. */
const KEEP_SENT_DAYS = 30;
/** Nobody wants a mail of last season; what it holds should not lie about. */
const KEEP_DEAD_DAYS = 90;

/** Deletes mails that were sent, or given up, long ago. One statement. @returns how many */
export async function dropOldMails(ctx: Context): Promise<number> {
  const daysAgo = (days: number) => new Date(ctx.clock.now().getTime() - days * DAY_MS);
  const { numDeletedRows } = await ctx.db
    .deleteFrom('mails')
    .where((eb) =>
      eb.or([
        eb.and([eb('status', '=', 'sent'), eb('sent_at', '<', daysAgo(KEEP_SENT_DAYS))]),
        eb.and([eb('status', '=', 'dead'), eb('created_at', '<', daysAgo(KEEP_DEAD_DAYS))]),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/**
 * Queues anew what somebody claimed and never came back for: the queue itself waits hours before it takes a job from a worker
 * that died, and a link to log in with must not. @returns how many
 */
export async function reviveAbandonedMails(ctx: Context): Promise<number> {
  const abandoned = await ctx.db
    .selectFrom('mails')
    .select('id')
    .where('claimed_until', '<', ctx.clock.now())
    .where('status', '=', 'queued')
    .execute();
  for (const { id } of abandoned) await enqueueSending(ctx, id);
  return abandoned.length;
}
