import { sql } from 'kysely';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import { z } from 'zod';
import { addSeconds, type Context, hashToken, networkOf, randomToken } from '../kernel/index.ts';
import { deviceName } from './device-name.ts';
import { grantedRole, type Me } from './model.ts';
import { rolesOf } from './role-column.ts';
import { cachedSession, cacheSession, type SessionName, type SignedIn } from './session-cache.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, Omit<Me, 'userId'>>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: Omit<Me, 'userId'>;
  }
}

interface SessionAttributes {
  readonly sessionId: string;
  readonly kind: 'web' | 'mobile';
  readonly authenticatedAt: Date;
}

export interface StartedSession {
  /** What the client keeps: 256 bits. The shop keeps its hash. */
  readonly token: string;
  readonly sessionId: string;
  /** When it ends at the latest. */
  readonly expiresAt: Date;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
/** How long sessions last: without use, and at all. Who can do more must come back sooner (OWASP ASVS 5, 7.3). */
const lifetimes = {
  web: { idle: 14 * DAY, absolute: 90 * DAY },
  // as long as a refresh token, each use of which is a use of the session
  mobile: { idle: 7 * DAY, absolute: 90 * DAY },
  staff: { idle: 2 * HOUR, absolute: 12 * HOUR },
};

/** How exactly "last seen" is known: a session in use is written to this often. */
const TOUCH_SECONDS = 5 * 60;

/**
 * Lucia decides whether a session holds; this adapter keeps it in Postgres. Tokens are hashed before they get anywhere, and how
 * long a session lasts is the session's own (`idle_seconds`), so Lucia is told a life so long that it asks at every check to
 * prolong: that is when "last seen" is written, at most every few minutes.
 */
function luciaOf(ctx: Context, name: SessionName) {
  const now = ctx.clock.now();
  // Lucia looks at the machine's clock: what it is told is moved by how far ours is off.
  const toLucia = (date: Date) => new Date(date.getTime() + Date.now() - now.getTime());
  let read: { tokenHash: string; lastSeenAt: Date; expiresAt: Date } | null = null;
  let endsAt = now;

  const adapter: Adapter = {
    async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const row = await ctx.db
        .selectFrom('sessions as session')
        .innerJoin('users as user', 'user.id', 'session.user_id')
        .select([
          'session.token_hash',
          'session.id',
          'session.user_id',
          'session.kind',
          'session.authenticated_at',
          'session.last_seen_at',
          'session.expires_at',
          'user.email',
          'user.name',
          'user.locale',
          rolesOf('session.user_id').as('roles'),
        ])
        .$if('token' in name, (query) => query.where('session.token_hash', '=', hashToken(id)))
        .$if('sessionId' in name, (query) => query.where('session.id', '=', id))
        .where('user.status', '=', 'active')
        .executeTakeFirst();
      if (!row || row.email === null || row.expires_at <= now) return [null, null];
      read = { tokenHash: row.token_hash, lastSeenAt: row.last_seen_at, expiresAt: row.expires_at };
      return [
        {
          id,
          userId: row.user_id,
          expiresAt: toLucia(row.expires_at),
          attributes: { sessionId: row.id, kind: row.kind, authenticatedAt: row.authenticated_at },
        },
        {
          id: row.user_id,
          attributes: {
            email: row.email,
            name: row.name,
            locale: row.locale,
            roles: z.array(grantedRole).parse(row.roles),
          },
        },
      ];
    },
    async updateSessionExpiration() {
      if (!read || now.getTime() - read.lastSeenAt.getTime() < TOUCH_SECONDS * 1000) return;
      await ctx.db
        .updateTable('sessions')
        .set({
          last_seen_at: now,
          expires_at: sql`least(${now}::timestamptz + make_interval(secs => idle_seconds), absolute_expires_at)`,
        })
        .where('token_hash', '=', read.tokenHash)
        .execute();
    },
    async setSession({ id: token, userId, attributes }) {
      const { idle, absolute } = await lifetimeOf(ctx, userId, attributes.kind);
      endsAt = addSeconds(now, absolute);
      await ctx.db
        .insertInto('sessions')
        .values({
          token_hash: hashToken(token),
          id: attributes.sessionId,
          user_id: userId,
          kind: attributes.kind,
          created_at: now,
          authenticated_at: attributes.authenticatedAt,
          last_seen_at: now,
          idle_seconds: idle,
          expires_at: addSeconds(now, idle),
          absolute_expires_at: endsAt,
          device: deviceName(ctx.origin.userAgent),
          network: networkOf(ctx.origin.address),
        })
        .execute();
    },
    // An expired session is swept, others are ended by `endSession`: Lucia has tokens only, and those are nowhere.
    async deleteSession() {},
    async deleteUserSessions() {},
    async deleteExpiredSessions() {},
    getUserSessions: async () => [],
  };
  const lucia = new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(1_000, 'd'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
  return { lucia, expiresAt: () => read?.expiresAt ?? now, endsAt: () => endsAt };
}

async function lifetimeOf(ctx: Context, userId: string, kind: 'web' | 'mobile') {
  const role = await ctx.db
    .selectFrom('user_roles')
    .select('role')
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return role ? lifetimes.staff : lifetimes[kind];
}

/** Begins a session for somebody who has proven who they are. Two statements. */
export async function startSession(
  ctx: Context,
  input: { userId: string; kind: 'web' | 'mobile' },
): Promise<StartedSession> {
  const token = randomToken();
  const sessionId = ctx.ids.next();
  const { lucia, endsAt } = luciaOf(ctx, { token });
  const attributes = { sessionId, kind: input.kind, authenticatedAt: ctx.clock.now() };
  await lucia.createSession(input.userId, attributes, { sessionId: token });
  return { token, sessionId, expiresAt: endsAt() };
}

/**
 * Who a session belongs to, by its token or, for access tokens that are verified already, by its id; null when it is none of ours,
 * ended or expired. From the cache, at most half a minute old; else one indexed read, and every few minutes a write of when it was
 * last seen. Ended sessions are gone at once, see `bypassCache`.
 */
export async function signedInBy(ctx: Context, name: SessionName): Promise<SignedIn | null> {
  if ('token' in name && !/^[\w-]{43}$/.test(name.token)) return null;
  const kept = await cachedSession(ctx, name);
  if (kept !== undefined) return kept;
  const { lucia, expiresAt } = luciaOf(ctx, name);
  const { session, user } = await lucia.validateSession('token' in name ? name.token : name.sessionId);
  if (!session) return null;
  const { sessionId, kind, authenticatedAt } = session;
  const { id: userId, email, name: userName, locale, roles } = user;
  const signedIn = { sessionId, userId, email, name: userName, locale, roles, kind, authenticatedAt };
  await cacheSession(ctx, name, signedIn, expiresAt());
  return signedIn;
}
