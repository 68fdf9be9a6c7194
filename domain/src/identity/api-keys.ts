import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  addSeconds,
  authorise,
  type Context,
  DomainError,
  hashToken,
  type Permission,
  permissionsOf,
  randomToken,
  requireRecentLogin,
  type TransactionContext,
} from '../kernel/index.ts';
import { bypassApiKeys } from './api-key-actor.ts';
import { recordAudit } from './audit.ts';
import { lockUser } from './users.ts';

/** What a key may be good for: reading and changing data; never accounts, roles or other keys. */
export const apiKeyScopes = [
  'catalog:read',
  'orders:read:all',
  'customers:read:all',
  'products:update',
  'stock:update',
  'audit:read',
] as const satisfies readonly Permission[];

const MAX_DAYS = 365;
const MAX_KEYS = 50;

export const apiKeyInput = z.strictObject({
  name: z.string().trim().min(1, 'Name the program that will use it').max(80),
  scopes: z.array(z.enum(apiKeyScopes)).min(1, 'Choose at least one').max(apiKeyScopes.length),
  /** A year at most. */
  expiresInDays: z.int().min(1).max(MAX_DAYS),
});
export type ApiKeyInput = z.infer<typeof apiKeyInput>;

/** A key as staff see it. */
export const apiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters, to know it by. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.uuid(),
  createdAt: z.date(),
  expiresAt: z.date(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;

const columns = [
  'id',
  'name',
  'prefix',
  'scopes',
  'created_by as createdBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
  'revoked_at as revokedAt',
] as const;

/**
 * Makes a key for a program. Its scopes are among what its creator may do, and fall with that.
 *
 * @param input.createdBy whose power it borrows: for the system itself (the CLI) only
 * @returns the key, which is shown this once: its SHA-256 is kept
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `forbidden` with the scope that the creator lacks,
 *   `limit_reached`
 */
export async function createApiKey(
  ctx: Context,
  input: ApiKeyInput & { createdBy?: string },
): Promise<{ key: string; apiKey: ApiKeyView }> {
  authorise(ctx, 'api-keys:manage');
  const createdBy =
    ctx.actor.kind === 'system' && input.createdBy !== undefined ? input.createdBy : requireRecentLogin(ctx);
  const prefix = `souk_${randomBytes(4).toString('hex')}`;
  const key = `${prefix}_${randomToken()}`;
  return ctx.transaction(async (tx) => {
    // locked, so that a role that goes meanwhile, and the count, are seen
    await lockUser(tx, createdBy);
    await refuseScopesBeyond(tx, createdBy, input.scopes);
    await refuseTooMany(tx, createdBy);
    const now = tx.clock.now();
    const apiKey = await tx.db
      .insertInto('api_keys')
      .values({
        id: tx.ids.next(),
        name: input.name,
        prefix,
        key_hash: hashToken(key),
        scopes: [...new Set(input.scopes)],
        created_by: createdBy,
        created_at: now,
        expires_at: addSeconds(now, input.expiresInDays * 86_400),
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
    await recordAudit(tx, {
      action: 'api-key.created',
      target: { kind: 'api-key', id: apiKey.id },
      after: { prefix, scopes: apiKey.scopes, createdBy, expiresAt: apiKey.expiresAt },
    });
    return { key, apiKey };
  });
}

async function refuseScopesBeyond(
  tx: TransactionContext,
  userId: string,
  scopes: readonly Permission[],
): Promise<void> {
  const roles = await tx.db
    .selectFrom('user_roles')
    .select(['role', 'seller_id as sellerId'])
    .where('user_id', '=', userId)
    .execute();
  const held = permissionsOf(roles);
  const beyond = scopes.find((scope) => !held.has(scope));
  if (beyond) throw new DomainError('forbidden', `its creator lacks ${beyond}`, { permission: beyond });
}

async function refuseTooMany(tx: TransactionContext, userId: string): Promise<void> {
  const { count } = await tx.db
    .selectFrom('api_keys')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('created_by', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAX_KEYS)
    throw new DomainError('limit_reached', 'revoke a key first', { limit: MAX_KEYS });
}

/** The latest 200 keys of everybody, those that work first. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function listApiKeys(ctx: Context): Promise<ApiKeyView[]> {
  authorise(ctx, 'api-keys:manage');
  return ctx.db
    .selectFrom('api_keys')
    .select(columns)
    .orderBy((eb) => eb.and([eb('revoked_at', 'is', null), eb('expires_at', '>', ctx.clock.now())]), 'desc')
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}

/** Makes a key void, at once; that it is already is no error. @throws DomainError `unauthenticated`, `forbidden`, `not_found` */
export async function revokeApiKey(ctx: Context, input: { keyId: string }): Promise<void> {
  authorise(ctx, 'api-keys:manage');
  await ctx.transaction(async (tx) => {
    const key = await tx.db
      .selectFrom('api_keys')
      .select(['prefix', 'created_by', 'revoked_at'])
      .where('id', '=', input.keyId)
      .forUpdate()
      .executeTakeFirst();
    if (!key) throw new DomainError('not_found', `no key ${input.keyId}`);
    if (key.revoked_at !== null) return;
    await bypassApiKeys(tx, key.created_by);
    await tx.db
      .updateTable('api_keys')
      .set({ revoked_at: tx.clock.now() })
      .where('id', '=', input.keyId)
      .execute();
    await recordAudit(tx, {
      action: 'api-key.revoked',
      target: { kind: 'api-key', id: input.keyId },
      before: { prefix: key.prefix },
    });
  });
}
