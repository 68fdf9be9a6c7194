import { z } from 'zod';
import type { Context } from '../kernel/index.ts';

/** That a mail was sent, and what kind; what it said is not kept. */
export const exportedMail = z.object({
  template: z.string(),
  locale: z.string(),
  status: z.string(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
});
export type ExportedMail = z.infer<typeof exportedMail>;

/** The mails of a user that are still remembered, the newest first, for the copy of their data. One statement. */
export async function exportMails(ctx: Context, input: { userId: string }): Promise<ExportedMail[]> {
  const rows = await ctx.db
    .selectFrom('mails')
    .select(['template', 'locale', 'status', 'created_at', 'sent_at'])
    .where('user_id', '=', input.userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    template: row.template,
    locale: row.locale,
    status: row.status,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }));
}
