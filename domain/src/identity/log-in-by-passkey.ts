import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Context, DomainError, hashToken } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { finishLogin, type LoginOutcome } from './log-in.ts';
import { knownCredentials } from './passkeys.ts';
import { peekStep, takeStep } from './second-step.ts';
import { issueToken, takeToken } from './tokens.ts';
import { type authenticationResponse, relyingParty, userHandleOf, verifyPasskey } from './web-authn.ts';

const CHALLENGE_SECONDS = 10 * 60;

/** What is asked of a passkey, and for which log-in: `secondFactorOf` is the hash of the second step's token, null for a whole log-in. */
const payload = z.object({ challenge: z.string(), secondFactorOf: z.string().nullable() });

/** What a browser asks its authenticators, and the token that the answer must come with. */
export interface PasskeyQuestion {
  readonly options: PublicKeyCredentialRequestOptionsJSON;
  readonly token: string;
}

/**
 * Begins a log-in by passkey. Guests choose among all passkeys that their device has for this shop; who is logged in, and must prove
 * it again, among their own.
 *
 * @returns options for `navigator.credentials.get()`, and a token to keep in an HttpOnly cookie, so that the answer counts in this
 *   browser only
 */
export async function startPasskeyLogin(ctx: Context): Promise<PasskeyQuestion> {
  return ask(ctx, { userId: ctx.actor.kind === 'user' ? ctx.actor.id : null, secondFactorOf: null });
}

/**
 * Begins the second step of a log-in by a passkey of who has given the password.
 *
 * @param input.challenge the token of the second step
 * @throws DomainError `token_invalid` when the step is used or too old
 */
export async function startPasskeyStep(ctx: Context, input: { challenge: string }): Promise<PasskeyQuestion> {
  const { userId } = await peekStep(ctx, input.challenge);
  return ask(ctx, { userId, secondFactorOf: hashToken(input.challenge) });
}

async function ask(
  ctx: Context,
  input: { userId: string | null; secondFactorOf: string | null },
): Promise<PasskeyQuestion> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(ctx).id,
    userVerification: 'required',
    ...(input.userId === null ? {} : { allowCredentials: await knownCredentials(ctx, input.userId) }),
  });
  const token = await issueToken(ctx, {
    purpose: 'passkey-login',
    userId: input.userId,
    ttlSeconds: CHALLENGE_SECONDS,
    payload: { challenge: options.challenge, secondFactorOf: input.secondFactorOf },
  });
  return { options, token };
}

export interface PasskeyAnswer {
  readonly token: string;
  readonly response: z.infer<typeof authenticationResponse>;
  readonly deviceToken?: string | null | undefined;
}

/**
 * Logs in by a passkey alone. It is held by a device that has verified its owner, so it counts as both factors.
 *
 * @throws DomainError `token_invalid` when the challenge is used or too old, `credentials_invalid` when the answer does not fit it
 */
export async function finishPasskeyLogin(
  ctx: Context,
  input: PasskeyAnswer & { kind: 'web' | 'mobile' },
): Promise<LoginOutcome> {
  const asked = await takeToken(ctx, { purpose: 'passkey-login', token: input.token, schema: payload });
  if (asked.payload.secondFactorOf !== null)
    throw new DomainError('token_invalid', 'asked for a second step');
  const userId = await takeAnswer(ctx, { ...asked, challenge: asked.payload.challenge }, input.response);
  return finishLogin(ctx, {
    userId,
    method: 'passkey',
    kind: input.kind,
    isSecondFactorDone: true,
    deviceToken: input.deviceToken,
  });
}

/**
 * Ends the second step of a log-in by a passkey.
 *
 * @param input.challenge the token of the second step, which is used up
 * @throws DomainError `token_invalid` when the step or its question is used or too old, `credentials_invalid` when the answer does not
 *   fit: the step can be tried again
 */
export async function finishPasskeyStep(
  ctx: Context,
  input: PasskeyAnswer & { challenge: string },
): Promise<LoginOutcome> {
  const asked = await takeToken(ctx, { purpose: 'passkey-login', token: input.token, schema: payload });
  if (asked.payload.secondFactorOf !== hashToken(input.challenge)) {
    throw new DomainError('token_invalid', 'asked for another log-in');
  }
  const userId = await takeAnswer(ctx, { ...asked, challenge: asked.payload.challenge }, input.response);
  return ctx.transaction(async (tx) => {
    const { kind } = await takeStep(tx, input.challenge);
    const { deviceToken } = input;
    return finishLogin(tx, { userId, method: 'passkey', kind, isSecondFactorDone: true, deviceToken });
  });
}

/**
 * Takes an answer to a challenge that was used up just now.
 *
 * @returns whose passkey it is
 */
async function takeAnswer(
  ctx: Context,
  asked: { userId: string | null; challenge: string },
  response: z.infer<typeof authenticationResponse>,
): Promise<string> {
  const passkey = await ctx.db
    .selectFrom('passkeys')
    .select(['id', 'user_id', 'credential_id', 'public_key'])
    .where('credential_id', '=', response.id)
    .executeTakeFirst();
  if (!passkey || (asked.userId !== null && asked.userId !== passkey.user_id)) {
    throw new DomainError('credentials_invalid', 'no such passkey here');
  }
  const { userHandle } = response.response;
  // an authenticator that was not told whom to look for must tell it (WebAuthn, section 7.2, step 6)
  if ((userHandle || asked.userId === null) && userHandle !== handleTextOf(passkey.user_id)) {
    throw new DomainError('credentials_invalid', "the passkey is somebody else's");
  }
  const { signCount, isBackedUp } = await verifyPasskey(ctx, {
    response,
    challenge: asked.challenge,
    credential: { id: passkey.credential_id, publicKey: passkey.public_key },
  });
  await countUse(ctx, { id: passkey.id, userId: passkey.user_id, signCount, isBackedUp });
  return passkey.user_id;
}

function handleTextOf(userId: string): string {
  return Buffer.from(userHandleOf(userId)).toString('base64url');
}

/**
 * Writes down that a passkey was used. A counter that does not grow means that there are two of a passkey that cannot be copied
 * (WebAuthn, section 6.1.1): it is refused and audited. Passkeys that are synchronised do not count: theirs is always 0.
 */
async function countUse(
  ctx: Context,
  use: { id: string; userId: string; signCount: number; isBackedUp: boolean },
): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('passkeys')
    .set({ sign_count: use.signCount, is_backed_up: use.isBackedUp, last_used_at: ctx.clock.now() })
    .where('id', '=', use.id)
    .where(sql<boolean>`(sign_count < ${use.signCount} or (sign_count = 0 and ${use.signCount} = 0))`)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await recordAudit(ctx, {
    action: 'user.passkey-counter-went-back',
    target: { kind: 'user', id: use.userId },
    after: { passkeyId: use.id, signCount: use.signCount },
  });
  throw new DomainError('credentials_invalid', 'the passkey has been copied');
}
