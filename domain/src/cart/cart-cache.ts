import { type Context, isInTransaction, randomToken, type TransactionContext } from '../kernel/index.ts';

/** How long an entry may be served. */
const CACHE_SECONDS = 60;
/** Longer than a reader takes from the database to the cache. */
const LEASE_SECONDS = 10;
/** Longer than a change takes; only where nobody could tell that it was over does the mark stay so long. */
const CHANGING_SECONDS = 120;

const CHANGING = { isChanging: true } as const;

export const keyOfCart = (cartId: string) => `cart:${cartId}`;
/** Of the id of the cart that an account has. */
export const keyOfAccount = (userId: string) => `cart:of:${userId}`;

/**
 * What the cache holds of `key`, or what `load` reads from the database. Whoever finds nothing leaves a lease, reads, and puts what
 * they read in place of their own lease and of nothing else. So what was read before a change never comes back after it: the change has
 * taken the lease away, and so has whoever emptied the cache.
 *
 * @param read what a cached value stands for; undefined when it is none of this release's
 */
export async function leased<T>(
  ctx: Context,
  key: string,
  read: (cached: unknown) => T | undefined,
  load: () => Promise<T>,
): Promise<T> {
  const held = await ctx.cache.get<{ value?: unknown; lease?: string; isChanging?: true }>(key);
  if (held !== null && 'value' in held) {
    const value = read(held.value);
    if (value !== undefined) return value;
  }
  if (held !== null) return load();
  const lease = { lease: randomToken() };
  await ctx.cache.add(key, lease, LEASE_SECONDS);
  const value = await load();
  await ctx.cache.swap(key, lease, { value }, CACHE_SECONDS);
  return value;
}

/**
 * Changes what is cached under `keys`. They are marked before, so that every process reads the database until it is over, however it
 * ends; within a transaction of somebody else the mark stays for a while, as nobody here knows when that commits.
 */
export async function changing<T>(
  ctx: Context,
  keys: readonly string[],
  work: (tx: TransactionContext) => Promise<T>,
): Promise<T> {
  await markChanging(ctx, keys);
  try {
    return await ctx.transaction(work);
  } finally {
    if (!isInTransaction(ctx)) await ctx.cache.delete(...keys);
  }
}

/** Marks what a transaction under way changes. */
export async function markChanging(ctx: Context, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => ctx.cache.set(key, CHANGING, CHANGING_SECONDS)));
}
