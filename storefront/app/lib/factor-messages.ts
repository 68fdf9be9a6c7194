import { messageFor, type Refused } from './messages.ts';

/** How long somebody has to wait, in words. */
function waitOf(data: Refused['data']): string {
  const seconds = typeof data?.retryAfterSeconds === 'number' ? data.retryAfterSeconds : 30;
  if (seconds < 90) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** The sentence for a code that was refused. */
export function codeMessage(refused: Refused, method: 'totp' | 'recovery-code'): string {
  if (refused.code === 'rate_limited') {
    return `There were too many wrong codes. Wait ${waitOf(refused.data)}, then enter a new one.`;
  }
  if (refused.code !== 'credentials_invalid') return messageFor(refused);
  return method === 'totp'
    ? 'That code does not fit. Enter the newest one that your app shows.'
    : 'That recovery code does not fit, or was used before. Try another one.';
}

/** The sentence for a passkey that was refused. */
export function passkeyMessage(refused: Refused): string {
  if (refused.code === 'credentials_invalid') {
    return 'We do not know this passkey. Try another one, or log in another way.';
  }
  if (refused.code === 'token_invalid') return 'That took too long. Try again.';
  if (refused.code === 'conflict') return 'This passkey is in your account already.';
  return messageFor(refused);
}
