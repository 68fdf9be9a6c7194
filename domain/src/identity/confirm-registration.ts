import { type Context, DomainError } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { finishLogin, type LoginOutcome } from './log-in.ts';
import { verifyPassword } from './passwords.ts';
import { pendingRegistration } from './register.ts';
import { countAttempt, peekToken, takeToken } from './tokens.ts';
import { insertUser } from './users.ts';

/** Typing mistakes at the confirmation; who has forgotten the password registers again. */
const MAX_ATTEMPTS = 10;

/** Who a confirmation link is for, without using it up. @throws DomainError `token_invalid` */
export async function peekRegistration(
  ctx: Context,
  input: { token: string },
): Promise<{ email: string; name: string }> {
  const { email, name } = await pendingOf(ctx, input.token);
  return { email, name };
}

/**
 * Makes the account that was asked for, and logs in. It takes both the link, which proves the address, and the password of the
 * registration, which proves that it is the same person: else a stranger could register somebody's address with a password of their
 * own and wait for the owner to press the button ("account pre-hijacking", Sudhodanan and Paverd 2022).
 *
 * @throws DomainError `token_invalid`, `credentials_invalid` for another password, `conflict` when there is an account by now,
 *   `unavailable`
 */
export async function confirmRegistration(
  ctx: Context,
  input: { token: string; password: string; deviceToken?: string | null },
): Promise<{ userId: string; login: LoginOutcome; returnTo: string | null }> {
  const { token, password, deviceToken } = input;
  const { passwordHash } = await pendingOf(ctx, token);
  await countAttempt(ctx, { purpose: 'register', token, max: MAX_ATTEMPTS });
  if (!(await verifyPassword(passwordHash, password)))
    throw new DomainError('credentials_invalid', 'not the password of the registration');
  return ctx.transaction(async (tx) => {
    const { payload } = await takeToken(tx, { purpose: 'register', token, schema: pendingRegistration });
    const { id: userId } = await insertUser(tx, payload);
    await recordAudit(tx, { action: 'user.registered', target: { kind: 'user', id: userId } });
    const login = await finishLogin(tx, {
      userId,
      method: 'password',
      kind: 'web',
      isSecondFactorDone: true,
      deviceToken,
    });
    return { userId, login, returnTo: payload.returnTo };
  });
}

async function pendingOf(ctx: Context, token: string) {
  const pending = await peekToken(ctx, { purpose: 'register', token, schema: pendingRegistration });
  if (!pending) throw new DomainError('token_invalid', 'no such registration');
  return pending.payload;
}
