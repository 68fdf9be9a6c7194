import { authorise, type Context, currentUserId, DomainError, requireRecentLogin } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { rememberDevice } from './known-device.ts';
import type { LoggedIn } from './log-in.ts';
import { beginPasswordCheck } from './login-throttles.ts';
import { endSessions, rotateSession } from './manage-sessions.ts';
import { checkNewPassword } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { setPassword } from './set-password.ts';
import { lockUser, readUser, type User } from './users.ts';

/** Whether who is logged in has a password; some log in by a provider or a passkey only. One statement. */
export async function hasPassword(ctx: Context): Promise<boolean> {
  authorise(ctx, 'account:own');
  return (await readUser(ctx, currentUserId(ctx))).passwordHash !== null;
}

/**
 * Changes the password of who is logged in, or sets their first. Their other sessions end, the one at hand gets a new token.
 *
 * @param input.currentPassword needed when there is one, and proof enough then; a first password needs a fresh log-in
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `credentials_invalid`, `password_refused`, `rate_limited`,
 *   `unavailable`
 */
export async function changePassword(
  ctx: Context,
  input: { currentPassword: string; newPassword: string; deviceToken?: string | null },
): Promise<LoggedIn> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const { email, name, passwordHash: before } = await readUser(ctx, userId);
  if (before === null) requireRecentLogin(ctx);
  else await checkOwnPassword(ctx, { userId, passwordHash: before }, input.currentPassword);
  checkNewPassword(input.newPassword, { email, name, shopName: ctx.config.shop.name });
  const passwordHash = await hashPassword(input.newPassword);
  return ctx.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user.passwordHash !== before) throw new DomainError('conflict', 'the password has just been changed');
    await setPassword(tx, user, passwordHash);
    await endSessions(tx, { userId, exceptSessionId: tx.actor.session?.id });
    await recordAudit(tx, { action: 'user.password-changed', target: { kind: 'user', id: userId } });
    return withNewToken(tx, userId, input.deviceToken);
  });
}

/**
 * Lets who is logged in prove again who they are, before what could lock them out. The session gets a new token.
 *
 * @throws DomainError `unauthenticated`, `credentials_invalid` also when there is no password, `rate_limited`, `unavailable`
 */
export async function reauthenticate(
  ctx: Context,
  input: { password: string; deviceToken?: string | null },
): Promise<LoggedIn> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const { passwordHash } = await readUser(ctx, userId);
  await checkOwnPassword(ctx, { userId, passwordHash }, input.password);
  return ctx.transaction(async (tx) => {
    await recordAudit(tx, { action: 'user.reauthenticated', target: { kind: 'user', id: userId } });
    return withNewToken(tx, userId, input.deviceToken);
  });
}

async function checkOwnPassword(
  ctx: Context,
  user: { userId: string; passwordHash: User['passwordHash'] },
  password: string,
): Promise<void> {
  const attempt = await beginPasswordCheck(ctx, user);
  if (!(await verifyPassword(user.passwordHash, password))) {
    await recordAudit(ctx, { action: 'user.password-refused', target: { kind: 'user', id: user.userId } });
    throw new DomainError('credentials_invalid', 'not the password of the account');
  }
  await attempt.succeeded();
}

async function withNewToken(
  ctx: Context,
  userId: string,
  deviceToken: string | null | undefined,
): Promise<LoggedIn> {
  const { token, expiresAt } = await rotateSession(ctx);
  return {
    outcome: 'logged-in',
    sessionToken: token,
    expiresAt,
    deviceToken: rememberDevice(ctx, deviceToken, userId),
  };
}
