import { z } from 'zod';
import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { emailChange } from './change-email.ts';
import { dropLinks } from './drop-links.ts';
import { endSessions, refreshSessions } from './manage-sessions.ts';
import { UNDO_SECONDS } from './set-password.ts';
import { issueToken, peekToken, takeToken } from './tokens.ts';
import { moveToEmail } from './user-email.ts';
import { lockUser, type User } from './users.ts';

const purposes = ['email-change-approve', 'email-change-verify'] as const;
type Purpose = (typeof purposes)[number];

/** What a confirmation has led to: one more link is open, or the address has changed. */
export const emailChangeProgress = z.object({
  progress: z.enum(['waits-for-old-address', 'waits-for-new-address', 'changed']),
  email: z.string(),
});
export type EmailChangeProgress = z.infer<typeof emailChangeProgress>;

/** What an undo link stands for. */
export const undoEmailPayload = z.object({ from: z.string(), changedAt: z.coerce.date() });

/** Which address a link approves or verifies, without using it up. @throws DomainError `token_invalid` */
export async function peekEmailChange(
  ctx: Context,
  input: { token: string },
): Promise<{ purpose: Purpose; from: string; to: string }> {
  const { purpose, payload } = await linkOf(ctx, input.token);
  return { purpose, from: payload.from, to: payload.to };
}

/**
 * Uses one of the two links of a change of address up; with the second the address changes. Then all sessions end but the one that
 * asked, and the old address gets a link to take it back.
 *
 * @throws DomainError `token_invalid`, `conflict` when somebody else has the new address by now
 */
export async function confirmEmailChange(
  ctx: Context,
  input: { token: string },
): Promise<EmailChangeProgress> {
  const { purpose, userId } = await linkOf(ctx, input.token);
  return ctx.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    const { payload: change } = await takeToken(tx, { purpose, token: input.token, schema: emailChange });
    if (change.from !== user.email) throw new DomainError('token_invalid', 'the address has changed since');
    // Both links are made and expire together: while this one holds, the other one is missing only when it has been used.
    const [open] = await tx.db
      .selectFrom('one_time_tokens')
      .select('purpose')
      .where('user_id', '=', userId)
      .where('purpose', 'in', purposes)
      .execute();
    if (open) {
      const waitsForOld = open.purpose === 'email-change-approve';
      return { progress: waitsForOld ? 'waits-for-old-address' : 'waits-for-new-address', email: change.to };
    }
    await takeEffect(tx, user, change);
    return { progress: 'changed', email: change.to };
  });
}

async function takeEffect(
  tx: TransactionContext,
  user: User,
  change: z.infer<typeof emailChange>,
): Promise<void> {
  const userId = user.id;
  await moveToEmail(tx, { userId, email: change.to });
  await dropLinks(tx, { userId });
  await endSessions(tx, { userId, exceptSessionId: change.sessionId });
  await refreshSessions(tx, { userId });
  await recordAudit(tx, { action: 'user.email-changed', target: { kind: 'user', id: userId } });
  const payload: z.infer<typeof undoEmailPayload> = { from: change.from, changedAt: tx.clock.now() };
  const token = await issueToken(tx, {
    purpose: 'undo-email-change',
    userId,
    ttlSeconds: UNDO_SECONDS,
    payload,
  });
  await queueMail(tx, {
    template: 'email-changed',
    to: change.from,
    locale: user.locale,
    userId,
    data: {
      name: user.name,
      newEmail: change.to,
      undoUrl: `${tx.config.shop.url}/undo/${token}`,
    },
  });
}

async function linkOf(ctx: Context, token: string) {
  for (const purpose of purposes) {
    const link = await peekToken(ctx, { purpose, token, schema: emailChange });
    if (link?.userId) return { purpose, userId: link.userId, payload: link.payload };
  }
  throw new DomainError('token_invalid', 'no such change of address');
}
