import type { Context, TransactionContext } from '../kernel/index.ts';
import { cancellationOf } from './cancel-order.ts';
import { orderPaid, orderRefunded } from './events.ts';
import type { PaymentDetail } from './order-draft.ts';
import { changeOrder } from './order-store.ts';

/**
 * Notes that the provider took the money of an order; of one that is paid already nothing changes. Of one that was called off it is told
 * again, so that the money is given back.
 *
 * @param detail what it was paid with, where the order does not know it yet
 * @throws DomainError `not_found`, `conflict` for another sum than is due
 */
export async function markOrderPaid(
  tx: TransactionContext,
  orderId: string,
  amount: number,
  detail: PaymentDetail | null = null,
): Promise<void> {
  const { before, after } = await changeOrder(tx, orderId, (order) =>
    order.paidAt === null ? [{ type: 'PAYMENT_CAPTURED', data: { amount, detail } }] : [],
  );
  if (before.version === after.version) return;
  if (after.status === 'cancelled') {
    await tx.emit(cancellationOf(after, 'system'));
  } else if (after.paymentStatus === 'paid') {
    const { number, checkoutId } = after.created;
    await tx.emit(orderPaid(orderId, { number, checkoutId, amount }));
  }
}

/**
 * Notes that money was given back; one refund counts once, however often it is told.
 *
 * @throws DomainError `not_found`, `conflict` for more than was paid
 */
export async function recordRefund(
  tx: TransactionContext,
  orderId: string,
  refund: { amount: number; refundId: string },
): Promise<void> {
  const { before, after } = await changeOrder(tx, orderId, (order) =>
    order.references.includes(refund.refundId) ? [] : [{ type: 'PAYMENT_REFUNDED', data: refund }],
  );
  if (before.version === after.version) return;
  await tx.emit(orderRefunded(orderId, { number: after.created.number, ...refund }));
}

/**
 * Notes that a refund did not arrive, once: the order has that money again, and owes it still. Nothing happens to an order that never knew
 * of the refund.
 *
 * @throws DomainError `not_found`
 */
export async function recordFailedRefund(
  tx: TransactionContext,
  orderId: string,
  refund: { amount: number; refundId: string },
): Promise<void> {
  await changeOrder(tx, orderId, (order) =>
    order.references.includes(refund.refundId) && !order.failedRefunds.includes(refund.refundId)
      ? [{ type: 'REFUND_FAILED', data: refund }]
      : [],
  );
}

/** Notes that the bank let go of what it held for an order; once. @throws DomainError `not_found` */
export async function recordVoid(tx: TransactionContext, orderId: string): Promise<void> {
  await changeOrder(tx, orderId, (order) =>
    order.paymentStatus === 'authorised' ? [{ type: 'PAYMENT_VOIDED', data: {} }] : [],
  );
}

/** Orders placed before `before` whose money is still to be taken, oldest first. */
export async function ordersToCapture(ctx: Context, before: Date): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('orders')
    .select('id')
    .where('payment_status', '=', 'authorised')
    .where('status', '=', 'placed')
    .where('placed_at', '<', before)
    .orderBy('placed_at')
    .limit(200)
    .execute();
  return rows.map((row) => row.id);
}
