import { z } from 'zod';
import { authorise, type Context, currentUserId, DomainError, requireRecentLogin } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { changeFactors, tellOfFactors } from './change-factors.ts';
import { dropIdleRecoveryCodes } from './second-factors.ts';
import type { StartedSession } from './sessions.ts';

export const passkeyName = z
  .string()
  .trim()
  .min(1, 'Give the passkey a name')
  .max(60, 'A name has at most 60 characters')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'A name has no line breaks');

/** A passkey as its owner sees it in the list. */
export const passkeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  /** Whether a password manager keeps a copy, so that it outlives the device. */
  isBackedUp: z.boolean(),
});
export type PasskeyView = z.infer<typeof passkeyView>;

/** The passkeys of who is logged in, the oldest first. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function listPasskeys(ctx: Context): Promise<PasskeyView[]> {
  authorise(ctx, 'account:own');
  const rows = await ctx.db
    .selectFrom('passkeys')
    .select(['id', 'name', 'created_at', 'last_used_at', 'is_backed_up'])
    .where('user_id', '=', currentUserId(ctx))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    isBackedUp: row.is_backed_up,
  }));
}

/** The passkeys of a user as browsers are told of them. One statement. */
export async function knownCredentials(
  ctx: Context,
  userId: string,
): Promise<{ id: string; transports: string[] }[]> {
  return ctx.db
    .selectFrom('passkeys')
    .select(['credential_id as id', 'transports'])
    .where('user_id', '=', userId)
    .execute();
}

/** Gives a passkey another name. @throws DomainError `unauthenticated`, `forbidden`, `not_found` when it is none of theirs */
export async function renamePasskey(ctx: Context, input: { passkeyId: string; name: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('passkeys')
      .set({ name: input.name })
      .where('id', '=', input.passkeyId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw noSuchPasskey();
    await recordAudit(tx, {
      action: 'user.passkey-renamed',
      target: { kind: 'user', id: userId },
      after: { passkeyId: input.passkeyId },
    });
  });
}

/**
 * Removes a passkey; recovery codes go with the last factor.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `not_found` when it is none of theirs
 */
export async function removePasskey(
  ctx: Context,
  input: { passkeyId: string },
): Promise<{ session: StartedSession }> {
  return changeFactors(ctx, requireRecentLogin(ctx), async (tx, user) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('passkeys')
      .where('id', '=', input.passkeyId)
      .where('user_id', '=', user.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw noSuchPasskey();
    await dropIdleRecoveryCodes(tx, user.id);
    await tellOfFactors(tx, user, 'passkey-removed', { passkeyId: input.passkeyId });
    return {};
  });
}

function noSuchPasskey(): DomainError {
  return new DomainError('not_found', 'no such passkey');
}
