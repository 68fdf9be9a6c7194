import { z } from 'zod';
import {
  authorise,
  type Context,
  DomainError,
  requireRecentLogin,
  type TransactionContext,
} from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { countMailAsked, mayMail } from './login-throttles.ts';
import { emailAddress } from './model.ts';
import { definePrivateJob, enqueuePrivately } from './private-job.ts';
import { dropTokens, issueToken, type TokenPurpose } from './tokens.ts';
import { findUserByEmail, lockUser, readUser, type User } from './users.ts';

/** What both links of a change of address stand for. */
export const emailChange = z.object({
  from: z.string(),
  to: z.string(),
  /** The session that asked: it stays when the change takes effect. */
  sessionId: z.string(),
});
type EmailChange = z.infer<typeof emailChange>;

const LINK_SECONDS = 3600;

/**
 * Asks to move the account of who is logged in to another address: a link to the old one approves, a link to the new one verifies, see
 * `confirmEmailChange`. Whether the new address has an account already shows nowhere; then it gets no link.
 *
 * @param input.email as `emailAddress` makes it
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `invalid_input` when it is the same address, `rate_limited`
 */
export async function changeEmail(ctx: Context, input: { email: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = requireRecentLogin(ctx);
  const user = await readUser(ctx, userId);
  if (user.email === input.email) throw new DomainError('invalid_input', 'that is the address already');
  await countMailAsked(ctx);
  await recordAudit(ctx, { action: 'user.email-change-asked', target: { kind: 'user', id: userId } });
  const change = { from: user.email, to: input.email, sessionId: ctx.actor.session?.id ?? '' };
  await enqueuePrivately(ctx, changeEmailJob, { requestId: ctx.ids.next(), userId, change });
}

export const changeEmailJob = definePrivateJob({
  name: 'identity.change-email',
  schema: z.object({
    requestId: z.string(),
    userId: z.string(),
    change: emailChange.extend({ to: emailAddress }),
  }),
  async handle(ctx, { requestId, userId, change }) {
    if (!(await mayMail(ctx, { kind: 'email-change', to: change.to }))) return;
    await ctx.transaction(async (tx) => {
      const user = await lockUser(tx, userId);
      if (user.email === change.from) await mailBothLinks(tx, user, change, requestId);
    });
  },
});

/** A new wish takes the place of the one before: at most one pair of links works. */
async function mailBothLinks(
  tx: TransactionContext,
  user: User,
  change: EmailChange,
  requestId: string,
): Promise<void> {
  const approveUrl = await confirmLink(tx, 'email-change-approve', user, change);
  const verifyUrl = await confirmLink(tx, 'email-change-verify', user, change);
  const mail = { locale: user.locale, userId: user.id };
  await queueMail(tx, {
    ...mail,
    template: 'email-change-approve',
    to: user.email,
    key: `email-change-approve:${requestId}`,
    data: { name: user.name, newEmail: change.to, url: approveUrl },
  });
  if (await findUserByEmail(tx, change.to)) return;
  await queueMail(tx, {
    ...mail,
    template: 'email-change-verify',
    to: change.to,
    key: `email-change-verify:${requestId}`,
    data: { name: user.name, url: verifyUrl },
  });
}

async function confirmLink(
  tx: TransactionContext,
  purpose: TokenPurpose,
  user: User,
  payload: EmailChange,
): Promise<string> {
  await dropTokens(tx, { userId: user.id, purpose });
  const token = await issueToken(tx, { purpose, userId: user.id, ttlSeconds: LINK_SECONDS, payload });
  return `${tx.config.shop.url}/confirm-email/${token}`;
}
