import { unauthorized } from './errors.ts';
import { digest } from './idempotency.ts';

/**
 * Reads the API key of a call, as a bearer token or as the user of basic authentication. Any test key will do.
 *
 * @returns what tells one account from another, not the key itself
 * @throws ApiError 401 without a key, or with a live one, which must never be sent to a sandbox
 */
export function accountOf(authorization: string | undefined): string {
  const key = keyOf(authorization);
  if (key === undefined || key === '') {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (/^(sk|rk)_live_/.test(key)) {
    throw unauthorized(
      'This is a payment sandbox: never send it a live key. Treat the key that was sent as exposed.',
    );
  }
  if (!/^(sk|rk)_test_\w+$/.test(key)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  return digest(key).slice(0, 16);
}

function keyOf(authorization: string | undefined): string | undefined {
  const [, scheme, credentials] = /^(Bearer|Basic)\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  if (credentials === undefined || scheme?.toLowerCase() === 'bearer') return credentials;
  return Buffer.from(credentials, 'base64').toString().split(':')[0];
}

function masked(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}********${key.slice(-4)}`;
}
