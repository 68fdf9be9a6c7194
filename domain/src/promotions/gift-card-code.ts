import { createHmac } from 'node:crypto';
import { type Context, deriveKey, hashToken, seal, unseal } from '../kernel/index.ts';
import { signsOf } from './codes.ts';

type Secrets = Context['config']['secrets'];

/** 100 bits: nobody comes by a code by guessing. */
const CODE_SIGNS = 20;
const MIN_LENGTH = 12;
const MAX_LENGTH = 40;

/**
 * A gift card's code as it is compared: letters and digits in upper case, without the dashes and blanks that it is written with.
 *
 * @returns null for what cannot be one
 */
export function normaliseGiftCode(entered: string): string | null {
  const code = entered
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\p{P}\p{Z}\p{C}]/gu, '');
  return code.length >= MIN_LENGTH && code.length <= MAX_LENGTH ? code : null;
}

/** A code as it is read, in fours. */
export function writeGiftCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** The code that a seed makes: the same seed, the same code; without the shop's secret nobody can tell it. */
export function giftCodeOf(secret: string, seed: string): string {
  const key = deriveKey(secret, 'gift-card-code');
  return signsOf(createHmac('sha256', key).update(seed).digest().subarray(0, CODE_SIGNS));
}

/** What is kept of a code: its keyed hash, and what that is made of, sealed, so that it can be keyed anew. */
export interface KeptCode {
  readonly code_hash: string;
  readonly sealed_digest: string;
}

/** @param code normalised */
export function keepCode(secrets: Secrets, cardId: string, code: string): KeptCode {
  return keepDigest(secrets, cardId, hashToken(code));
}

/** By each of the shop's secrets, the newest first: what a card with this code may be found by. @param code normalised */
export function hashesOf(secrets: Secrets, code: string): string[] {
  return secrets.map((secret) => hashBy(secret, hashToken(code)));
}

/** What was kept of a code, kept anew by the newest secret; null when its secret is gone. */
export function keepAnew(secrets: Secrets, cardId: string, sealedDigest: string): KeptCode | null {
  const digest = unseal(secrets, purposeOf(cardId), sealedDigest);
  return digest === null ? null : keepDigest(secrets, cardId, digest);
}

function keepDigest(secrets: Secrets, cardId: string, digest: string): KeptCode {
  return {
    code_hash: hashBy(secrets[0], digest),
    sealed_digest: seal(secrets, purposeOf(cardId), digest),
  };
}

function hashBy(secret: string, digest: string): string {
  return createHmac('sha256', deriveKey(secret, 'gift-card')).update(digest).digest('base64url');
}

function purposeOf(cardId: string): string {
  return `gift-card:${cardId}`;
}
