import { sql } from 'kysely';
import { z } from 'zod';
import {
  addSeconds,
  type Context,
  DomainError,
  hashToken,
  randomToken,
  type TransactionContext,
} from '../kernel/index.ts';
import { signAccessToken } from './access-tokens.ts';
import { recordAudit } from './audit.ts';
import type { LoggedIn } from './log-in.ts';
import { revokeSession } from './manage-sessions.ts';
import { signedInBy } from './sessions.ts';

const REFRESH_SECONDS = 7 * 86_400;

/** What a mobile client keeps. */
export const tokenPair = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: z.date(),
  /** Good for one refresh. */
  refreshToken: z.string(),
  refreshTokenExpiresAt: z.date(),
});
export type TokenPair = z.infer<typeof tokenPair>;

/** The tokens of a mobile log-in that is complete. The session's own token is told to nobody. */
export async function tokensOfLogin(ctx: Context, login: LoggedIn): Promise<TokenPair> {
  const signedIn = await signedInBy(ctx, { token: login.sessionToken });
  if (signedIn?.kind !== 'mobile') throw new DomainError('unauthenticated', 'no mobile session');
  const { userId, sessionId } = signedIn;
  return issuePair(ctx, { userId, sessionId, sessionEndsAt: login.expiresAt });
}

async function issuePair(
  ctx: Context,
  input: { userId: string; sessionId: string; sessionEndsAt: Date },
): Promise<TokenPair> {
  const refreshToken = randomToken();
  const now = ctx.clock.now();
  const expiresAt = earlier(addSeconds(now, REFRESH_SECONDS), input.sessionEndsAt);
  await ctx.db
    .insertInto('refresh_tokens')
    .values({
      token_hash: hashToken(refreshToken),
      session_id: input.sessionId,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  const access = await signAccessToken(ctx, input);
  return {
    accessToken: access.accessToken,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken,
    refreshTokenExpiresAt: expiresAt,
  };
}

function earlier(one: Date, other: Date): Date {
  return new Date(Math.min(one.getTime(), other.getTime()));
}

/**
 * Changes a refresh token for new tokens. It works once: a second use means that somebody else has it, whichever of both is the
 * thief, so the whole session ends (RFC 9700, 4.14.2). There is no grace, not even for the same client asking twice at once: of
 * parallel refreshes one gets tokens and all are logged out. Clients refresh one at a time.
 *
 * @throws DomainError `unauthenticated` when the token is none of ours, used, expired, or its session has ended
 */
export async function refreshTokens(ctx: Context, input: { refreshToken: string }): Promise<TokenPair> {
  const hash = hashToken(input.refreshToken);
  const pair = await ctx.transaction(async (tx) => {
    const session = await lockSessionOf(tx, hash);
    if (!session) return null;
    const used = await tx.db
      .updateTable('refresh_tokens')
      .set({ used_at: tx.clock.now() })
      .where('token_hash', '=', hash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', tx.clock.now())
      .returning('token_hash')
      .executeTakeFirst();
    if (used) return goOn(tx, session);
    await refuseReuse(tx, hash, session);
    return null;
  });
  if (!pair) throw new DomainError('unauthenticated', 'the refresh token is used, too old or none of ours');
  return pair;
}

interface LockedSession {
  readonly id: string;
  readonly user_id: string;
  readonly token_hash: string;
  readonly absolute_expires_at: Date;
}

/** The session of a refresh token, locked before anything of it is, as by those who end it: so that neither waits for the other. */
async function lockSessionOf(tx: TransactionContext, hash: string): Promise<LockedSession | undefined> {
  return tx.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.id', 'user_id', 'token_hash', 'absolute_expires_at'])
    .where('sessions.id', '=', (eb) =>
      eb.selectFrom('refresh_tokens').select('session_id').where('token_hash', '=', hash),
    )
    .where('expires_at', '>', tx.clock.now())
    .where('users.status', '=', 'active')
    .forUpdate('sessions')
    .executeTakeFirst();
}

/** A refresh is a use of the session. */
async function goOn(tx: TransactionContext, session: LockedSession): Promise<TokenPair> {
  const now = tx.clock.now();
  await tx.db
    .updateTable('sessions')
    .set({
      last_seen_at: now,
      expires_at: sql`least(${now}::timestamptz + make_interval(secs => idle_seconds), absolute_expires_at)`,
    })
    .where('id', '=', session.id)
    .execute();
  return issuePair(tx, {
    userId: session.user_id,
    sessionId: session.id,
    sessionEndsAt: session.absolute_expires_at,
  });
}

async function refuseReuse(tx: TransactionContext, hash: string, session: LockedSession): Promise<void> {
  const token = await tx.db
    .selectFrom('refresh_tokens')
    .select('used_at')
    .where('token_hash', '=', hash)
    .executeTakeFirst();
  if (!token?.used_at) return;
  await revokeSession(tx, { sessionId: session.id });
  await recordAudit(tx, {
    action: 'session.refresh-reused',
    target: { kind: 'user', id: session.user_id },
    after: { sessionId: session.id },
  });
}

/** Ends the session of a refresh token, used or not; that it has ended already is no error. */
export async function logOutByRefreshToken(ctx: Context, input: { refreshToken: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const session = await lockSessionOf(tx, hashToken(input.refreshToken));
    if (!session) return;
    await revokeSession(tx, { sessionId: session.id });
    await recordAudit(tx, { action: 'user.logged-out', target: { kind: 'user', id: session.user_id } });
  });
}

/** Forgets refresh tokens that have expired. */
export async function sweepRefreshTokens(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('refresh_tokens').where('expires_at', '<=', ctx.clock.now()).execute();
}
