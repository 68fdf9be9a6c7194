import { sql } from 'kysely';
import type { Context } from './context.ts';
import { momentOf, type Read, readOf } from './read-together.ts';

/** No count goes on beyond this: what measures a backlog must not add to it. */
export const MOST_COUNTED = 100_000;

/** Since when something waits, in seconds; 0 when nothing does. */
export function secondsSince(ctx: Context, since: Date | string | null): number {
  const moment = momentOf(since);
  return moment === null ? 0 : Math.max(0, (ctx.clock.now().getTime() - moment.getTime()) / 1000);
}

/** What stands in a line. Counts end at `MOST_COUNTED`. */
export interface WaitingWork {
  readonly waiting: number;
  /** For how long the one waits that has waited longest; 0 when none does. */
  readonly oldestSeconds: number;
  /** Given up: nobody tries these again by themselves. */
  readonly dead: number;
}

interface Row {
  readonly waiting: number;
  readonly oldest_at: Date | string | null;
  readonly dead: number;
}

/** The jobs that are due and that nobody is at, and those that have failed for the last time. */
export function waitingJobs(ctx: Context): Read<WaitingWork> {
  return workOf(
    ctx,
    sql`
      select count(*)::int as waiting, min(run_at) as oldest_at, (
        select count(*)::int from (
          select from graphile_worker._private_jobs
          where not is_available and locked_at is null and attempts >= max_attempts limit ${MOST_COUNTED}
        ) given_up
      ) as dead
      from (
        select run_at from graphile_worker._private_jobs
        where is_available = true and run_at <= now()
        order by priority, run_at limit ${MOST_COUNTED}
      ) due
    `,
  );
}

/** The events of the outbox that are not handed to their subscribers yet, and the deliveries that were set aside. */
export function waitingEvents(ctx: Context): Read<WaitingWork> {
  return workOf(
    ctx,
    sql`
      select count(*)::int as waiting, (
        select occurred_at from events where position = (select min(position) from event_outbox)
      ) as oldest_at, (
        select count(*)::int from (
          select from event_deliveries where dead_at is not null limit ${MOST_COUNTED}
        ) given_up
      ) as dead
      from (select from event_outbox limit ${MOST_COUNTED}) waiting
    `,
  );
}

function workOf(ctx: Context, query: ReturnType<typeof sql>): Read<WaitingWork> {
  return readOf<Row, WaitingWork>(query, ([row]) => ({
    waiting: row?.waiting ?? 0,
    oldestSeconds: secondsSince(ctx, row?.oldest_at ?? null),
    dead: row?.dead ?? 0,
  }));
}
