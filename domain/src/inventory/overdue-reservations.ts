import { sql } from 'kysely';
import { type Context, MOST_COUNTED, type Read, readOf, secondsSince } from '../kernel/index.ts';

/** Reservations whose time ran out and that nobody has given back yet: a sweep that works leaves none for longer than its pause. */
export function overdueReservations(
  ctx: Context,
): Read<{ readonly overdue: number; readonly oldestSeconds: number }> {
  const query = sql`
    select count(*)::int as overdue, min(expires_at) as oldest_at
    from (
      select expires_at from reservations
      where status = 'held' and expires_at < ${ctx.clock.now()}::timestamptz
      order by expires_at limit ${MOST_COUNTED}
    ) lapsed
  `;
  return readOf<
    { overdue: number; oldest_at: Date | string | null },
    { overdue: number; oldestSeconds: number }
  >(query, ([row]) => ({
    overdue: row?.overdue ?? 0,
    oldestSeconds: secondsSince(ctx, row?.oldest_at ?? null),
  }));
}
