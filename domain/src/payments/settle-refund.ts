import type Stripe from 'stripe';
import type { Context } from '../kernel/index.ts';
import { noteDiscrepancy } from './discrepancies.ts';
import { refundFailed } from './events.ts';
import type { Refund } from './refund-payment.ts';

/**
 * Writes down what the provider says of a refund of ours. One that failed gives its sum back to the payment, once; the order is told, and
 * staff, who have to pay it back in another way.
 *
 * @param answer null when the provider refused it outright
 */
export async function settleRefund(
  ctx: Context,
  refundId: string,
  answer: Pick<Stripe.Refund, 'id' | 'status'> | null,
): Promise<Refund['status']> {
  const status = statusOf(answer?.status ?? 'failed');
  return ctx.transaction(async (tx) => {
    const before = await tx.db
      .selectFrom('payment_refunds as refund')
      .innerJoin('payments as payment', 'payment.id', 'refund.payment_id')
      .select(['refund.status', 'refund.amount', 'payment.id as paymentId', 'payment.order_id as orderId'])
      .select(['payment.intent_id as intentId', 'payment.currency'])
      .where('refund.id', '=', refundId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    // an answer that was slower than a later one
    if (before.status === 'failed' || (before.status === 'succeeded' && status === 'pending'))
      return before.status;
    const now = tx.clock.now();
    await tx.db
      .updateTable('payment_refunds')
      .set({ status, updated_at: now, ...(answer === null ? {} : { refund_id: answer.id }) })
      .where('id', '=', refundId)
      .execute();
    if (status === 'failed') {
      await tx.db
        .updateTable('payments')
        .set((eb) => ({ refunded_amount: eb('refunded_amount', '-', before.amount), updated_at: now }))
        .where('id', '=', before.paymentId)
        .execute();
      await noteDiscrepancy(tx, {
        kind: 'refund_failed',
        subject: refundId,
        intentId: before.intentId,
        orderId: before.orderId,
        currency: before.currency,
        providerAmount: 0,
        ourAmount: before.amount,
      });
      if (before.orderId !== null)
        await tx.emit(refundFailed(before.orderId, { refundId, amount: before.amount }));
    }
    return status;
  });
}

/** A refund's state in three words: `requires_action` waits for the customer, and so is pending. */
export function statusOf(status: string | null): Refund['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}
