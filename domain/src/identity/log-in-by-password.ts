import type { Context } from '../kernel/index.ts';
import { DomainError } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { knownDevice } from './known-device.ts';
import { finishLogin, type LoginOutcome } from './log-in.ts';
import { beginLogin } from './login-throttles.ts';
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts';
import { findUserByEmail, type User } from './users.ts';

export interface LogIn {
  /** As `emailAddress` makes it. */
  readonly email: string;
  readonly password: string;
  readonly kind: 'web' | 'mobile';
  /** What the browser kept of its last log-in. */
  readonly deviceToken?: string | null | undefined;
}

/**
 * Logs somebody in by e-mail address and password. Whether an account exists shows neither in the answer nor in the time it takes:
 * without one, as many statements run and a password is hashed as well.
 *
 * @throws DomainError `credentials_invalid`, `rate_limited` with `retryAfterSeconds`, `unavailable` when too many log in at once
 */
export async function logIn(ctx: Context, input: LogIn): Promise<LoginOutcome> {
  const user = await findUserByEmail(ctx, input.email);
  const deviceId = user ? knownDevice(ctx, input.deviceToken, user) : null;
  const attempt = await beginLogin(ctx, { email: input.email, deviceId });
  const passwordHash = user?.isActive ? user.passwordHash : null;
  const isRight = await verifyPassword(passwordHash, input.password);
  if (!user || !isRight) {
    await recordAudit(ctx, {
      action: 'user.login-failed',
      target: { kind: 'user', id: user?.id ?? 'unknown' },
    });
    throw new DomainError('credentials_invalid', 'e-mail and password do not fit');
  }
  await attempt.succeeded();
  await renewHash(ctx, user, input.password);
  const { kind, deviceToken } = input;
  return finishLogin(ctx, {
    userId: user.id,
    method: 'password',
    kind,
    isSecondFactorDone: false,
    password: { changedAt: user.passwordChangedAt },
    deviceToken,
  });
}

/** Hashes a password anew that was hashed with older parameters, unless it has been changed meanwhile. */
async function renewHash(ctx: Context, user: User, password: string): Promise<void> {
  if (user.passwordHash === null || !needsRehash(user.passwordHash)) return;
  await ctx.db
    .updateTable('users')
    .set({ password_hash: await hashPassword(password) })
    .where('id', '=', user.id)
    .where('password_hash', '=', user.passwordHash)
    .execute();
}
