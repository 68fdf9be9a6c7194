import { type OperationNodeSource, type QueryResult, sql } from 'kysely';
import type { Context, TransactionContext } from './context.ts';
import { andCommit } from './prepared-statements.ts';

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

/** Makes the last change of a transaction, and commits it: one trip. Nothing may follow, nor go wrong after it. */
export async function writeLast(tx: TransactionContext, write: Write): Promise<void> {
  await sql`${andCommit}${write}`.execute(tx.db);
}

/** Changes as common table expressions, for a statement that makes them beside its own work. @param end what follows them, if there are any */
export function namedWrites(writes: readonly Write[], end = sql`, `) {
  if (writes.length === 0) return sql``;
  const named = writes.map((write, position) => sql`${sql.id(`write_${position}`)} as (${write})`);
  return sql`${sql.join(named)}${end}`;
}
