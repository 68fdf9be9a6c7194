import type { Context, TransactionContext } from '../kernel/index.ts';
import { recordOrderEvent } from './create-order.ts';
import { orderPaid } from './events.ts';

/** Notes that the money of an order was taken; an order that is paid already stays as it is. */
export async function markOrderPaid(tx: TransactionContext, orderId: string, amount: number): Promise<void> {
  const order = await tx.db
    .updateTable('orders')
    .set({ payment_status: 'paid', updated_at: tx.clock.now() })
    .where('id', '=', orderId)
    .where('payment_status', '=', 'authorised')
    .returning('number')
    .executeTakeFirst();
  if (!order) return;
  await recordOrderEvent(tx, orderId, 'paid', { amount });
  await tx.emit(orderPaid(orderId, { number: order.number, amount }));
}

/** Orders placed before `before` whose money is still to be taken, oldest first. */
export async function ordersToCapture(ctx: Context, before: Date): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('orders')
    .select('id')
    .where('payment_status', '=', 'authorised')
    .where('placed_at', '<', before)
    .orderBy('placed_at')
    .limit(200)
    .execute();
  return rows.map((row) => row.id);
}
