import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError } from '../kernel/index.ts';
import { isAwaited, type OrderState } from './apply-order-event.ts';
import { orderPaid } from './events.ts';
import { changeOrder } from './order-store.ts';

export const paymentInput = z.strictObject({
  orderId: z.uuid(),
  /** In minor units of the order's currency. */
  amount: z.int().positive(),
  /** As the bank statement or the till has it; may be empty. */
  reference: z.string().trim().max(140).default(''),
  /** Made once for each payment: a form that is sent twice counts once. */
  requestId: z.uuid(),
});

export const paymentReceipt = z.object({
  /** What is still to come. */
  openAmount: z.int(),
  isPaid: z.boolean(),
});
export type PaymentReceipt = z.infer<typeof paymentReceipt>;

/**
 * Notes money that came in for an order outside of the payment provider: a bank transfer, cash. It may come in parts; with the last the
 * order is paid.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`; `conflict` with `{ reason: 'not_awaiting' }` for an order that waits
 *   for no money, or with `{ reason: 'overpaid', openAmount }` for more than is open
 */
export async function receivePayment(
  ctx: Context,
  input: { orderId: string; amount: number; reference: string; requestId: string },
): Promise<PaymentReceipt> {
  authorise(ctx, 'orders:payments');
  const { orderId, ...payment } = input;
  return ctx.transaction(async (tx) => {
    const { before, after } = await changeOrder(tx, orderId, (order) => {
      if (order.references.includes(payment.requestId)) return [];
      refuseWhatIsNotOwed(order, payment.amount);
      return [{ type: 'PAYMENT_RECEIVED', data: payment }];
    });
    if (before.version < after.version) {
      const { amount } = payment;
      await recordAudit(tx, {
        action: 'order.payment-received',
        target: { kind: 'order', id: orderId },
        after: { amount },
      });
    }
    if (before.paymentStatus !== after.paymentStatus) {
      const { number, checkoutId } = after.created;
      await tx.emit(orderPaid(orderId, { number, checkoutId, amount: payment.amount }));
    }
    return { openAmount: openAmountOf(after), isPaid: after.paidAt !== null };
  });
}

function openAmountOf(order: OrderState): number {
  return order.created.payment.dueAmount - order.paidAmount;
}

function refuseWhatIsNotOwed(order: OrderState, amount: number): void {
  const { number } = order.created;
  if (!isAwaited(order)) {
    throw new DomainError('conflict', `order ${number} waits for no money`, { reason: 'not_awaiting' });
  }
  const openAmount = openAmountOf(order);
  if (amount > openAmount) {
    throw new DomainError('conflict', `order ${number} waits for ${openAmount}, not for ${amount}`, {
      reason: 'overpaid',
      openAmount,
    });
  }
}
