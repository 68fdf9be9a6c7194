import { z } from 'zod';
import { orderCreated, paymentDetail } from './order-draft.ts';

const amount = z.int().positive();

/** Why an order was called off. */
export const cancelReason = z.enum(['requested', 'unpaid', 'out_of_stock', 'mistake', 'fraud', 'other']);
export type CancelReason = z.infer<typeof cancelReason>;

/** How a dispute ended; `closed` when the bank only asked, or took it back. */
export const disputeOutcome = z.enum(['won', 'lost', 'closed']);
export type DisputeOutcome = z.infer<typeof disputeOutcome>;

/** What can happen to an order, and what is told of it. An order is what these add up to: see `applyOrderEvent`. */
export const happenings = {
  ORDER_CREATED: orderCreated,
  /** The bank holds the money. */
  PAYMENT_AUTHORIZED: z.object({ amount }),
  /** It is to be paid by then, after the order. */
  PAYMENT_AWAITED: z.object({ dueAt: z.iso.datetime() }),
  PAYMENT_REMINDED: z.object({}),
  /** The provider took the money; `detail` is told where it was not known before. */
  PAYMENT_CAPTURED: z.object({ amount, detail: paymentDetail.nullable().default(null) }),
  /** Money came in by another way: a bank transfer, cash. */
  PAYMENT_RECEIVED: z.object({ amount, reference: z.string(), requestId: z.string() }),
  /** What the bank held was let go. */
  PAYMENT_VOIDED: z.object({}),
  PAYMENT_REFUNDED: z.object({ amount, refundId: z.string() }),
  /** A refund did not arrive: the shop has that money again, and the buyer does not. */
  REFUND_FAILED: z.object({ amount, refundId: z.string() }),
  /** The cardholder asks the bank for the money back; what the bank takes for it is no refund of the shop's. */
  PAYMENT_DISPUTED: z.object({ amount, disputeId: z.string(), reason: z.string() }),
  DISPUTE_CLOSED: z.object({ disputeId: z.string(), outcome: disputeOutcome }),
  ORDER_CANCELLED: z.object({
    reason: cancelReason,
    by: z.enum(['buyer', 'staff', 'system']),
    requestId: z.string().nullable(),
  }),
  /** A guest's order became that of an account; null once its owner is erased. */
  ORDER_ATTACHED: z.object({ userId: z.uuid().nullable() }),
  /** All that tells who its buyer was is gone, here and in the events before. */
  ORDER_ANONYMISED: z.object({}),
} as const;
export type OrderEventType = keyof typeof happenings;

/** Something that happened to an order, not yet written down. */
export type OrderHappening = {
  [Type in OrderEventType]: { readonly type: Type; readonly data: z.input<(typeof happenings)[Type]> };
}[OrderEventType];

/** An entry of an order's history. `version` counts from 1 without gaps. */
export type OrderEvent = {
  [Type in OrderEventType]: {
    readonly type: Type;
    readonly data: z.output<(typeof happenings)[Type]>;
    readonly orderId: string;
    readonly version: number;
    readonly occurredAt: Date;
  };
}[OrderEventType];

const entry = <Type extends OrderEventType>(type: Type) =>
  z.object({
    type: z.literal(type),
    data: happenings[type],
    orderId: z.uuid(),
    version: z.int().positive(),
    occurredAt: z.date(),
  });

/** Reads an entry as it is kept; what it lacks because it is older than a field gets the field's default. */
export const orderEvent: z.ZodType<OrderEvent> = z.discriminatedUnion('type', [
  entry('ORDER_CREATED'),
  entry('PAYMENT_AUTHORIZED'),
  entry('PAYMENT_AWAITED'),
  entry('PAYMENT_REMINDED'),
  entry('PAYMENT_CAPTURED'),
  entry('PAYMENT_RECEIVED'),
  entry('PAYMENT_VOIDED'),
  entry('PAYMENT_REFUNDED'),
  entry('REFUND_FAILED'),
  entry('PAYMENT_DISPUTED'),
  entry('DISPUTE_CLOSED'),
  entry('ORDER_CANCELLED'),
  entry('ORDER_ATTACHED'),
  entry('ORDER_ANONYMISED'),
]);
