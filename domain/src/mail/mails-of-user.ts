import type { Context } from '../kernel/index.ts';

/**
 * Forgets the mails about somebody, sent or not: part of erasing them. One statement.
 *
 * @param userId as it was given to `queueMail`
 */
export async function dropMailsOf(ctx: Context, userId: string): Promise<void> {
  await ctx.db.deleteFrom('mails').where('user_id', '=', userId).execute();
}

/** Forgets mails by the keys that they were queued under, sent or not. One statement. */
export async function dropMailsByKey(ctx: Context, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await ctx.db.deleteFrom('mails').where('key', 'in', keys).execute();
}
