import { type Context, DomainError } from '../kernel/index.ts';
import { secondFactorChallenge } from './log-in.ts';
import type { SecondFactor } from './model.ts';
import { secondFactorsOf } from './second-factors.ts';
import { countAttempt, peekToken, takeToken } from './tokens.ts';

/** How many codes may be tried in one second step; after that the password is asked for again. */
const MAX_TRIES = 5;

/** A log-in that waits for its second step. */
export interface SecondStep {
  readonly userId: string;
  readonly kind: 'web' | 'mobile';
}

const tokenOf = (challenge: string) =>
  ({ purpose: 'second-factor', token: challenge, schema: secondFactorChallenge }) as const;

/** The log-in that a challenge stands for. One statement. @throws DomainError `token_invalid` */
export async function peekStep(ctx: Context, challenge: string): Promise<SecondStep> {
  const step = await peekToken(ctx, tokenOf(challenge));
  if (!step?.userId) throw new DomainError('token_invalid', 'no such second step');
  return { userId: step.userId, kind: step.payload.kind };
}

/** Uses a challenge up: its log-in can end. One statement. @throws DomainError `token_invalid` */
export async function takeStep(ctx: Context, challenge: string): Promise<SecondStep> {
  const step = await takeToken(ctx, tokenOf(challenge));
  if (!step.userId) throw new DomainError('token_invalid', 'a second step of nobody');
  return { userId: step.userId, kind: step.payload.kind };
}

/** Counts a code that is tried. One statement. @throws DomainError `token_invalid` when there were too many */
export async function countTryAtStep(ctx: Context, challenge: string): Promise<void> {
  await countAttempt(ctx, { ...tokenOf(challenge), max: MAX_TRIES });
}

/** What a log-in that waits for its second step may go on by. Two statements. @throws DomainError `token_invalid` */
export async function secondStepMethods(ctx: Context, input: { challenge: string }): Promise<SecondFactor[]> {
  const { userId } = await peekStep(ctx, input.challenge);
  return secondFactorsOf(ctx, userId);
}
