import {
  authorise,
  type Context,
  currentUserId,
  DomainError,
  type OAuthProviderId,
  requireRecentLogin,
  type TransactionContext,
} from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { type ConnectedAccount, oauthProviderId } from './oauth-model.ts';
import { lockUser } from './users.ts';

/** Whose a provider's account is; null when it is nobody's. One statement. */
export async function userOfConnection(
  ctx: Context,
  provider: OAuthProviderId,
  subject: string,
): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('oauth_accounts')
    .select('user_id')
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

/** Connects a provider's account; false when it, or the provider, is connected already. One statement. */
export async function insertConnection(
  tx: TransactionContext,
  input: { provider: OAuthProviderId; subject: string; userId: string; email: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('oauth_accounts')
    .values({
      provider: input.provider,
      subject: input.subject,
      user_id: input.userId,
      email: input.email,
      created_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The providers that are on or connected, for the security page. Two statements. @throws DomainError `unauthenticated` */
export async function listConnectedAccounts(ctx: Context): Promise<ConnectedAccount[]> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const rows = await connectionsOf(ctx, userId);
  const others = await otherWaysIn(ctx, userId);
  const names = new Map(ctx.config.oauth.map(({ id, name }) => [id, name]));
  const ids = new Set([...names.keys(), ...rows.map((row) => oauthProviderId.parse(row.provider))]);
  return [...ids].map((id) => {
    const row = rows.find(({ provider }) => provider === id);
    return {
      provider: { id, name: names.get(id) ?? id },
      isOn: names.has(id),
      connection: row ? { email: row.email, connectedAt: row.created_at } : null,
      canDisconnect: others || usable(ctx, rows, id) > 0,
    };
  });
}

function connectionsOf(ctx: Context, userId: string) {
  return ctx.db
    .selectFrom('oauth_accounts')
    .select(['provider', 'email', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
}

/** What a provider is called, also one that has been turned off since. */
function providerName(ctx: Context, provider: OAuthProviderId): string {
  return ctx.config.oauth.find(({ id }) => id === provider)?.name ?? provider;
}

/** Connections besides one by which somebody can log in today. */
function usable(ctx: Context, rows: readonly { provider: string }[], besides: string): number {
  return rows.filter(
    (row) => row.provider !== besides && ctx.config.oauth.some(({ id }) => id === row.provider),
  ).length;
}

/** Whether somebody has a password or a passkey. One statement. */
async function otherWaysIn(ctx: Context, userId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('users')
    .select((eb) => [
      'password_hash',
      eb.exists(eb.selectFrom('passkeys').select('id').where('user_id', '=', userId)).as('hasPasskey'),
    ])
    .where('id', '=', userId)
    .executeTakeFirst();
  return row !== undefined && (row.password_hash !== null || row.hasPasskey === true);
}

/**
 * Takes a provider off the account of who is logged in; that it is gone already is no error.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `last_login_method`
 */
export async function disconnectOAuth(ctx: Context, input: { provider: OAuthProviderId }): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = requireRecentLogin(ctx);
  await ctx.transaction(async (tx) => {
    // locked, so that the last two ways in do not go at once
    const user = await lockUser(tx, userId);
    const rows = await connectionsOf(tx, userId);
    if (!rows.some(({ provider }) => provider === input.provider)) return;
    if (usable(tx, rows, input.provider) === 0 && !(await otherWaysIn(tx, userId)))
      throw new DomainError('last_login_method', 'set a password first');
    await tx.db
      .deleteFrom('oauth_accounts')
      .where('user_id', '=', userId)
      .where('provider', '=', input.provider)
      .execute();
    await recordAudit(tx, {
      action: 'user.oauth-unlinked',
      target: { kind: 'user', id: userId },
      before: { provider: input.provider },
    });
    await queueMail(tx, {
      template: 'oauth-unlinked',
      to: user.email,
      locale: user.locale,
      userId,
      data: {
        name: user.name,
        provider: providerName(tx, input.provider),
        securityUrl: `${tx.config.shop.url}/account/security`,
      },
    });
  });
}
