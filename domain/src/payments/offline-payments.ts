import { type CurrencyCode, DomainError, enqueue, type TransactionContext } from '../kernel/index.ts';
import { closePageJob } from './close-page.ts';
import type { PaymentMethod } from './model.ts';
import { requirePayment } from './payment-records.ts';

/**
 * How an order is to be paid for which no bank was asked, to be written in the transaction that makes the order: its money is awaited, or,
 * where gift cards paid for all of it, nothing is.
 */
export function offlineNote(
  tx: TransactionContext,
  payment: {
    checkoutId: string;
    orderId: string;
    method: Exclude<PaymentMethod, 'card'>;
    /** What is due: the total without what gift cards pay. */
    amount: number;
    currency: CurrencyCode;
  },
) {
  const isPaid = payment.method === 'gift_card';
  if (isPaid && payment.amount !== 0) {
    throw new Error(`order ${payment.orderId} owes ${payment.amount} beside its gift cards`);
  }
  const now = tx.clock.now();
  return tx.db.insertInto('payments').values({
    id: tx.ids.next(),
    checkout_id: payment.checkoutId,
    order_id: payment.orderId,
    method: payment.method,
    intent_id: null,
    currency: payment.currency,
    amount: payment.amount,
    status: isPaid ? 'captured' : 'awaiting',
    created_at: now,
    updated_at: now,
  });
}

/**
 * Notes that an order's awaited money came outside of the provider, as staff saw on the bank's statement or in the till. A page on
 * which it could still be paid is closed.
 *
 * @param input.amount all that is due: money that does not fit is sent back or asked for, not noted
 * @param input.reference what it was known by
 * @returns false when it was noted before
 * @throws DomainError `not_found`, `payment_mismatch` with `{ dueAmount }`, `conflict` when the order awaits no money
 */
export async function recordReceived(
  tx: TransactionContext,
  input: { orderId: string; amount: number; reference: string },
): Promise<boolean> {
  const payment = await requirePayment(tx, input.orderId, { forUpdate: true });
  if (payment.amount !== input.amount) {
    throw new DomainError('payment_mismatch', `order ${input.orderId} is due ${payment.amount}`, {
      dueAmount: payment.amount,
    });
  }
  if (payment.status === 'captured' && payment.intentId === null) return false;
  if (payment.status !== 'awaiting') {
    throw new DomainError('conflict', `the payment of order ${input.orderId} is ${payment.status}`);
  }
  const now = tx.clock.now();
  await tx.db
    .updateTable('payments')
    .set({
      status: 'captured',
      captured_amount: input.amount,
      reference: input.reference,
      received_at: now,
      updated_at: now,
    })
    .where('id', '=', payment.id)
    .execute();
  if (payment.sessionId !== null) {
    const { sessionId } = payment;
    await enqueue(tx, closePageJob, { sessionId }, { key: `close-page:${sessionId}` });
  }
  return true;
}
