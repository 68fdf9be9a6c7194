import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** More than a shop has secrets and purposes. */
const MOST_KEYS = 200;
const derived = new Map<string, KeyObject>();

/** A key of 32 bytes for one purpose, made of a secret (RFC 5869). Made once: every request needs some. */
export function deriveKey(secret: string, purpose: string): KeyObject {
  const name = `${purpose}\n${secret}`;
  const known = derived.get(name);
  if (known) return known;
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `souk:${purpose}`, 32)));
  if (derived.size >= MOST_KEYS) derived.clear();
  derived.set(name, key);
  return key;
}

/**
 * Encrypts a text for one purpose (AES-256-GCM): what a copy of the database must not tell. Base64url.
 *
 * @param secrets the newest first: it seals, all open, so that secrets can rotate
 */
export function seal(secrets: readonly [string, ...string[]], purpose: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, deriveKey(secrets[0], purpose), nonce);
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
}

/** The text that was sealed for this purpose; null when it is none of ours or its secret is gone. */
export function unseal(secrets: readonly string[], purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  for (const secret of secrets) {
    try {
      const decipher = createDecipheriv(
        ALGORITHM,
        deriveKey(secret, purpose),
        bytes.subarray(0, NONCE_BYTES),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const content = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
    } catch {
      // sealed by another of our secrets, or by nobody
    }
  }
  return null;
}

/** A new token for a link, a cookie or an API client: 256 bits, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a random token: its SHA-256, base64url. Only for what cannot be guessed, never for passwords. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
