import { z } from 'zod';
import { type Context, DomainError } from '../kernel/index.ts';
import { auditEntry, grantedRole } from './model.ts';

/** The most entries of the audit log that a copy holds: those of years. */
const MAX_AUDIT_ENTRIES = 10_000;

const moment = z.date();

/** The account of somebody, as it is handed to them: that there is a password or a key, never what it is. */
export const exportedIdentity = z.object({
  account: z.object({
    id: z.uuid(),
    email: z.string().nullable(),
    name: z.string(),
    locale: z.string(),
    hasPassword: z.boolean(),
    passwordChangedAt: moment.nullable(),
    createdAt: moment,
    updatedAt: moment,
  }),
  roles: z.array(grantedRole.extend({ grantedAt: moment })),
  sessions: z.array(
    z.object({
      kind: z.string(),
      device: z.string(),
      network: z.string(),
      createdAt: moment,
      lastSeenAt: moment,
      expiresAt: moment,
    }),
  ),
  secondFactors: z.object({
    /** When the authenticator app was set up; null without one. */
    totpSince: moment.nullable(),
    recoveryCodesLeft: z.int(),
  }),
  passkeys: z.array(
    z.object({ name: z.string(), isBackedUp: z.boolean(), createdAt: moment, lastUsedAt: moment.nullable() }),
  ),
  /** Accounts elsewhere that they log in by. */
  linkedAccounts: z.array(
    z.object({ provider: z.string(), subject: z.string(), email: z.string(), createdAt: moment }),
  ),
  apiKeys: z.array(
    z.object({
      name: z.string(),
      prefix: z.string(),
      scopes: z.array(z.string()),
      createdAt: moment,
      expiresAt: moment.nullable(),
      lastUsedAt: moment.nullable(),
      revokedAt: moment.nullable(),
    }),
  ),
  /** What they did and what was done to their account, the newest first. Others who did it are not named. */
  auditLog: z.array(
    auditEntry
      .pick({ occurredAt: true, action: true, targetKind: true, targetId: true, before: true, after: true })
      .extend({ byYou: z.boolean(), network: z.string(), device: z.string() }),
  ),
});
export type ExportedIdentity = z.infer<typeof exportedIdentity>;

/** All that the module keeps of a user, for the copy of their data. Eight statements. @throws DomainError `not_found` */
export async function exportIdentity(ctx: Context, input: { userId: string }): Promise<ExportedIdentity> {
  const { userId } = input;
  const user = await ctx.db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
  if (!user) throw new DomainError('not_found', `no user ${userId}`);
  const codes = await ctx.db
    .selectFrom('recovery_codes')
    .select('used_at')
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
  const totp = await ctx.db
    .selectFrom('totp_credentials')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return {
    account: {
      id: user.id,
      email: user.email,
      name: user.name,
      locale: user.locale,
      hasPassword: user.password_hash !== null,
      passwordChangedAt: user.password_changed_at,
      createdAt: user.created_at,
      updatedAt: user.updated_at,
    },
    secondFactors: { totpSince: totp?.confirmed_at ?? null, recoveryCodesLeft: codes.length },
    ...(await exportAccess(ctx, userId)),
    auditLog: await exportAudit(ctx, userId),
  };
}

async function exportAccess(ctx: Context, userId: string) {
  const roles = await ctx.db
    .selectFrom('user_roles')
    .select(['role', 'seller_id as sellerId', 'granted_at as grantedAt'])
    .where('user_id', '=', userId)
    .orderBy('role')
    .execute();
  const sessions = await ctx.db
    .selectFrom('sessions')
    .select(['kind', 'device', 'network', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .select('expires_at as expiresAt')
    .where('user_id', '=', userId)
    .orderBy('last_seen_at', 'desc')
    .execute();
  const passkeys = await ctx.db
    .selectFrom('passkeys')
    .select(['name', 'is_backed_up as isBackedUp', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
  const linkedAccounts = await ctx.db
    .selectFrom('oauth_accounts')
    .select(['provider', 'subject', 'email', 'created_at as createdAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
  const apiKeys = await ctx.db
    .selectFrom('api_keys')
    .select(['name', 'prefix', 'scopes', 'created_at as createdAt', 'expires_at as expiresAt'])
    .select(['last_used_at as lastUsedAt', 'revoked_at as revokedAt'])
    .where('created_by', '=', userId)
    .orderBy('created_at')
    .execute();
  return { roles, sessions, passkeys, linkedAccounts, apiKeys };
}

async function exportAudit(ctx: Context, userId: string): Promise<ExportedIdentity['auditLog']> {
  const rows = await ctx.db
    .selectFrom('audit_log')
    .selectAll()
    .where((eb) => eb.or([eb('actor_id', '=', userId), eb('target_id', '=', userId)]))
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_AUDIT_ENTRIES)
    .execute();
  return rows.map((row) => {
    const byYou = row.actor_id === userId;
    return {
      occurredAt: row.occurred_at,
      action: row.action,
      targetKind: row.target_kind,
      targetId: row.target_id,
      before: row.before,
      after: row.after,
      byYou,
      // where somebody else was is theirs
      network: byYou ? row.network : '',
      device: byYou ? row.device : '',
    };
  });
}
