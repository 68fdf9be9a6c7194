import { authorise, type Context } from '../kernel/index.ts';
import type { MailTemplate } from './model.ts';
import { enqueueSending } from './send-mail.ts';

/** A mail that was given up; to whom it was to go stays sealed. */
export interface DeadMail {
  readonly id: string;
  readonly template: string;
  readonly locale: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
}

const LONGEST_LIST = 500;

/** The mails that were given up, the oldest first, at most 500. One statement. @throws DomainError `forbidden` */
export async function deadMails(ctx: Context): Promise<DeadMail[]> {
  authorise(ctx, 'events:manage');
  return ctx.db
    .selectFrom('mails')
    .select(['id', 'template', 'locale', 'attempts', 'last_error as lastError', 'created_at as createdAt'])
    .where('status', '=', 'dead')
    .orderBy('created_at')
    .limit(LONGEST_LIST)
    .execute();
}

/** Puts dead mails back in line, of one template or all. @returns how many @throws DomainError `forbidden` */
export async function retryDeadMails(ctx: Context, template?: MailTemplate): Promise<number> {
  authorise(ctx, 'events:manage');
  return ctx.transaction(async (tx) => {
    const revived = await tx.db
      .updateTable('mails')
      .set({ status: 'queued', attempts: 0 })
      .where('status', '=', 'dead')
      .$if(template !== undefined, (query) => query.where('template', '=', template ?? ''))
      .returning('id')
      .execute();
    for (const { id } of revived) await enqueueSending(tx, id);
    return revived.length;
  });
}
