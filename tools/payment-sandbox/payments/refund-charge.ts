import { mergeMetadata } from '../api/parameters.ts';
import type { Call } from '../call.ts';
import type { Charge, Refund } from '../model.ts';
import { newId } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';

/**
 * Books a refund on its charge, or lets go of money that was only held: Stripe books both the same way.
 *
 * @param amount in minor units; the caller has checked that so much is left
 */
export function refundCharge(
  call: Call,
  charge: Charge,
  amount: number,
  details: {
    reason?: Refund['reason'] | undefined;
    metadata?: Record<string, string> | null | undefined;
  } = {},
): { charge: Charge; refund: Refund } {
  const refunded = charge.amount_refunded + amount;
  const changed: Charge = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount };
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { card: { type: charge.captured ? 'refund' : 'reversal' }, type: 'card' },
    metadata: mergeMetadata({}, details.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: details.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  call.sandbox.objects.save('charge', changed);
  call.sandbox.objects.save('refund', refund, charge.payment_intent ?? charge.id);
  emitEvent(call, 'refund.created', refund);
  emitEvent(call, 'charge.refunded', changed);
  return { charge: changed, refund };
}
