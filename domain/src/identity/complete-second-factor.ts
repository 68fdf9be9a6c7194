import { type Context, DomainError } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { knownDevice } from './known-device.ts';
import { finishLogin, type LoginOutcome, secondFactorChallenge } from './log-in.ts';
import { beginSecondFactor } from './login-throttles.ts';
import { takeRecoveryCode } from './recovery-codes.ts';
import { countAttempt, peekToken, takeToken } from './tokens.ts';
import { takeTotpCode } from './totp.ts';
import { readUser } from './users.ts';

/** How many codes may be tried in one second step; after that the password is asked for again. */
const MAX_TRIES = 5;

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
  const step = { purpose: 'second-factor', token: input.challenge, schema: secondFactorChallenge } as const;
  const known = await peekToken(ctx, step);
  if (!known?.userId) throw new DomainError('token_invalid', 'no such second step');
  const user = await readUser(ctx, known.userId);
  const deviceId = knownDevice(ctx, input.deviceToken, user);
  const attempt = await beginSecondFactor(ctx, { userId: user.id, deviceId });
  await countAttempt(ctx, { ...step, max: MAX_TRIES });
  const outcome = await ctx.transaction(async (tx) => {
    const take = input.method === 'totp' ? takeTotpCode : takeRecoveryCode;
    if (!(await take(tx, user.id, input.code))) return null;
    const { kind } = (await takeToken(tx, step)).payload;
    const { method, deviceToken } = input;
    return finishLogin(tx, { userId: user.id, method, kind, isSecondFactorDone: true, deviceToken });
  });
  if (outcome !== null) {
    await attempt.succeeded();
    return outcome;
  }
  await recordAudit(ctx, {
    action: 'user.second-factor-failed',
    target: { kind: 'user', id: user.id },
    after: { method: input.method },
  });
  throw new DomainError('credentials_invalid', 'the code is wrong');
}
