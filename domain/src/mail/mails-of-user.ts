import type { Context } from '../kernel/index.ts';

/**
 * Forgets the mails about somebody, sent or not: part of erasing them. One statement.
 *
 * @param userId as it was given to `queueMail`
 */
export async function dropMailsOf(ctx: Context, userId: string): Promise<void> {
  await ctx.db.deleteFrom('mails').where('user_id', '=', userId).execute();
}
