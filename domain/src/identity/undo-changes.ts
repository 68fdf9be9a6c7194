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

/** What a link takes back, without using it up. @throws DomainError `token_invalid` */
export async function peekUndo(ctx: Context, input: { token: string }): Promise<{ what: Undoable }> {
  for (const what of ['password', 'email'] as const) {
    if (await peekToken(ctx, { ...undoables[what], token: input.token })) return { what };
  }
  throw new DomainError('token_invalid', 'no such undo');
}

/**
 * Takes a change back that the owner did not make. The password is gone, and whatever opens the account and was added since about the
 * change; all sessions are ended; the owner gets a link to set a new password. Where it was the address that changed, the old one is
 * put back first.
 *
 * @throws DomainError `token_invalid`, `conflict` when the old address has an account of its own by now
 */
export async function undoChange(ctx: Context, input: { token: string }): Promise<void> {
  const { what } = await peekUndo(ctx, input);
  await ctx.transaction((tx) => (what === 'password' ? undoPassword : undoEmail)(tx, input.token));
}

async function undoPassword(tx: TransactionContext, token: string): Promise<void> {
  const { userId, payload } = await takeToken(tx, { ...undoables.password, token });
  // The address may have been changed since, and the link to take that back is the owner's: it stays.
  await closeAccount(tx, {
    userId,
    changedAt: payload.changedAt,
    voids: ['undo-password-change'],
    action: 'user.password-change-undone',
  });
}

async function undoEmail(tx: TransactionContext, token: string): Promise<void> {
  const { userId, payload } = await takeToken(tx, { ...undoables.email, token });
  if (userId !== null) await moveToEmail(tx, { userId, email: payload.from });
  // Links that went to the other address since are not the owner's.
  await closeAccount(tx, {
    userId,
    changedAt: payload.changedAt,
    voids: ['undo-password-change', 'undo-email-change'],
    action: 'user.email-change-undone',
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
