import { type RawBuilder, sql } from 'kysely';

/** A value, or an expression by which a statement finds it by itself. */
export type Given<T> = T | RawBuilder<T>;

/**
 * Restricts to rows of some ids, without a parameter for each: `where('id', '=', anyOf(ids))`. The planner does not get to see how many
 * there are, so that it plans a prepared statement once, for a handful, and not anew each time.
 */
export function anyOf(ids: Given<readonly string[]>): RawBuilder<string> {
  return sql<string>`any(${uuids(ids)})`;
}

/** The same as an array, for `unnest`. */
export function uuids(ids: Given<readonly string[]>): RawBuilder<string[]> {
  return sql<string[]>`(select ${ids}::uuid[])::uuid[]`;
}
