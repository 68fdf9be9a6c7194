import { z } from 'zod';
import { type Context, DomainError } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { rememberDevice } from './known-device.ts';
import { countMailAsked, mayMail } from './login-throttles.ts';
import { endSessions } from './manage-sessions.ts';
import { emailAddress } from './model.ts';
import { checkNewPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { definePrivateJob, enqueuePrivately } from './private-job.ts';
import { mailResetLink, resetPayload } from './reset-link.ts';
import { setPassword } from './set-password.ts';
import { peekToken, takeToken } from './tokens.ts';
import { findUserByEmail, lockUser, readUser } from './users.ts';

/**
 * Asks for a link to set a new password by. Whether the address has an account shows neither in the answer nor in the time: a mail
 * goes to it either way.
 *
 * @param input.email as `emailAddress` makes it
 * @throws DomainError `rate_limited`
 */
export async function forgotPassword(ctx: Context, input: { email: string; locale: string }): Promise<void> {
  await countMailAsked(ctx);
  await enqueuePrivately(ctx, forgotPasswordJob, { requestId: ctx.ids.next(), ...input });
}

export const forgotPasswordJob = definePrivateJob({
  name: 'identity.forgot-password',
  schema: z.object({ requestId: z.string(), email: emailAddress, locale: z.string() }),
  async handle(ctx, { requestId, email, locale }) {
    if (!(await mayMail(ctx, { kind: 'reset', to: email }))) return;
    const key = `forgot-password:${requestId}`;
    const shopUrl = ctx.config.shop.url;
    await ctx.transaction(async (tx) => {
      const user = await findUserByEmail(tx, email);
      if (user?.isActive) return mailResetLink(tx, user, key);
      await queueMail(tx, {
        template: 'reset-unknown',
        to: email,
        locale,
        key,
        data: { loginUrl: `${shopUrl}/login`, registerUrl: `${shopUrl}/register` },
      });
    });
  },
});

/** Whose password a link sets, without using it up. @throws DomainError `token_invalid` */
export async function peekReset(ctx: Context, input: { token: string }): Promise<{ email: string }> {
  const { email } = await resetOf(ctx, input.token);
  return { email };
}

/**
 * Sets a new password by a mailed link. All sessions end; second factors stay, so that a mailbox alone does not open what they guard.
 * Nobody is logged in by it.
 *
 * @returns a token by which this browser is known: who reads the owner's mail is not kept waiting by strangers who guess
 * @throws DomainError `token_invalid`, `password_refused`, `unavailable`
 */
export async function resetPassword(
  ctx: Context,
  input: { token: string; password: string; deviceToken?: string | null },
): Promise<{ email: string; deviceToken: string }> {
  const { userId } = await resetOf(ctx, input.token);
  const { email, name } = await readUser(ctx, userId);
  checkNewPassword(input.password, { email, name, shopName: ctx.config.shop.name });
  const passwordHash = await hashPassword(input.password);
  return ctx.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    const { payload } = await takeToken(tx, {
      purpose: 'reset-password',
      token: input.token,
      schema: resetPayload,
    });
    if (payload.email !== user.email) throw new DomainError('token_invalid', 'the address has changed since');
    await setPassword(tx, user, passwordHash);
    await endSessions(tx, { userId });
    await recordAudit(tx, { action: 'user.password-reset', target: { kind: 'user', id: userId } });
    return { email: user.email, deviceToken: rememberDevice(tx, input.deviceToken, userId) };
  });
}

async function resetOf(ctx: Context, token: string): Promise<{ userId: string; email: string }> {
  const reset = await peekToken(ctx, { purpose: 'reset-password', token, schema: resetPayload });
  if (!reset?.userId) throw new DomainError('token_invalid', 'no such reset');
  return { userId: reset.userId, email: reset.payload.email };
}
