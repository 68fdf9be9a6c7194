import { z } from 'zod';
import {
  type Actor,
  addSeconds,
  type Context,
  hashToken,
  permissions,
  permissionsOf,
} from '../kernel/index.ts';
import { grantedRole } from './model.ts';
import { rolesOf } from './role-column.ts';

/** How long a key may be served from the cache. */
const CACHE_SECONDS = 30;
/** Longer than a view that was read before the mark can stay in the cache. */
const BYPASS_SECONDS = 120;
/** How exactly "last used" is known. */
const TOUCH_SECONDS = 60;

const cachedKey = z.object({
  id: z.string(),
  createdBy: z.string(),
  permissions: z.array(z.enum(permissions)),
  expiresAt: z.coerce.date(),
});
type KeyView = z.infer<typeof cachedKey>;

const keyOf = (hash: string) => `api-key:${hash}`;
const markOf = (userId: string) => `api-keys-of:${userId}`;

/**
 * Makes every process read the keys of a user from the database for a while: set before a key is revoked, or before its creator's
 * rights change.
 */
export async function bypassApiKeys(ctx: Context, userId: string): Promise<void> {
  await ctx.cache.set(markOf(userId), 'bypass', BYPASS_SECONDS);
}

/**
 * What a key may do: its scopes, as far as its creator may do them today. From the cache, at most half a minute old, else by one
 * indexed read; "last used" is written once a minute at most. Keys that are revoked are gone at once.
 *
 * @returns null when the key is none of ours, expired or revoked, or its creator is shut out
 */
export async function actorOfApiKey(ctx: Context, key: string): Promise<Actor | null> {
  if (!/^souk_[0-9a-f]{8}_[\w-]{43}$/.test(key)) return null;
  const hash = hashToken(key);
  const view = (await cachedView(ctx, hash)) ?? (await readView(ctx, hash));
  if (view === null || view.expiresAt <= ctx.clock.now()) return null;
  return {
    kind: 'api-key',
    id: view.id,
    permissions: new Set(view.permissions),
    roles: [],
    session: null,
  };
}

async function cachedView(ctx: Context, hash: string): Promise<KeyView | null> {
  const kept = cachedKey.safeParse(await ctx.cache.get(keyOf(hash)));
  if (!kept.success) return null;
  const mark = await ctx.cache.get(markOf(kept.data.createdBy));
  return mark === null ? kept.data : null;
}

async function readView(ctx: Context, hash: string): Promise<KeyView | null> {
  const row = await ctx.db
    .selectFrom('api_keys as key')
    .innerJoin('users as user', 'user.id', 'key.created_by')
    .select([
      'key.id',
      'key.created_by as createdBy',
      'key.scopes',
      'key.expires_at as expiresAt',
      'key.last_used_at as lastUsedAt',
      rolesOf('key.created_by').as('roles'),
    ])
    .where('key.key_hash', '=', hash)
    .where('key.revoked_at', 'is', null)
    .where('key.expires_at', '>', ctx.clock.now())
    .where('user.status', '=', 'active')
    .executeTakeFirst();
  if (!row) return null;
  const { id, createdBy, expiresAt } = row;
  const roles = z.array(grantedRole).parse(row.roles);
  const held = permissionsOf(roles);
  const view = {
    id,
    createdBy,
    permissions: permissions.filter((name) => row.scopes.includes(name) && held.has(name)),
    expiresAt,
  };
  await touch(ctx, id, row.lastUsedAt);
  await ctx.cache.set(keyOf(hash), view, CACHE_SECONDS);
  return view;
}

async function touch(ctx: Context, keyId: string, lastUsedAt: Date | null): Promise<void> {
  const now = ctx.clock.now();
  const due = addSeconds(now, -TOUCH_SECONDS);
  if (lastUsedAt !== null && lastUsedAt > due) return;
  await ctx.db
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('id', '=', keyId)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', due)]))
    .execute();
}
