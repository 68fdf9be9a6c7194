import type Stripe from 'stripe';
import { type CardRequest, type IntentState, idIn } from './model.ts';
import { detailOf } from './payment-detail.ts';

const statuses: Readonly<Record<string, IntentState['status']>> = {
  requires_payment_method: 'needs_card',
  requires_confirmation: 'needs_confirmation',
  requires_action: 'needs_action',
  processing: 'processing',
  requires_capture: 'authorised',
  succeeded: 'captured',
  canceled: 'cancelled',
};

/** What an intent of the provider's is, in Souk's words; what it is paid with is known when `payment_method` was expanded. */
export function stateOf(intent: Stripe.PaymentIntent): IntentState {
  const method = typeof intent.payment_method === 'object' ? intent.payment_method : null;
  const error = intent.last_payment_error;
  return {
    intentId: intent.id,
    checkoutId: intent.metadata.checkout_id ?? null,
    orderId: idIn(intent.metadata, 'order_id'),
    totalsVersion: intent.metadata.totals_version ? Number(intent.metadata.totals_version) : null,
    attempt: intent.metadata.attempt ? Number(intent.metadata.attempt) : null,
    amount: intent.amount,
    currency: intent.currency.toUpperCase(),
    // a status that Stripe invents later is not an answer yet
    status: statuses[intent.status] ?? 'processing',
    actionUrl: intent.next_action?.redirect_to_url?.url ?? null,
    detail: method === null ? null : detailOf(method),
    card: method?.card ? { brand: method.card.brand, last4: method.card.last4 ?? '' } : null,
    error: error ? error.decline_code || error.code || 'card_declined' : null,
  };
}

/** What an intent says of what it is for: whoever finds it can tell whose money it holds. */
export function metadataOf(request: CardRequest): Record<string, string> {
  return {
    checkout_id: request.checkoutId,
    totals_version: String(request.totalsVersion),
    attempt: String(request.attempt),
  };
}

/** Tells whether what is paid with is kept for the customer: a guest's never is. */
export function savesCard({ savesCard: wants = false, customerId = null }: CardRequest): boolean {
  return wants && customerId !== null;
}
