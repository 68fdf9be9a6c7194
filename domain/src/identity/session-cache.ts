import { z } from 'zod';
import { type Context, hashToken } from '../kernel/index.ts';
import { grantedRole, type Me } from './model.ts';

/** Who a session belongs to, as a request needs it. */
export interface SignedIn extends Me {
  readonly sessionId: string;
  readonly kind: 'web' | 'mobile';
  readonly authenticatedAt: Date;
}

/** How long a session may be served from the cache. */
const CACHE_SECONDS = 30;
/** Longer than a view that was read before the mark can get into the cache. */
const BYPASS_SECONDS = 120;

const cachedView = z.object({
  sessionId: z.string(),
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  roles: z.array(grantedRole),
  kind: z.enum(['web', 'mobile']),
  authenticatedAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
});
const cacheEntry = z.union([cachedView, z.literal('bypass')]);

/** How a session is named: by the token of its browser, or by its id, which an access token carries. */
export type SessionName = { readonly token: string } | { readonly sessionId: string };

const cacheKey = (hashOrId: string) => `session:${hashOrId}`;
const keyOf = (name: SessionName) => cacheKey('token' in name ? hashToken(name.token) : name.sessionId);

/** What the cache says of a session: who it belongs to, `null` that it has expired, or nothing. */
export async function cachedSession(ctx: Context, name: SessionName): Promise<SignedIn | null | undefined> {
  const kept = cacheEntry.safeParse(await ctx.cache.get(keyOf(name)));
  if (!kept.success || kept.data === 'bypass') return undefined;
  const { expiresAt, ...signedIn } = kept.data;
  return expiresAt > ctx.clock.now() ? signedIn : null;
}

/** Keeps what was read, unless the session is marked. */
export async function cacheSession(
  ctx: Context,
  name: SessionName,
  signedIn: SignedIn,
  expiresAt: Date,
): Promise<void> {
  await ctx.cache.add(keyOf(name), { ...signedIn, expiresAt }, CACHE_SECONDS);
}

/**
 * Makes every process read sessions from the database for a while. The mark is set before the change commits, and what is marked
 * is not cached (`add` leaves what is there): a view that was read before the change cannot come back after it.
 */
export async function bypassCache(
  ctx: Context,
  rows: readonly { token_hash: string; id: string }[],
): Promise<void> {
  const keys = rows.flatMap((row) => [cacheKey(row.token_hash), cacheKey(row.id)]);
  await Promise.all(keys.map((key) => ctx.cache.set(key, 'bypass', BYPASS_SECONDS)));
}
