import { type RawBuilder, sql } from 'kysely';

/**
 * Restricts to rows of some ids, without a parameter for each: `where('id', '=', anyOf(ids))`. The planner does not get to see how many
 * there are, so that it plans a prepared statement once, for a handful, and not anew each time.
 */
export function anyOf(ids: readonly string[]): RawBuilder<string> {
  return sql<string>`any(${uuids(ids)})`;
}

/** The same as an array, for `unnest`. */
export function uuids(ids: readonly string[]): RawBuilder<string[]> {
  return sql<string[]>`(select ${[...ids]}::uuid[])::uuid[]`;
}
