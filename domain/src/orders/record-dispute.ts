import type { TransactionContext } from '../kernel/index.ts';
import { disputeOf } from './apply-order-event.ts';
import type { DisputeOutcome, OrderHappening } from './history.ts';
import { changeOrder } from './order-store.ts';

/** A dispute as the provider tells of it; the amount in minor units of the order's currency. */
export interface OrderDispute {
  readonly disputeId: string;
  readonly amount: number;
  readonly reason: string;
}

/** Notes that the cardholder disputes the payment of an order; each dispute once. @throws DomainError `not_found` */
export async function recordDispute(
  tx: TransactionContext,
  orderId: string,
  dispute: OrderDispute,
): Promise<void> {
  await changeOrder(tx, orderId, (order) =>
    disputeOf(order, dispute.disputeId) === undefined ? [{ type: 'PAYMENT_DISPUTED', data: dispute }] : [],
  );
}

/**
 * Notes how a dispute ended, once; one that the order has not heard of is noted with its end.
 *
 * @throws DomainError `not_found`
 */
export async function recordDisputeClosed(
  tx: TransactionContext,
  orderId: string,
  { outcome, ...dispute }: OrderDispute & { readonly outcome: DisputeOutcome },
): Promise<void> {
  await changeOrder(tx, orderId, (order) => {
    const known = disputeOf(order, dispute.disputeId);
    if (known !== undefined && known.outcome !== null) return [];
    const closed: OrderHappening = {
      type: 'DISPUTE_CLOSED',
      data: { disputeId: dispute.disputeId, outcome },
    };
    return known === undefined ? [{ type: 'PAYMENT_DISPUTED', data: dispute }, closed] : [closed];
  });
}
