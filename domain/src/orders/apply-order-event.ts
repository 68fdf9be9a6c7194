import { DomainError } from '../kernel/index.ts';
import type { CancelReason, DisputeOutcome, OrderEvent, OrderEventType } from './history.ts';
import type { OrderCreated, PaymentDetail } from './order-draft.ts';

export type OrderStatus = 'placed' | 'completed' | 'cancelled';
export type PaymentStatus = 'awaiting' | 'authorised' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';

/** What an order is after some of its history. */
export interface OrderState {
  readonly id: string;
  /** How many events it is made of. */
  readonly version: number;
  /** As it was agreed to; without who and where once its buyer is erased. */
  readonly created: OrderCreated;
  readonly userId: string | null;
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly fulfilmentStatus: 'unfulfilled' | 'fulfilled';
  readonly paymentDetail: PaymentDetail | null;
  readonly paidAmount: number;
  readonly refundedAmount: number;
  readonly paymentDueAt: Date | null;
  readonly remindedAt: Date | null;
  readonly paidAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: CancelReason | null;
  readonly placedAt: Date;
  readonly updatedAt: Date;
  /** Of payments that were received and refunds that were made: each counts once. */
  readonly references: readonly string[];
  /** Of refunds that did not arrive. */
  readonly failedRefunds: readonly string[];
  /** The outcome is null while the bank has not decided. */
  readonly disputes: readonly { readonly disputeId: string; readonly outcome: DisputeOutcome | null }[];
}

type Of<Type extends OrderEventType> = Extract<OrderEvent, { type: Type }>;
type Changes = Partial<Omit<OrderState, 'id' | 'version' | 'updatedAt' | 'placedAt'>>;

/**
 * The state machine of an order: what it is after one more event. Pure; the same history always makes the same order.
 *
 * @param state null before the first event
 * @throws DomainError `conflict` with `{ reason }` for what cannot happen to an order in this state
 */
export function applyOrderEvent(state: OrderState | null, event: OrderEvent): OrderState {
  if (event.type === 'ORDER_CREATED') return create(state, event);
  if (state === null) throw refusal(event, 'no_order');
  if (event.version !== state.version + 1) throw refusal(event, 'out_of_order');
  return { ...state, ...changesOf(state, event), version: event.version, updatedAt: event.occurredAt };
}

/** What an order is after all of its history. @throws DomainError `conflict`, also for a history without a beginning */
export function foldOrder(events: readonly OrderEvent[]): OrderState {
  let state: OrderState | null = null;
  for (const event of events) state = applyOrderEvent(state, event);
  if (state === null)
    throw new DomainError('conflict', 'a history without a beginning', { reason: 'no_order' });
  return state;
}

function create(state: OrderState | null, event: Of<'ORDER_CREATED'>): OrderState {
  if (state !== null) throw refusal(event, 'exists');
  if (event.version !== 1) throw refusal(event, 'out_of_order');
  const { data, occurredAt } = event;
  const isPaidByGiftCards = data.payment.dueAmount === 0;
  return {
    id: event.orderId,
    version: 1,
    created: data,
    userId: data.userId,
    status: 'placed',
    paymentStatus: isPaidByGiftCards ? 'paid' : 'awaiting',
    fulfilmentStatus: 'unfulfilled',
    paymentDetail: data.payment.detail,
    paidAmount: 0,
    refundedAmount: 0,
    paymentDueAt: null,
    remindedAt: null,
    paidAt: isPaidByGiftCards ? occurredAt : null,
    cancelledAt: null,
    cancelReason: null,
    placedAt: occurredAt,
    updatedAt: occurredAt,
    references: [],
    failedRefunds: [],
    disputes: [],
  };
}

function changesOf(order: OrderState, event: Exclude<OrderEvent, Of<'ORDER_CREATED'>>): Changes {
  switch (event.type) {
    case 'PAYMENT_AUTHORIZED':
      return authorised(order, event);
    case 'PAYMENT_AWAITED':
      permit(event, order.paymentStatus === 'awaiting', 'not_awaiting');
      return { paymentDueAt: new Date(event.data.dueAt) };
    case 'PAYMENT_REMINDED':
      permit(event, isAwaited(order), 'not_awaiting');
      return { remindedAt: event.occurredAt };
    case 'PAYMENT_CAPTURED':
      return captured(order, event);
    case 'PAYMENT_RECEIVED':
      return received(order, event);
    case 'PAYMENT_VOIDED':
      permit(event, order.paymentStatus === 'authorised', 'nothing_held');
      return { paymentStatus: 'voided' };
    case 'PAYMENT_REFUNDED':
      return refunded(order, event);
    case 'REFUND_FAILED':
      return refundFailed(order, event);
    case 'PAYMENT_DISPUTED':
      permit(event, disputeOf(order, event.data.disputeId) === undefined, 'repeated');
      return { disputes: [...order.disputes, { disputeId: event.data.disputeId, outcome: null }] };
    case 'DISPUTE_CLOSED':
      return disputeClosed(order, event);
    case 'ORDER_CANCELLED':
      return cancelled(order, event);
    case 'ORDER_ATTACHED':
      permit(event, order.userId === null, 'somebodys');
      return { userId: event.data.userId };
    case 'ORDER_ANONYMISED':
      return { userId: null, created: withoutPerson(order.created) };
  }
}

function authorised(order: OrderState, event: Of<'PAYMENT_AUTHORIZED'>): Changes {
  permit(event, isAwaited(order) && order.paidAmount === 0, 'not_awaiting');
  permit(event, event.data.amount === order.created.payment.dueAmount, 'wrong_amount');
  return { paymentStatus: 'authorised' };
}

/** Money that was taken is a fact, whatever became of the order meanwhile: of a cancelled one it is to be given back. */
function captured(order: OrderState, event: Of<'PAYMENT_CAPTURED'>): Changes {
  const { amount, detail } = event.data;
  permit(event, ['awaiting', 'authorised', 'voided'].includes(order.paymentStatus), 'paid_already');
  permit(event, amount === order.created.payment.dueAmount - order.paidAmount, 'wrong_amount');
  return { ...paidBy(order, event, amount), ...(detail === null ? {} : { paymentDetail: detail }) };
}

function received(order: OrderState, event: Of<'PAYMENT_RECEIVED'>): Changes {
  permit(event, isAwaited(order), 'not_awaiting');
  permit(event, !order.references.includes(event.data.requestId), 'repeated');
  return {
    ...paidBy(order, event, event.data.amount),
    references: [...order.references, event.data.requestId],
  };
}

function paidBy(order: OrderState, event: OrderEvent, amount: number): Changes {
  const paidAmount = order.paidAmount + amount;
  const { dueAmount } = order.created.payment;
  permit(event, paidAmount <= dueAmount, 'overpaid');
  return paidAmount === dueAmount
    ? { paidAmount, paymentStatus: 'paid', paidAt: event.occurredAt }
    : { paidAmount };
}

function refunded(order: OrderState, event: Of<'PAYMENT_REFUNDED'>): Changes {
  const refundedAmount = order.refundedAmount + event.data.amount;
  permit(event, refundedAmount <= order.paidAmount, 'more_than_paid');
  permit(event, !order.references.includes(event.data.refundId), 'repeated');
  return {
    refundedAmount,
    paymentStatus: refundedAmount === order.paidAmount ? 'refunded' : 'partially_refunded',
    references: [...order.references, event.data.refundId],
  };
}

/** The order is as if that refund had never been; what is left of others stays. */
function refundFailed(order: OrderState, event: Of<'REFUND_FAILED'>): Changes {
  const { amount, refundId } = event.data;
  permit(event, order.references.includes(refundId), 'never_refunded');
  permit(event, !order.failedRefunds.includes(refundId), 'repeated');
  const refundedAmount = order.refundedAmount - amount;
  permit(event, refundedAmount >= 0, 'more_than_refunded');
  const unrefunded = order.paidAt === null ? 'awaiting' : 'paid';
  return {
    refundedAmount,
    paymentStatus: refundedAmount === 0 ? unrefunded : 'partially_refunded',
    failedRefunds: [...order.failedRefunds, refundId],
  };
}

function disputeClosed(order: OrderState, event: Of<'DISPUTE_CLOSED'>): Changes {
  const { disputeId, outcome } = event.data;
  const dispute = disputeOf(order, disputeId);
  permit(event, dispute !== undefined, 'never_disputed');
  permit(event, dispute?.outcome === null, 'closed_already');
  return {
    disputes: order.disputes.map((one) => (one.disputeId === disputeId ? { disputeId, outcome } : one)),
  };
}

export function disputeOf(order: OrderState, disputeId: string): OrderState['disputes'][number] | undefined {
  return order.disputes.find((dispute) => dispute.disputeId === disputeId);
}

function cancelled(order: OrderState, event: Of<'ORDER_CANCELLED'>): Changes {
  permit(event, order.status === 'placed', order.status === 'cancelled' ? 'cancelled_already' : 'completed');
  permit(event, order.fulfilmentStatus === 'unfulfilled', 'shipped');
  const { paymentStatus, paidAmount } = order;
  const owesNothing = paymentStatus === 'awaiting' && paidAmount === 0;
  const isPaidByGiftCards = paymentStatus === 'paid' && paidAmount === 0;
  return {
    status: 'cancelled',
    cancelledAt: event.occurredAt,
    cancelReason: event.data.reason,
    ...(owesNothing ? { paymentStatus: 'voided' } : {}),
    // what was taken from gift cards goes back to them with the cancellation
    ...(isPaidByGiftCards ? { paymentStatus: 'refunded' } : {}),
  };
}

/** Tells whether money is still to come for it, other than from a bank that holds it. */
export function isAwaited(order: Pick<OrderState, 'status' | 'paymentStatus'>): boolean {
  return order.status === 'placed' && order.paymentStatus === 'awaiting';
}

/** What an order was created with, less all that tells who bought it. Country and region stay: taxes were reckoned by them. */
export function withoutPerson<Created extends OrderCreated>(created: Created): Created {
  const unnamed = { fullName: '', line1: '', line2: '', city: '', postcode: '', phone: '' };
  const { shippingAddress, billingAddress } = created;
  return {
    ...created,
    userId: null,
    email: '',
    shippingAddress: { ...shippingAddress, ...unnamed },
    billingAddress: { ...billingAddress, ...unnamed },
    vatId: null,
    note: '',
    giftMessage: '',
  };
}

function permit(event: OrderEvent, isPossible: boolean, reason: string): void {
  if (!isPossible) throw refusal(event, reason);
}

function refusal(event: OrderEvent, reason: string): DomainError {
  return new DomainError('conflict', `${event.type} cannot happen to order ${event.orderId}: ${reason}`, {
    reason,
  });
}
