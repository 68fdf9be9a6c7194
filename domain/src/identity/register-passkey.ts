import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { type Context, DomainError, requireRecentLogin } from '../kernel/index.ts';
import { changeFactors, tellOfFactors } from './change-factors.ts';
import { knownCredentials } from './passkeys.ts';
import { issueRecoveryCodesOnce } from './recovery-codes.ts';
import type { StartedSession } from './sessions.ts';
import { issueToken, takeToken } from './tokens.ts';
import { readUser } from './users.ts';
import {
  type registrationResponse,
  relyingParty,
  signingAlgorithms,
  userHandleOf,
  verifyNewPasskey,
} from './web-authn.ts';

const MAX_PASSKEYS = 20;
const CHALLENGE_SECONDS = 10 * 60;
const payload = z.object({ challenge: z.string() });

/**
 * Begins to make a passkey for who is logged in: for log-ins without a user name, on any device that can verify its owner.
 *
 * @returns options for `navigator.credentials.create()`, and the token that the answer must come with
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `limit_reached` at 20 passkeys
 */
export async function startPasskeyRegistration(
  ctx: Context,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; token: string }> {
  const userId = requireRecentLogin(ctx);
  const user = await readUser(ctx, userId);
  const known = await knownCredentials(ctx, userId);
  if (known.length >= MAX_PASSKEYS) throw tooMany();
  const { id: rpID, name: rpName } = relyingParty(ctx);
  const options = await generateRegistrationOptions({
    rpID,
    rpName,
    userID: userHandleOf(userId),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known,
    supportedAlgorithmIDs: signingAlgorithms,
  });
  const token = await issueToken(ctx, {
    purpose: 'passkey-register',
    userId,
    ttlSeconds: CHALLENGE_SECONDS,
    payload: { challenge: options.challenge },
  });
  return { options, token };
}

/**
 * Takes a new passkey in. From now on it logs in alone, and password log-ins ask for a second factor.
 *
 * @returns the session's new token, and ten recovery codes if there were none: they cannot be shown again
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `token_invalid` when the challenge is used or too old,
 *   `credentials_invalid` when the answer does not fit it, `conflict` when the passkey is registered already, `limit_reached`
 */
export async function finishPasskeyRegistration(
  ctx: Context,
  input: { token: string; response: z.infer<typeof registrationResponse>; name: string },
): Promise<{ recoveryCodes: string[] | null; session: StartedSession }> {
  const userId = requireRecentLogin(ctx);
  const taken = await takeToken(ctx, { purpose: 'passkey-register', token: input.token, schema: payload });
  if (taken.userId !== userId) throw new DomainError('token_invalid', "the challenge is somebody else's");
  const { credential, credentialBackedUp } = await verifyNewPasskey(ctx, {
    response: input.response,
    challenge: taken.payload.challenge,
  });
  return changeFactors(ctx, userId, async (tx, user) => {
    if ((await knownCredentials(tx, user.id)).length >= MAX_PASSKEYS) throw tooMany();
    const passkeyId = tx.ids.next();
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('passkeys')
      .values({
        id: passkeyId,
        user_id: user.id,
        credential_id: credential.id,
        public_key: Buffer.from(credential.publicKey),
        sign_count: credential.counter,
        transports: input.response.response.transports,
        is_backed_up: credentialBackedUp,
        name: input.name,
        created_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.column('credential_id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n)
      throw new DomainError('conflict', 'the passkey is registered already');
    const recoveryCodes = await issueRecoveryCodesOnce(tx, user.id);
    await tellOfFactors(tx, user, 'passkey-added', { passkeyId });
    return { recoveryCodes };
  });
}

function tooMany(): DomainError {
  return new DomainError('limit_reached', 'nobody needs more passkeys', { limit: MAX_PASSKEYS });
}
