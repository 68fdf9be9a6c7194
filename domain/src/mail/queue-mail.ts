import { z } from 'zod';
import { type Context, DomainError, seal } from '../kernel/index.ts';
import { type MailInput, type MailTemplate, mailTemplates } from './model.ts';
import { sealPurpose } from './seal-purpose.ts';
import { enqueueSending } from './send-mail.ts';

/** One address and nothing besides: no list, no display name, no line break. */
const recipient = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/);

export interface QueueMail<Template extends MailTemplate> {
  readonly template: Template;
  /** One bare address. */
  readonly to: string;
  /** A language tag such as `de-AT`; languages without a translation read English. */
  readonly locale: string;
  readonly data: MailInput<Template>;
  /** Whose account it is about: their mails go when they are erased. None for a farewell, which must outlive the account. */
  readonly userId?: string | null;
  /** The same key twice is one mail, for as long as sent mails are remembered (30 days). It holds ids, never an address. */
  readonly key?: string;
}

/**
 * Queues a mail in the caller's transaction, if there is one: it is sent exactly when that commits. Two statements.
 *
 * @returns whether it is new: false when a mail of this key is there already
 * @throws DomainError `invalid_input` when the recipient is no address or the data do not fit the template
 */
export async function queueMail<Template extends MailTemplate>(
  ctx: Context,
  mail: QueueMail<Template>,
): Promise<boolean> {
  const id = ctx.ids.next();
  const sealed = seal(ctx.config.secrets, sealPurpose(id), contentOf(mail));
  return ctx.transaction(async (tx) => {
    const queued = await tx.db
      .insertInto('mails')
      .values({
        id,
        template: mail.template,
        locale: mail.locale.slice(0, 35),
        sealed,
        key: mail.key ?? null,
        user_id: mail.userId ?? null,
        created_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!queued) return false;
    await enqueueSending(tx, id);
    return true;
  });
}

function contentOf<Template extends MailTemplate>(mail: QueueMail<Template>): string {
  const to = recipient.safeParse(mail.to);
  if (!to.success) throw new DomainError('invalid_input', 'a mail needs one bare address');
  const data = mailTemplates[mail.template].safeParse(mail.data);
  if (!data.success) {
    const wrong = data.error.issues.map((issue) => issue.path.join('.'));
    throw new DomainError('invalid_input', `${mail.template} lacks its data: ${wrong.join(', ')}`);
  }
  return JSON.stringify({ to: to.data, data: mail.data });
}
