import { z } from 'zod';
import { currencyCode, defineEvent } from '../kernel/index.ts';
import { cancelReason } from './history.ts';
import { paymentMethod } from './order-draft.ts';

const paymentStatus = z.enum(['awaiting', 'authorised', 'paid', 'partially_refunded', 'refunded', 'voided']);

/** An order exists; the aggregate is the order. What is optional the release before did not tell. */
export const orderPlaced = defineEvent(
  'order.placed',
  z.object({
    number: z.string(),
    checkoutId: z.uuid(),
    paymentMethod: paymentMethod.optional(),
    paymentStatus: paymentStatus.optional(),
  }),
);

/** All that is due for an order came in; `amount` is what did so just now. The aggregate is the order. */
export const orderPaid = defineEvent(
  'order.paid',
  z.object({ number: z.string(), checkoutId: z.uuid().optional(), amount: z.int() }),
);

/**
 * An order was called off; the aggregate is the order. Who holds something for it gives it back: money that the bank holds
 * (`paymentStatus` is what it was before) or that was taken (`refundableAmount`), stock, uses of promotions, gift cards. It comes again
 * when money is taken all the same, which is then to be given back.
 */
export const orderCancelled = defineEvent(
  'order.cancelled',
  z.object({
    number: z.string(),
    checkoutId: z.uuid(),
    reservationId: z.uuid(),
    reason: cancelReason,
    by: z.enum(['buyer', 'staff', 'system']),
    currency: currencyCode,
    paymentMethod,
    paymentStatus,
    /** Money that was taken and not yet given back. */
    refundableAmount: z.int(),
    giftCardAmount: z.int(),
  }),
);

/** Money was given back; the aggregate is the order. */
export const orderRefunded = defineEvent(
  'order.refunded',
  z.object({ number: z.string(), amount: z.int(), refundId: z.string() }),
);

/** The buyer of an order that is not paid yet is to be reminded; the aggregate is the order. */
export const paymentReminded = defineEvent('order.payment-reminded', z.object({ number: z.string() }));
