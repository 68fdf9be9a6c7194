import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Context, isDomainError } from '../kernel/index.ts';
import { foldOrder, type OrderState } from './apply-order-event.ts';
import { orderEvent } from './history.ts';
import { jsonColumns, lineRowsOf, rowOf } from './order-rows.ts';
import { readHistory } from './order-store.ts';

/** An order that does not show what its history adds up to. */
export interface OrderMismatch {
  readonly orderId: string;
  readonly number: string;
  /** The columns that differ, `lines` when its lines do, `history` when the history adds up to nothing. */
  readonly differs: readonly string[];
}

const BATCH = 200;

/**
 * Compares every order with what its history adds up to. Three statements for some hundreds of orders; run it on a snapshot, or orders
 * that change meanwhile are told as mismatches.
 */
export async function verifyOrders(ctx: Context): Promise<OrderMismatch[]> {
  const mismatches: OrderMismatch[] = [];
  for await (const ids of orderIds(ctx)) mismatches.push(...(await compare(ctx, ids)));
  return mismatches;
}

/**
 * Makes the rows of an order anew of its history. Lines keep their ids.
 *
 * @returns what was wrong with them; empty when nothing was
 * @throws DomainError `not_found`, `conflict` when the history itself is broken
 */
export async function rebuildOrder(ctx: Context, orderId: string): Promise<readonly string[]> {
  return ctx.transaction(async (tx) => {
    await tx.db.selectFrom('orders').select('id').where('id', '=', orderId).forUpdate().execute();
    const order = foldOrder(await readHistory(tx, orderId));
    const [mismatch] = await compare(tx, [orderId]);
    if (!mismatch) return [];
    await tx.db.updateTable('orders').set(rowOf(order)).where('id', '=', orderId).execute();
    await tx.db.deleteFrom('order_lines').where('order_id', '=', orderId).execute();
    await tx.db.insertInto('order_lines').values(lineRowsOf(order)).execute();
    return mismatch.differs;
  });
}

/** Makes the rows of every order that does not show what its history adds up to anew. @returns which, and what was wrong */
export async function rebuildOrders(ctx: Context): Promise<OrderMismatch[]> {
  const rebuilt: OrderMismatch[] = [];
  for (const mismatch of await verifyOrders(ctx)) {
    const differs = await rebuildOrder(ctx, mismatch.orderId);
    if (differs.length > 0) rebuilt.push({ ...mismatch, differs });
  }
  return rebuilt;
}

async function* orderIds(ctx: Context): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await ctx.db
      .selectFrom('orders')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => row.id);
    after = last.id;
  }
}

async function compare(ctx: Context, ids: readonly string[]): Promise<OrderMismatch[]> {
  const orders = await ctx.db.selectFrom('orders').selectAll().where('id', 'in', ids).execute();
  const lines = await ctx.db
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', 'in', ids)
    .orderBy('position')
    .execute();
  const events = await ctx.db
    .selectFrom('order_events')
    .select(['type', 'data', 'version', 'order_id as orderId', 'occurred_at as occurredAt'])
    .where('order_id', 'in', ids)
    .orderBy('version')
    .execute();
  const linesById = Map.groupBy(lines, (line) => line.order_id);
  const eventsById = Map.groupBy(events, (event) => event.orderId);
  return orders.flatMap(({ id, ...shown }) => {
    const order = foldOrNull(eventsById.get(id) ?? []);
    const differs =
      order === null
        ? ['history']
        : [
            ...differencesOf(shown, rowOf(order)),
            ...(areSameLines(linesById.get(id) ?? [], lineRowsOf(order)) ? [] : ['lines']),
          ];
    return differs.length === 0 ? [] : [{ orderId: id, number: shown.number, differs }];
  });
}

/** Null for a history that is broken. */
function foldOrNull(rows: readonly unknown[]): OrderState | null {
  try {
    return foldOrder(rows.map((row) => orderEvent.parse(row)));
  } catch (error) {
    if (error instanceof z.ZodError || isDomainError(error, 'conflict')) return null;
    throw error;
  }
}

function differencesOf(shown: Record<string, unknown>, meant: Record<string, unknown>): string[] {
  const columns = new Set([...Object.keys(shown), ...Object.keys(meant)]);
  return [...columns].filter((column) => !isSame(column, shown[column], meant[column]));
}

/** What is written as text into a column of JSON is compared as it is read from there. */
function isSame(column: string, shown: unknown, meant: unknown): boolean {
  const reader = jsonColumns.get(column);
  if (reader === undefined) return isDeepStrictEqual(shown, meant);
  const read = reader.safeParse(shown);
  return read.success && isDeepStrictEqual(read.data, typeof meant === 'string' ? JSON.parse(meant) : meant);
}

function areSameLines(
  shown: readonly Record<string, unknown>[],
  meant: readonly Record<string, unknown>[],
): boolean {
  return (
    shown.length === meant.length &&
    meant.every((line, position) => differencesOf(shown[position] ?? {}, line).length === 0)
  );
}
