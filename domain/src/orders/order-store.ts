import type { Insertable } from 'kysely';
import { type Context, type DB, DomainError, type TransactionContext, type Write } from '../kernel/index.ts';
import { applyOrderEvent, foldOrder, type OrderState } from './apply-order-event.ts';
import { type OrderEvent, type OrderHappening, orderEvent } from './history.ts';
import { lineRowsOf, rowOf } from './order-rows.ts';

/** What an order was and is, and what happened in between: nothing when both are the same. */
export interface OrderChange {
  readonly before: OrderState;
  readonly after: OrderState;
}

/** The history of an order as the state machine reads it, from the beginning. One statement. */
export async function readHistory(ctx: Context, orderId: string): Promise<OrderEvent[]> {
  const rows = await ctx.db
    .selectFrom('order_events')
    .select(['type', 'data', 'version', 'order_id as orderId', 'occurred_at as occurredAt'])
    .where('order_id', '=', orderId)
    .orderBy('version')
    .execute();
  return rows.map((row) => orderEvent.parse(row));
}

/**
 * The first of an order's history, and the rows that it makes, to be written together. The database refuses a second order for a
 * checkout, and sums that do not add up.
 */
export function beginHistory(
  tx: TransactionContext,
  orderId: string,
  happened: readonly OrderHappening[],
): { after: OrderState; writes: readonly Write[] } {
  const { after, rows } = advance(tx, orderId, null, happened);
  return {
    after,
    writes: [
      tx.db.insertInto('orders').values({ id: orderId, ...rowOf(after) }),
      tx.db.insertInto('order_lines').values(lineRowsOf(after)),
      tx.db.insertInto('order_events').values(rows),
    ],
  };
}

/**
 * Lets something happen to an order: history and rows change together, one caller after the other. Three statements; two when nothing
 * happens.
 *
 * @param decide what happens, by what the order is; it may refuse
 * @throws DomainError `not_found`, `conflict` for what cannot happen to it; what `decide` throws
 */
export async function changeOrder(
  tx: TransactionContext,
  orderId: string,
  decide: (order: OrderState) => readonly OrderHappening[],
): Promise<OrderChange> {
  const locked = await tx.db
    .selectFrom('orders')
    .select('id')
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) throw new DomainError('not_found', `no order ${orderId}`);
  // a statement of its own: it must see what others wrote while this one waited for the lock
  const before = foldOrder(await readHistory(tx, orderId));
  const happened = decide(before);
  if (happened.length === 0) return { before, after: before };
  const { after, rows } = advance(tx, orderId, before, happened);
  await tx.db
    .with('shown', (db) => db.updateTable('orders').set(rowOf(after)).where('id', '=', orderId))
    .insertInto('order_events')
    .values(rows)
    .execute();
  return { before, after };
}

function advance(
  tx: TransactionContext,
  orderId: string,
  before: OrderState | null,
  happened: readonly OrderHappening[],
): { after: OrderState; rows: Insertable<DB['order_events']>[] } {
  const occurredAt = tx.clock.now();
  let state = before;
  const rows = happened.map(({ type, data }): Insertable<DB['order_events']> => {
    const version = (state?.version ?? 0) + 1;
    const event = orderEvent.parse({ type, data, orderId, version, occurredAt });
    state = applyOrderEvent(state, event);
    return {
      id: tx.ids.next(),
      order_id: orderId,
      version,
      type,
      data: JSON.stringify(event.data),
      actor: tx.actor.id,
      occurred_at: occurredAt,
    };
  });
  if (state === null) throw new Error(`nothing happened to order ${orderId}`);
  return { after: state, rows };
}
