import { type Context, DomainError } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { knownDevice } from './known-device.ts';
import { finishLogin, type LoginOutcome } from './log-in.ts';
import { beginSecondFactor } from './login-throttles.ts';
import { takeRecoveryCode } from './recovery-codes.ts';
import { countTryAtStep, peekStep, takeStep } from './second-step.ts';
import { takeTotpCode } from './totp.ts';
import { readUser } from './users.ts';

export interface CompleteSecondFactor {
  /** The token of the second step. */
  readonly challenge: string;
  readonly method: 'totp' | 'recovery-code';
  readonly code: string;
  readonly deviceToken?: string | null | undefined;
}

/**
 * The second step of a log-in: a code after the password.
 *
 * @throws DomainError `credentials_invalid` when the code is wrong, `token_invalid` when the step is used, too old or was tried too
 *   often, `rate_limited` when the account has seen too many wrong codes lately, whichever log-ins they came with
 */
export async function completeSecondFactor(ctx: Context, input: CompleteSecondFactor): Promise<LoginOutcome> {
  const { userId } = await peekStep(ctx, input.challenge);
  const user = await readUser(ctx, userId);
  const deviceId = knownDevice(ctx, input.deviceToken, user);
  const attempt = await beginSecondFactor(ctx, { userId, deviceId });
  await countTryAtStep(ctx, input.challenge);
  const outcome = await ctx.transaction(async (tx) => {
    const take = input.method === 'totp' ? takeTotpCode : takeRecoveryCode;
    if (!(await take(tx, userId, input.code))) return null;
    const { kind } = await takeStep(tx, input.challenge);
    const { method, deviceToken } = input;
    return finishLogin(tx, { userId, method, kind, isSecondFactorDone: true, deviceToken });
  });
  if (outcome !== null) {
    await attempt.succeeded();
    return outcome;
  }
  await recordAudit(ctx, {
    action: 'user.second-factor-failed',
    target: { kind: 'user', id: userId },
    after: { method: input.method },
  });
  throw new DomainError('credentials_invalid', 'the code is wrong');
}
