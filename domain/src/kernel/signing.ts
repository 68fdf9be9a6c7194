import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signs a value for one purpose: `value.signature`, safe in a cookie and a URL. A signature made for one purpose is
 * worthless for another.
 *
 * @param secrets the newest first: it signs, all verify, so that secrets can rotate
 */
export function signValue(secrets: readonly [string, ...string[]], purpose: string, value: string): string {
  return `${value}.${signatureOf(secrets[0], purpose, value)}`;
}

/** The value of a signed token, or null when the signature is none of ours. */
export function verifyValue(secrets: readonly string[], purpose: string, token: string): string | null {
  const dot = token.lastIndexOf('.');
  if (dot <= 0) return null;
  const value = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  for (const secret of secrets) {
    const expected = Buffer.from(signatureOf(secret, purpose, value));
    if (given.length === expected.length && timingSafeEqual(given, expected)) return value;
  }
  return null;
}

function signatureOf(secret: string, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${value}`).digest('base64url');
}
