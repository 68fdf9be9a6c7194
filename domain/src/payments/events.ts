import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** The provider told of a change of a checkout's payment; the aggregate is the checkout. What it is now must be asked. */
export const paymentReported = defineEvent(
  'payment.reported',
  z.object({ intentId: z.string(), type: z.string() }),
);

/** The provider told that its own page for a checkout was completed or has lapsed; the aggregate is the checkout. */
export const hostedPaymentReported = defineEvent(
  'payment.hosted-reported',
  z.object({ sessionId: z.string(), type: z.string() }),
);

/** The provider told of a payment of an order that waits for its money; the aggregate is the order. See `settleOrderPayment`. */
export const orderPaymentReported = defineEvent('payment.order-reported', z.object({ type: z.string() }));

/** Money of an order went back, or is on its way; the aggregate is the order. `refundId` is ours and comes once. */
export const paymentRefunded = defineEvent(
  'payment.refunded',
  z.object({ refundId: z.uuid(), amount: z.int(), reason: z.string().nullable() }),
);

/** A refund that was told of came back: the order has that money again. The aggregate is the order. */
export const refundFailed = defineEvent(
  'payment.refund-failed',
  z.object({ refundId: z.uuid(), amount: z.int() }),
);

/** The bank holds the money of an order no longer: it was given up, or lapsed. The aggregate is the order. */
export const paymentVoided = defineEvent('payment.voided', z.object({ intentId: z.string().nullable() }));

/** The cardholder disputes the payment of an order; the aggregate is the order. The release before did not tell `disputeId`. */
export const paymentDisputed = defineEvent(
  'payment.disputed',
  z.object({
    disputeId: z.string().optional(),
    intentId: z.string(),
    amount: z.int(),
    reason: z.string(),
  }),
);

/** A dispute of an order's payment has ended, which may be all that is ever told of it; the aggregate is the order. It may come again. */
export const disputeClosed = defineEvent(
  'payment.dispute-closed',
  z.object({
    disputeId: z.string(),
    amount: z.int(),
    reason: z.string(),
    outcome: z.enum(['won', 'lost', 'closed']),
  }),
);
