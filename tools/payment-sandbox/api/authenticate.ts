import { unauthorized } from './errors.ts';
import { digest } from './idempotency.ts';

export interface Caller {
  /** What tells one account from another, not the key itself. */
  account: string;
  /** A publishable key, which anybody may read in the shop's pages. */
  isPublishable: boolean;
}

/**
 * Reads the API key of a call, as a bearer token or as the user of basic authentication. Any test key will do.
 *
 * @throws ApiError 401 without a key, or with a live one, which must never be sent to a sandbox
 */
export function callerOf(authorization: string | undefined): Caller {
  const key = keyOf(authorization);
  if (key === undefined || key === '') {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (/^(sk|rk|pk)_live_/.test(key)) {
    throw unauthorized(
      'This is a payment sandbox: never send it a live key. Treat the key that was sent as exposed.',
    );
  }
  if (!/^(sk|rk|pk)_test_\w+$/.test(key)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  return { account: digest(key).slice(0, 16), isPublishable: key.startsWith('pk_') };
}

/** @throws ApiError 401 `secret_key_required` for a call that browsers must not make */
export function refusePublishable(): never {
  throw unauthorized(
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    'secret_key_required',
  );
}

function keyOf(authorization: string | undefined): string | undefined {
  const [, scheme, credentials] = /^(Bearer|Basic)\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  if (credentials === undefined || scheme?.toLowerCase() === 'bearer') return credentials;
  return Buffer.from(credentials, 'base64').toString().split(':')[0];
}

function masked(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}********${key.slice(-4)}`;
}
