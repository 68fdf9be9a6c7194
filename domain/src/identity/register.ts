import { z } from 'zod';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { countMailAsked, mayMail } from './login-throttles.ts';
import { emailAddress, personName } from './model.ts';
import { checkNewPassword, typedPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { definePrivateJob, enqueuePrivately } from './private-job.ts';
import { issueResetLink } from './reset-link.ts';
import { issueToken } from './tokens.ts';
import { findUserByEmail } from './users.ts';

export const registration = z.object({
  name: personName,
  email: emailAddress,
  password: typedPassword,
  /** Where they were going; the storefront sees to it that it is a path of the shop. */
  returnTo: z.string().max(1_000).nullable().default(null),
});

/** A registration whose e-mail address is not yet proven: what its token stands for, sealed. */
export const pendingRegistration = z.object({
  name: z.string(),
  email: z.string(),
  passwordHash: z.string(),
  locale: z.string(),
  returnTo: z.string().nullable(),
});
type PendingRegistration = z.infer<typeof pendingRegistration>;

const LINK_SECONDS = 24 * 3600;

/**
 * Asks for an account. Whether the address has one already shows neither in the answer nor in the time: it goes by mail to its owner.
 * Nobody is a user before the address is proven, see `confirmRegistration`.
 *
 * @throws DomainError `password_refused`, `rate_limited`, `unavailable`
 */
export async function register(
  ctx: Context,
  input: z.infer<typeof registration> & { locale: string },
): Promise<void> {
  const { name, email, password, locale, returnTo } = input;
  await countMailAsked(ctx);
  checkNewPassword(password, { email, name, shopName: ctx.config.shop.name });
  const passwordHash = await hashPassword(password);
  const pending = { name, email, passwordHash, locale, returnTo };
  await enqueuePrivately(ctx, registerJob, { requestId: ctx.ids.next(), pending });
}

export const registerJob = definePrivateJob({
  name: 'identity.register',
  schema: z.object({ requestId: z.string(), pending: pendingRegistration }),
  async handle(ctx, { requestId, pending }) {
    if (!(await mayMail(ctx, { kind: 'register', to: pending.email }))) return;
    await ctx.transaction((tx) => answerByMail(tx, requestId, pending));
  },
});

async function answerByMail(
  tx: TransactionContext,
  requestId: string,
  pending: PendingRegistration,
): Promise<void> {
  const key = `register:${requestId}`;
  const shopUrl = tx.config.shop.url;
  const user = await findUserByEmail(tx, pending.email);
  if (user) {
    await queueMail(tx, {
      template: 'register-existing',
      to: user.email,
      locale: user.locale,
      userId: user.id,
      key,
      data: { name: user.name, loginUrl: `${shopUrl}/login`, resetUrl: await issueResetLink(tx, user) },
    });
    return;
  }
  const token = await issueToken(tx, {
    purpose: 'register',
    userId: null,
    ttlSeconds: LINK_SECONDS,
    payload: pending,
  });
  await queueMail(tx, {
    template: 'register-confirm',
    to: pending.email,
    locale: pending.locale,
    key,
    data: { name: pending.name, url: `${shopUrl}/verify-email/${token}` },
  });
}
