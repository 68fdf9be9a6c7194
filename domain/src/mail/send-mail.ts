import { z } from 'zod';
import { type Context, DomainError, defineJob, enqueue, type JobRun, unseal } from '../kernel/index.ts';
import { describeFailure } from './describe-failure.ts';
import { mailTemplate } from './model.ts';
import { sealPurpose } from './seal-purpose.ts';
import { writeMail } from './write-mail.ts';

/** Some 16 hours with the queue's growing pauses. */
const MAX_ATTEMPTS = 12;

/** How long a mail belongs to who sends it: longer than the mailer's timeouts add up to. */
const CLAIM_SECONDS = 5 * 60;

export const sendMailJob = defineJob({
  name: 'mail.send',
  payload: z.object({ mailId: z.uuid() }),
  handle: (ctx, { mailId }, run) => sendMail(ctx, mailId, run),
});

/** Queues the sending of a mail; a job that waits for the same mail is replaced. One statement. */
export async function enqueueSending(ctx: Context, mailId: string): Promise<void> {
  await enqueue(ctx, sendMailJob, { mailId }, { key: `mail.send:${mailId}`, maxAttempts: MAX_ATTEMPTS });
}

interface ClaimedMail {
  readonly id: string;
  readonly template: string;
  readonly locale: string;
  readonly sealed: string | null;
  readonly key: string | null;
  readonly attempts: number;
}

/**
 * Sends a mail, unless it is sent, dead, or somebody is at it. Should the process die between sending and noting it, the
 * second copy carries the same Message-ID.
 *
 * @throws DomainError `unavailable` when it did not go out: the job is tried again
 */
async function sendMail(ctx: Context, mailId: string, run: JobRun): Promise<void> {
  const mail = await claim(ctx, mailId);
  if (!mail) return;
  if (mail.attempts > MAX_ATTEMPTS) {
    return setAside(ctx, run, mail, 'whoever tried to send it did not come back');
  }
  try {
    await deliver(ctx, mail);
  } catch (error) {
    const { reason, isPermanent } = describeFailure(error);
    const isOver = isPermanent || run.isLastAttempt || mail.attempts === MAX_ATTEMPTS;
    if (isOver) return setAside(ctx, run, mail, reason);
    await noteFailure(ctx, mailId, { last_error: reason });
    throw new DomainError('unavailable', `mail ${mailId} waits: ${reason}`);
  }
  await ctx.db
    .updateTable('mails')
    .set({ status: 'sent', sealed: null, sent_at: ctx.clock.now(), claimed_until: null, last_error: null })
    .where('id', '=', mailId)
    .execute();
}

/** One conditional update: of all who try at once, one gets it. */
async function claim(ctx: Context, mailId: string): Promise<ClaimedMail | undefined> {
  const now = ctx.clock.now();
  return ctx.db
    .updateTable('mails')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      claimed_until: new Date(now.getTime() + CLAIM_SECONDS * 1000),
    }))
    .where('id', '=', mailId)
    .where('status', '=', 'queued')
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', now)]))
    .returning(['id', 'template', 'locale', 'sealed', 'key', 'attempts'])
    .executeTakeFirst();
}

const sealedContent = z.object({ to: z.string(), data: z.unknown() });

async function deliver(ctx: Context, mail: ClaimedMail): Promise<void> {
  const opened = mail.sealed && unseal(ctx.config.secrets, sealPurpose(mail.id), mail.sealed);
  // An older release may lack the newest secret, or the template: the next try may be a newer one's.
  if (!opened) throw new DomainError('unavailable', 'its content cannot be opened with any of our secrets');
  const template = mailTemplate.safeParse(mail.template);
  if (!template.success) throw new DomainError('unavailable', `no template is called ${mail.template}`);
  const { to, data } = sealedContent.parse(JSON.parse(opened));
  const written = await writeMail(ctx, { template: template.data, locale: mail.locale, data });
  await ctx.services.mailer.send({ to, ...written, messageId: messageIdOf(ctx, mail) });
}

/** Stays the same over retries, and for one key even over rows: the receiving side can drop a second copy. */
function messageIdOf(ctx: Context, mail: ClaimedMail): string {
  const name = (mail.key ?? mail.id).replaceAll(/[^A-Za-z0-9-]+/g, '.');
  return `<${name}@${new URL(ctx.config.shop.url).hostname}>`;
}

async function setAside(ctx: Context, run: JobRun, mail: ClaimedMail, reason: string): Promise<void> {
  await noteFailure(ctx, mail.id, { status: 'dead', last_error: reason });
  ctx.logger.error({ mailId: mail.id, template: mail.template, reason }, 'a mail is set aside as dead');
  run.setAside();
}

async function noteFailure(ctx: Context, mailId: string, outcome: { status?: 'dead'; last_error: string }) {
  await ctx.db
    .updateTable('mails')
    .set({ ...outcome, claimed_until: null })
    .where('id', '=', mailId)
    .execute();
}
