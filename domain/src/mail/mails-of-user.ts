import { z } from 'zod';
import type { Context } from '../kernel/index.ts';

/** A mail in the copy of somebody's data: that there was one, not what it said. */
export const exportedMail = z.object({
  template: z.string(),
  locale: z.string(),
  status: z.enum(['queued', 'sent', 'dead']),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
});

/** The mails about somebody's account that are remembered, the oldest first. One statement. */
export async function exportMails(
  ctx: Context,
  input: { userId: string },
): Promise<z.infer<typeof exportedMail>[]> {
  return ctx.db
    .selectFrom('mails')
    .select(['template', 'locale', 'status', 'created_at as createdAt', 'sent_at as sentAt'])
    .where('user_id', '=', input.userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Forgets the mails about somebody's account, sent or not: part of erasing them. One statement. */
export async function forgetMails(ctx: Context, input: { userId: string }): Promise<void> {
  await ctx.db.deleteFrom('mails').where('user_id', '=', input.userId).execute();
}
