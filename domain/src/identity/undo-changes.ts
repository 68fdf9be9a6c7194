import type { z } from 'zod';
import { addSeconds, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { undoEmailPayload } from './confirm-email-change.ts';
import { dropLinks } from './drop-links.ts';
import { endSessions } from './manage-sessions.ts';
import { mailResetLink } from './reset-link.ts';
import { undoPasswordPayload } from './set-password.ts';
import { peekToken, type TokenPurpose, takeToken } from './tokens.ts';
import { moveToEmail } from './user-email.ts';
import { lockUser } from './users.ts';

/** Who takes an account over adds ways in of their own shortly before: those go with the undo. */
const SUSPECT_SECONDS = 24 * 3600;

/** What a link takes back. */
export type Undoable = 'password' | 'email';

const undoables = {
  password: { purpose: 'undo-password-change', schema: undoPasswordPayload },
  email: { purpose: 'undo-email-change', schema: undoEmailPayload },
} as const satisfies Record<Undoable, { purpose: TokenPurpose; schema: z.ZodType }>;

/** Whether a link to take something back holds, without using it up. @throws DomainError `token_invalid` */
export async function peekUndo(ctx: Context, input: { what: Undoable; token: string }): Promise<void> {
  if (!(await peekToken(ctx, { ...undoables[input.what], token: input.token })))
    throw new DomainError('token_invalid', `no such undo of ${input.what}`);
}

/**
 * Takes a change of the password back that its owner did not make: the password is gone, all sessions are ended, and the owner gets a
 * link to set a new one.
 *
 * @throws DomainError `token_invalid`
 */
export async function undoPasswordChange(ctx: Context, input: { token: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { userId, payload } = await takeToken(tx, { ...undoables.password, token: input.token });
    // The address may have been changed since, and the link to take that back is the owner's: it stays.
    await closeAccount(tx, {
      userId,
      changedAt: payload.changedAt,
      voids: ['undo-password-change'],
      action: 'user.password-change-undone',
    });
  });
}

/**
 * Takes a change of the address back that the owner of the old one did not want: the old one is put back, and who changed it is out,
 * as after `undoPasswordChange`.
 *
 * @throws DomainError `token_invalid`, `conflict` when the old address has an account of its own by now
 */
export async function undoEmailChange(ctx: Context, input: { token: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { userId, payload } = await takeToken(tx, { ...undoables.email, token: input.token });
    if (userId !== null) await moveToEmail(tx, { userId, email: payload.from });
    // Links that went to the other address since are not the owner's.
    await closeAccount(tx, {
      userId,
      changedAt: payload.changedAt,
      voids: ['undo-password-change', 'undo-email-change'],
      action: 'user.email-change-undone',
    });
  });
}

/** Shuts out whoever is in, and mails the owner the key. */
async function closeAccount(
  tx: TransactionContext,
  input: { userId: string | null; changedAt: Date; voids: readonly TokenPurpose[]; action: string },
): Promise<void> {
  if (input.userId === null) throw new DomainError('token_invalid', 'an undo without a user');
  const user = await lockUser(tx, input.userId);
  const now = tx.clock.now();
  await tx.db
    .updateTable('users')
    .set({ password_hash: null, password_changed_at: now, updated_at: now })
    .where('id', '=', user.id)
    .execute();
  await removeWaysIn(tx, user.id, addSeconds(input.changedAt, -SUSPECT_SECONDS));
  await dropLinks(tx, {
    userId: user.id,
    undone: { purposes: input.voids, since: input.changedAt },
  });
  await endSessions(tx, { userId: user.id });
  await recordAudit(tx, { action: input.action, target: { kind: 'user', id: user.id } });
  await mailResetLink(tx, user, `undo:${tx.ids.next()}`);
}

/** Removes passkeys, authenticator apps, connected accounts and API keys that were added since. */
async function removeWaysIn(tx: TransactionContext, userId: string, since: Date): Promise<void> {
  for (const table of ['passkeys', 'totp_credentials', 'oauth_accounts'] as const) {
    await tx.db.deleteFrom(table).where('user_id', '=', userId).where('created_at', '>=', since).execute();
  }
  await tx.db
    .updateTable('api_keys')
    .set({ revoked_at: tx.clock.now() })
    .where('created_by', '=', userId)
    .where('created_at', '>=', since)
    .where('revoked_at', 'is', null)
    .execute();
}
