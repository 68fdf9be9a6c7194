import {
  authorise,
  type Context,
  currentUserId,
  DomainError,
  hashToken,
  randomToken,
} from '../kernel/index.ts';
import { bypassApiKeys } from './api-key-actor.ts';
import { recordAudit } from './audit.ts';
import type { SessionView } from './model.ts';
import { bypassCache } from './session-cache.ts';
import type { StartedSession } from './sessions.ts';

/** Ends one session of who is logged in; that it is gone already is no error. @throws DomainError `unauthenticated` */
export async function endSession(ctx: Context, input: { sessionId: string }): Promise<void> {
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const ended = await tx.db
      .deleteFrom('sessions')
      .where('id', '=', input.sessionId)
      .where('user_id', '=', userId)
      .returning(['token_hash', 'id'])
      .execute();
    await bypassCache(tx, ended);
  });
}

/** Ends all sessions of a user but the one named: for the system's own use cases, which have checked who asks. */
export async function endSessions(
  ctx: Context,
  input: { userId: string; exceptSessionId?: string | undefined },
): Promise<number> {
  return ctx.transaction(async (tx) => {
    const ended = await tx.db
      .deleteFrom('sessions')
      .where('user_id', '=', input.userId)
      .$if(input.exceptSessionId !== undefined, (query) =>
        query.where('id', '<>', input.exceptSessionId ?? ''),
      )
      .returning(['token_hash', 'id'])
      .execute();
    await bypassCache(tx, ended);
    // who is shut out, or may do less, takes the power of their keys along
    await bypassApiKeys(tx, input.userId);
    return ended.length;
  });
}

/** Ends all sessions of who is logged in but the one at hand. @returns how many @throws DomainError `unauthenticated` */
export async function endOtherSessions(ctx: Context): Promise<number> {
  const userId = currentUserId(ctx);
  return ctx.transaction(async (tx) => {
    const ended = await endSessions(tx, { userId, exceptSessionId: tx.actor.session?.id });
    if (ended > 0) {
      await recordAudit(tx, {
        action: 'user.other-sessions-ended',
        target: { kind: 'user', id: userId },
        after: { ended },
      });
    }
    return ended;
  });
}

/** Ends a session by its id, whoever it belongs to: for a refresh token that was stolen. */
export async function revokeSession(ctx: Context, input: { sessionId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const ended = await tx.db
      .deleteFrom('sessions')
      .where('id', '=', input.sessionId)
      .returning(['token_hash', 'id'])
      .execute();
    await bypassCache(tx, ended);
  });
}

/** Makes what sessions tell of a user fresh, after a name, an e-mail address or roles have changed; in the transaction of the change. */
export async function refreshSessions(ctx: Context, input: { userId: string }): Promise<void> {
  const rows = await ctx.db
    .selectFrom('sessions')
    .select(['token_hash', 'id'])
    .where('user_id', '=', input.userId)
    .execute();
  await bypassCache(ctx, rows);
}

/**
 * Gives the session at hand a new token, because its owner has just proven or changed something: a token that was stolen before is
 * worth nothing after.
 *
 * @throws DomainError `unauthenticated`
 */
export async function rotateSession(ctx: Context): Promise<StartedSession> {
  const userId = currentUserId(ctx);
  const sessionId = ctx.actor.session?.id;
  if (sessionId === undefined) throw new DomainError('unauthenticated', 'this is for sessions');
  const token = randomToken();
  return ctx.transaction(async (tx) => {
    const row = await tx.db
      .selectFrom('sessions')
      .select(['token_hash', 'id', 'absolute_expires_at'])
      .where('id', '=', sessionId)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new DomainError('unauthenticated', 'the session has ended');
    await tx.db
      .updateTable('sessions')
      .set({ token_hash: hashToken(token), authenticated_at: tx.clock.now() })
      .where('id', '=', row.id)
      .execute();
    await bypassCache(tx, [row]);
    return { token, sessionId, expiresAt: row.absolute_expires_at };
  });
}

/** The sessions of who is logged in, the one at hand first, then the latest. One statement. @throws DomainError `unauthenticated` */
export async function listSessions(ctx: Context): Promise<SessionView[]> {
  authorise(ctx, 'account:own');
  const current = ctx.actor.session?.id;
  const rows = await ctx.db
    .selectFrom('sessions')
    .select(['id', 'kind', 'device', 'network', 'created_at', 'last_seen_at'])
    .where('user_id', '=', currentUserId(ctx))
    .where('expires_at', '>', ctx.clock.now())
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute();
  const views = rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === current,
    kind: row.kind,
    device: row.device,
    network: row.network,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  }));
  return views.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/** Removes sessions that have expired: they open nothing already. */
export async function sweepSessions(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('sessions').where('expires_at', '<=', ctx.clock.now()).execute();
}
