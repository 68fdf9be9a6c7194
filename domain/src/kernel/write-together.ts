import { type OperationNodeSource, type QueryResult, sql } from 'kysely';
import type { Context } from './context.ts';

/** A change that is not made yet: a query that nobody has executed. */
export type Write = OperationNodeSource;

/**
 * Makes changes to different tables in one statement: one trip to the database instead of one for each, and all or none of them also
 * outside a transaction. None of them sees what the others do, and no two may touch the same row.
 *
 * @returns what the last of them does
 */
export function writeTogether<Row = unknown>(
  ctx: Context,
  others: readonly Write[],
  last: Write,
): Promise<QueryResult<Row>> {
  if (others.length === 0) return sql<Row>`${last}`.execute(ctx.db);
  return sql<Row>`with ${namedWrites(others, sql``)} ${last}`.execute(ctx.db);
}

/** Changes as common table expressions, for a statement that makes them beside its own work. @param end what follows them, if there are any */
export function namedWrites(writes: readonly Write[], end = sql`, `) {
  if (writes.length === 0) return sql``;
  const named = writes.map((write, position) => sql`${sql.id(`write_${position}`)} as (${write})`);
  return sql`${sql.join(named)}${end}`;
}
