import type { PaymentAttempt } from '../payments/index.ts';
import type { CheckoutRow } from './checkout-rows.ts';

/** What a try to pay is counted by, so that nobody tries card after card. */
export function attemptOf(
  checkout: Pick<CheckoutRow, 'id' | 'cartId' | 'attempt' | 'payment'>,
): PaymentAttempt {
  return {
    key: `${checkout.id}:${checkout.attempt}`,
    cartId: checkout.cartId ?? checkout.id,
    card: checkout.payment?.fingerprint ?? null,
  };
}
