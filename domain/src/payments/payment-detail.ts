import type Stripe from 'stripe';
import type { PaymentDetail } from './model.ts';

/** What the provider calls a payment method, kept or only previewed. */
type Method = Pick<Stripe.PaymentMethod, 'type' | 'card' | 'sepa_debit' | 'us_bank_account' | 'bacs_debit'>;

/** What is paid with, in Souk's words. */
export function detailOf(method: Method | Stripe.ConfirmationToken.PaymentMethodPreview): PaymentDetail {
  const { card } = method;
  const account = method.sepa_debit ?? method.us_bank_account ?? method.bacs_debit;
  return {
    type: method.type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? account?.last4 ?? null,
    wallet: card?.wallet?.type ?? null,
    fingerprint: card?.fingerprint ?? account?.fingerprint ?? null,
  };
}
