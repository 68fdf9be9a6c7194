import { addSeconds } from '../kernel/index.ts';
import type { OrderState } from './apply-order-event.ts';

/** How long buyers may call off what they have paid for: until it is likely to be packed. */
export const CANCEL_WINDOW_SECONDS = 60 * 60;

/** Tells whether buyers may call an order off by themselves: while it is not paid for, and a little longer. */
export function isCancellable(
  order: Pick<OrderState, 'status' | 'paymentStatus' | 'fulfilmentStatus' | 'placedAt'>,
  now: Date,
): boolean {
  if (order.status !== 'placed' || order.fulfilmentStatus !== 'unfulfilled') return false;
  if (order.paymentStatus === 'awaiting' || order.paymentStatus === 'authorised') return true;
  return order.paymentStatus === 'paid' && now <= addSeconds(order.placedAt, CANCEL_WINDOW_SECONDS);
}
