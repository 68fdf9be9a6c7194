import type { Context } from '../kernel/index.ts';
import { beginTry, type Counter, mayTry, networkCounters, type Try } from './throttle.ts';
import {
  alertsOfAddress,
  atOneAccount,
  atSecondFactor,
  fromOnePlace,
  mailsOfNetwork,
  mailsToAddress,
  ofOneNetwork,
} from './throttle-rules.ts';

/**
 * Counts a log-in with a password. A browser that the account knows is held to its own failures only: strangers who guess at the
 * account do not keep its owner waiting (OWASP, Device Cookies).
 *
 * @param input.email as accounts are found by it; of an account that does not exist the same is counted
 * @param input.deviceId of a known browser, see `knownDevice`
 * @throws DomainError `rate_limited` with `retryAfterSeconds`
 */
export function beginLogin(ctx: Context, input: { email: string; deviceId: string | null }): Promise<Try> {
  if (input.deviceId !== null) return beginTry(ctx, [deviceCounter('login', input.email, input.deviceId)]);
  return beginTry(ctx, [
    { name: ['login-account', input.email], rule: atOneAccount, onSuccess: 'reset' },
    ...networkCounters(ctx, 'login-account-network', fromOnePlace, input.email),
    ...networkCounters(ctx, 'login-network', ofOneNetwork),
  ]);
}

/**
 * Counts a try at a second factor: a code, a recovery code. Call it before looking at the code, and `succeeded` when it was right.
 *
 * @param input.deviceId of a known browser, see `knownDevice`
 * @throws DomainError `rate_limited` with `retryAfterSeconds`
 */
export function beginSecondFactor(
  ctx: Context,
  input: { userId: string; deviceId: string | null },
): Promise<Try> {
  if (input.deviceId !== null) return beginTry(ctx, [deviceCounter('factor', input.userId, input.deviceId)]);
  return beginTry(ctx, [
    { name: ['factor-account', input.userId], rule: atSecondFactor, onSuccess: 'reset' },
  ]);
}

/** Counts a try at the password of who is logged in. @throws DomainError `rate_limited` with `retryAfterSeconds` */
export function beginPasswordCheck(ctx: Context, input: { userId: string }): Promise<Try> {
  return beginTry(ctx, [{ name: ['own-password', input.userId], rule: fromOnePlace, onSuccess: 'reset' }]);
}

/** Counts that somebody asks for a mail to an address of their choice. @throws DomainError `rate_limited` */
export async function countMailAsked(ctx: Context): Promise<void> {
  await beginTry(ctx, networkCounters(ctx, 'mail-network', mailsOfNetwork));
}

/** Whether one more mail of this kind that a stranger may have asked for goes to an address; counts it if so. */
export function mayMail(ctx: Context, input: { kind: string; to: string }): Promise<boolean> {
  return mayTry(ctx, [{ name: ['mail', input.kind, input.to], rule: mailsToAddress, onSuccess: 'reset' }]);
}

/** Counts that somebody asks to be told of something at an address, which may be anybody's. @throws DomainError `rate_limited` */
export async function countAlertAsked(ctx: Context, input: { email: string }): Promise<void> {
  await beginTry(ctx, [
    { name: ['alert-email', input.email], rule: alertsOfAddress, onSuccess: 'reset' },
    ...networkCounters(ctx, 'alert-network', mailsOfNetwork),
  ]);
}

function deviceCounter(scope: string, account: string, deviceId: string): Counter {
  return { name: [`${scope}-device`, account, deviceId], rule: fromOnePlace, onSuccess: 'reset' };
}
