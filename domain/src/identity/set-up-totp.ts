import { z } from 'zod';
import { addSeconds, type Context, DomainError, requireRecentLogin } from '../kernel/index.ts';
import { changeFactors, tellOfFactors } from './change-factors.ts';
import { issueRecoveryCodesOnce } from './recovery-codes.ts';
import { dropIdleRecoveryCodes } from './second-factors.ts';
import type { StartedSession } from './sessions.ts';
import { newTotpSecret, openTotpSecret, stepOfCode, totpUri } from './totp.ts';
import { readUser } from './users.ts';

/** How long a secret that was shown waits for the first code. */
const SET_UP_SECONDS = 30 * 60;

/** What an authenticator app is set up with. */
export const totpSetUp = z.object({
  /** `otpauth://…`, for a QR code. */
  uri: z.string(),
  /** The same secret to type: base32 in groups of four. */
  secret: z.string(),
});
export type TotpSetUp = z.infer<typeof totpSetUp>;

/**
 * Makes a secret for an authenticator app of who is logged in. It counts for nothing until a code confirms it.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `conflict` when an app is set up already
 */
export async function startTotp(ctx: Context): Promise<TotpSetUp> {
  const userId = requireRecentLogin(ctx);
  const { email } = await readUser(ctx, userId);
  const { secret, sealed } = newTotpSecret(ctx, userId);
  const now = ctx.clock.now();
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('totp_credentials')
    .values({ user_id: userId, secret: sealed, created_at: now })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ secret: sealed, created_at: now })
        .where('totp_credentials.confirmed_at', 'is', null),
    )
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw alreadySetUp();
  return setUpOf(ctx, email, secret);
}

/**
 * The secret that waits for its first code; null when there is none, or it has waited for too long.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`
 */
export async function pendingTotp(ctx: Context): Promise<TotpSetUp | null> {
  const userId = requireRecentLogin(ctx);
  const row = await readPending(ctx, userId);
  if (!row || row.confirmed_at) return null;
  const { email } = await readUser(ctx, userId);
  return setUpOf(ctx, email, openTotpSecret(ctx, userId, row.secret));
}

/**
 * Turns the authenticator app on by its first code: from now on log-ins ask for one.
 *
 * @returns the session's new token, and ten recovery codes if there were none: they cannot be shown again
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `credentials_invalid` when the code is wrong, `token_invalid`
 *   when no secret waits for a code, `conflict` when an app is set up already
 */
export async function confirmTotp(
  ctx: Context,
  input: { code: string },
): Promise<{ recoveryCodes: string[] | null; session: StartedSession }> {
  return changeFactors(ctx, requireRecentLogin(ctx), async (tx, user) => {
    const row = await readPending(tx, user.id);
    if (!row) throw new DomainError('token_invalid', 'no authenticator app waits to be confirmed');
    if (row.confirmed_at) throw alreadySetUp();
    const step = stepOfCode(tx, openTotpSecret(tx, user.id, row.secret), input.code);
    if (step === null) throw new DomainError('credentials_invalid', 'the code is not of this time');
    await tx.db
      .updateTable('totp_credentials')
      .set({ confirmed_at: tx.clock.now(), last_step: step })
      .where('user_id', '=', user.id)
      .execute();
    const recoveryCodes = await issueRecoveryCodesOnce(tx, user.id);
    await tellOfFactors(tx, user, 'totp-added');
    return { recoveryCodes };
  });
}

/**
 * Turns the authenticator app off; recovery codes go with the last factor.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `not_found` when there is none
 */
export async function turnOffTotp(ctx: Context): Promise<{ session: StartedSession }> {
  return changeFactors(ctx, requireRecentLogin(ctx), async (tx, user) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('totp_credentials')
      .where('user_id', '=', user.id)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new DomainError('not_found', 'no authenticator app is set up');
    await dropIdleRecoveryCodes(tx, user.id);
    await tellOfFactors(tx, user, 'totp-removed');
    return {};
  });
}

async function readPending(ctx: Context, userId: string) {
  const row = await ctx.db
    .selectFrom('totp_credentials')
    .select(['secret', 'confirmed_at', 'created_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const isTooOld = row !== undefined && row.created_at <= addSeconds(ctx.clock.now(), -SET_UP_SECONDS);
  return row && (row.confirmed_at || !isTooOld) ? row : undefined;
}

function setUpOf(ctx: Context, email: string, secret: string): TotpSetUp {
  return { uri: totpUri(ctx, email, secret), secret: secret.replace(/(.{4})(?=.)/g, '$1 ') };
}

function alreadySetUp(): DomainError {
  return new DomainError('conflict', 'an authenticator app is set up already');
}
