import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError, type NewEvent } from '../kernel/index.ts';
import type { OrderState } from './apply-order-event.ts';
import { isCancellable } from './cancel-rules.ts';
import { orderCancelled } from './events.ts';
import { orderToOpen } from './get-order.ts';
import type { CancelReason } from './history.ts';
import { changeOrder } from './order-store.ts';

/**
 * Calls an order off. Repeating it changes nothing. What is held or was paid for it is given back by those who hold it,
 * who hear of `order.cancelled`.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`, `conflict` with `{ reason: 'shipped' | 'completed' }`
 */
export async function cancelOrder(
  ctx: Context,
  input: { orderId: string; reason: CancelReason; requestId?: string | null },
): Promise<void> {
  authorise(ctx, 'orders:cancel');
  await cancel(ctx, input.orderId, {
    reason: input.reason,
    by: ctx.actor.kind === 'system' ? 'system' : 'staff',
    requestId: input.requestId ?? null,
  });
}

/**
 * Calls off one's own order, as the account that it belongs to or by its link: while it is not paid for, and a little longer. Repeating
 * it changes nothing.
 *
 * @throws DomainError `not_found` when it is not for who asks, `conflict` with `{ reason }` when it is too late
 */
export async function cancelMyOrder(
  ctx: Context,
  input: { number: string; token: string | null; requestId?: string | null },
): Promise<void> {
  authorise(ctx, 'orders:cancel:own');
  const { id } = await orderToOpen(ctx, input);
  const cancellation = { reason: 'requested', by: 'buyer', requestId: input.requestId ?? null } as const;
  await cancel(ctx, id, cancellation, (order) => {
    if (isCancellable(order, ctx.clock.now())) return;
    throw new DomainError('conflict', `order ${input.number} is on its way`, { reason: 'too_late' });
  });
}

/** Calls off an order that was not paid in time, unless something came in meanwhile. */
export async function cancelUnpaidOrder(ctx: Context, orderId: string): Promise<void> {
  await cancel(ctx, orderId, { reason: 'unpaid', by: 'system', requestId: null }, (order) => {
    if (order.paymentStatus === 'awaiting' && order.paidAmount === 0) return;
    throw new DomainError('conflict', `order ${orderId} is paid for`, { reason: 'paid_already' });
  });
}

async function cancel(
  ctx: Context,
  orderId: string,
  cancellation: { reason: CancelReason; by: 'buyer' | 'staff' | 'system'; requestId: string | null },
  check: (order: OrderState) => void = () => {},
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { before, after } = await changeOrder(tx, orderId, (order) => {
      if (order.status === 'cancelled') return [];
      check(order);
      return [{ type: 'ORDER_CANCELLED', data: cancellation }];
    });
    if (before.version === after.version) return;
    await tx.emit(cancellationOf(after, cancellation.by, before.paymentStatus));
    if (cancellation.by !== 'staff') return;
    const { reason } = cancellation;
    await recordAudit(tx, {
      action: 'order.cancelled',
      target: { kind: 'order', id: orderId },
      after: { reason },
    });
  });
}

/** What those hear who hold something for an order that is called off. */
export function cancellationOf(
  order: OrderState,
  by: 'buyer' | 'staff' | 'system',
  paymentStatus = order.paymentStatus,
): NewEvent {
  const { number, checkoutId, reservationId, currency, payment, giftCardAmount } = order.created;
  return orderCancelled(order.id, {
    number,
    checkoutId,
    reservationId,
    reason: order.cancelReason ?? 'other',
    by,
    currency,
    paymentMethod: payment.method,
    paymentStatus,
    refundableAmount: order.paidAmount - order.refundedAmount,
    giftCardAmount,
  });
}
