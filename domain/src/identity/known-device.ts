import { randomBytes } from 'node:crypto';
import { type Context, signValue, verifyValue } from '../kernel/index.ts';
import type { User } from './users.ts';

const PURPOSE = 'device';
/** How long a browser is remembered after the last log-in by it. */
const DEVICE_SECONDS = 365 * 24 * 3600;
/** How many accounts a browser is remembered for: families share one. */
const MAX_ACCOUNTS = 5;

/** A browser that accounts have been logged in to before. */
interface Device {
  /** Tells browsers apart; means nothing else. */
  readonly id: string;
  /** The last log-in first. `since` in seconds. */
  readonly accounts: readonly { readonly userId: string; readonly since: number }[];
}

function readDevice(ctx: Context, token: string | null | undefined): Device | null {
  const value = token ? verifyValue(ctx.config.secrets, PURPOSE, token) : null;
  if (value === null) return null;
  const [id = '', ...entries] = value.split('~');
  const accounts = entries.map((entry) => {
    const [userId = '', since = ''] = entry.split('_');
    return { userId, since: Number.parseInt(since, 36) };
  });
  return { id, accounts };
}

/**
 * Which known browser of an account this is: one that it has been logged in to before, since its password was last changed.
 *
 * @returns the browser's id, null when it is not known
 */
export function knownDevice(ctx: Context, token: string | null | undefined, user: User): string | null {
  const device = readDevice(ctx, token);
  const account = device?.accounts.find(({ userId }) => userId === user.id);
  if (!device || !account) return null;
  const oldest = ctx.clock.now().getTime() / 1000 - DEVICE_SECONDS;
  const passwordSince = Math.floor((user.passwordChangedAt?.getTime() ?? 0) / 1000);
  return account.since >= Math.max(oldest, passwordSince) ? device.id : null;
}

/** What the browser at hand keeps from now on, to be known again to this account and to those before. */
export function rememberDevice(ctx: Context, token: string | null | undefined, userId: string): string {
  const device = readDevice(ctx, token);
  const since = Math.floor(ctx.clock.now().getTime() / 1000);
  const others = device?.accounts.filter((account) => account.userId !== userId) ?? [];
  const accounts = [{ userId, since }, ...others].slice(0, MAX_ACCOUNTS);
  const id = device?.id ?? randomBytes(16).toString('base64url');
  // '~' and '_' part it: UUIDs and base 36 have neither, and the id is what stands first
  const entries = accounts.map((account) => `${account.userId}_${account.since.toString(36)}`);
  return signValue(ctx.config.secrets, PURPOSE, [id, ...entries].join('~'));
}
