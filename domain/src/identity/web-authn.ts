import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  type VerifiedRegistrationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { type Context, DomainError } from '../kernel/index.ts';

/** Who passkeys are made for: browsers hand them to the pages of this host only. */
export function relyingParty(ctx: Context): { id: string; name: string; origin: string } {
  const { hostname, origin } = new URL(ctx.config.shop.url);
  return { id: hostname, name: ctx.config.shop.name, origin };
}

/** How authenticators tell accounts apart: the user's id as bytes, which is nothing personal. */
export function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(userId));
}

/** EdDSA, ES256 and RS256: what authenticators sign with, by their COSE numbers, the best first. */
export const signingAlgorithms = [-8, -7, -257];

const bytes = (maxLength: number) => z.base64url().max(maxLength);
const credentialId = bytes(1_400);
const publicKeyCredential = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

/** What `navigator.credentials.create()` answers, as JSON. What it tells of extensions is left out: none are used. */
export const registrationResponse = z.object({
  ...publicKeyCredential,
  response: z.object({
    clientDataJSON: bytes(4_000),
    attestationObject: bytes(16_000),
    transports: z.array(z.string().max(40)).max(10).default([]),
  }),
});

/** What `navigator.credentials.get()` answers, as JSON. */
export const authenticationResponse = z.object({
  ...publicKeyCredential,
  response: z.object({
    clientDataJSON: bytes(4_000),
    authenticatorData: bytes(4_000),
    signature: bytes(8_000),
    userHandle: bytes(100).nullish(),
  }),
});

/** What a browser asks its authenticators: made by the library for its counterpart there, and not looked into between. */
export const passkeyCreation = z.custom<PublicKeyCredentialCreationOptionsJSON>(isObject);
export const passkeyRequest = z.custom<PublicKeyCredentialRequestOptionsJSON>(isObject);

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

type NewCredential = Extract<VerifiedRegistrationResponse, { verified: true }>['registrationInfo'];

/**
 * Checks a new passkey against the challenge that was given out, our origin and our host; its owner must have been verified.
 *
 * @throws DomainError `credentials_invalid`
 */
export async function verifyNewPasskey(
  ctx: Context,
  input: { response: z.infer<typeof registrationResponse>; challenge: string },
): Promise<NewCredential> {
  const response: RegistrationResponseJSON = { ...input.response, clientExtensionResults: {} };
  const { id, origin } = relyingParty(ctx);
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: input.challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    supportedAlgorithmIDs: signingAlgorithms,
  }).catch(refuse);
  if (!verified) throw new DomainError('credentials_invalid', 'the attestation does not hold');
  return registrationInfo;
}

/**
 * Checks that a passkey has signed the challenge that was given out, for our origin and our host, and that its owner was verified.
 *
 * @returns how often the authenticator has signed by its own account; always 0 where it does not count
 * @throws DomainError `credentials_invalid`
 */
export async function verifyPasskey(
  ctx: Context,
  input: {
    response: z.infer<typeof authenticationResponse>;
    challenge: string;
    credential: { id: string; publicKey: Uint8Array };
  },
): Promise<{ signCount: number; isBackedUp: boolean }> {
  const { userHandle, ...signed } = input.response.response;
  const response: AuthenticationResponseJSON = {
    ...input.response,
    response: { ...signed, ...(userHandle ? { userHandle } : {}) },
    clientExtensionResults: {},
  };
  const { id, origin } = relyingParty(ctx);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: input.challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    // 0: the counter is compared where it is written, which parallel log-ins cannot slip past
    credential: {
      id: input.credential.id,
      publicKey: new Uint8Array(input.credential.publicKey),
      counter: 0,
    },
    requireUserVerification: true,
  }).catch(refuse);
  if (!verified) throw new DomainError('credentials_invalid', 'the signature does not hold');
  return { signCount: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
}

/** The library throws plain errors for whatever does not fit. */
function refuse(error: unknown): never {
  throw new DomainError('credentials_invalid', 'the passkey does not fit', {}, { cause: error });
}
