import { sql } from 'kysely';
import { type Context, type Read, readOf, secondsSince } from '../kernel/index.ts';

/** For how many seconds the checkout has been placing that began first; 0 when none is. The reconciler settles each within minutes. */
export function longestPlacing(ctx: Context): Read<number> {
  const query = sql`select min(placing_since) as oldest_at from checkouts where status = 'placing'`;
  return readOf<{ oldest_at: Date | string | null }, number>(query, ([row]) =>
    secondsSince(ctx, row?.oldest_at ?? null),
  );
}
