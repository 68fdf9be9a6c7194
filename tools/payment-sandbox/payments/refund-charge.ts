import { mergeMetadata } from '../api/parameters.ts';
import { book, platform } from '../balance/book.ts';
import type { Call } from '../call.ts';
import { behaviourOf } from '../methods/behaviour.ts';
import type { Charge, Refund } from '../model.ts';
import { newId } from '../state/ids.ts';
import { schedule } from '../state/timers.ts';
import { emitEvent } from '../webhooks/emit-event.ts';

/** Milliseconds until a refund that takes its time is settled. */
const settlesAfter = 1_500;

export interface RefundDetails {
  reason?: Refund['reason'] | undefined;
  metadata?: Record<string, string> | null | undefined;
}

/**
 * Gives money back.
 *
 * @param amount in minor units; the caller has checked that so much is left
 */
export function refundCharge(
  call: Call,
  charge: Charge,
  amount: number,
  details: RefundDetails,
): { charge: Charge; refund: Refund } {
  const settles = behaviourOf(call, methodOf(call, charge)).refund;
  const id = newId('re');
  const { id: transaction } = book(call, {
    owner: platform,
    type: 'refund',
    category: 'refund',
    amount: -amount,
    currency: charge.currency,
    source: id,
    description: `REFUND FOR CHARGE (${charge.id})`,
    ...fundsOf(call, charge),
  });
  if (settles !== undefined) {
    schedule(call.sandbox, 'refund_answer', id, call.sandbox.clock() + settlesAfter);
  }
  return record(call, charge, {
    ...refundOf(call, charge, amount, details),
    id,
    balance_transaction: transaction,
    destination_details: destinationOf(charge, 'refund'),
    status: settles === 'pending' ? 'pending' : 'succeeded',
  });
}

/** Lets go of money that was only held: Stripe books that as a refund, though none moves. */
export function releaseHold(call: Call, charge: Charge, amount: number): Charge {
  const refund = refundOf(call, charge, amount, {});
  return record(call, charge, { ...refund, destination_details: destinationOf(charge, 'reversal') }).charge;
}

function record(call: Call, charge: Charge, refund: Refund): { charge: Charge; refund: Refund } {
  const refunded = charge.amount_refunded + refund.amount;
  const changed: Charge = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount };
  call.sandbox.objects.save('charge', changed);
  call.sandbox.objects.save('refund', refund, charge.payment_intent ?? charge.id);
  emitEvent(call, 'refund.created', refund);
  emitEvent(call, 'charge.refunded', changed);
  return { charge: changed, refund };
}

function refundOf(call: Call, charge: Charge, amount: number, details: RefundDetails): Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: mergeMetadata({}, details.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: details.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

function destinationOf(
  charge: Charge,
  type: 'refund' | 'reversal',
): NonNullable<Refund['destination_details']> {
  const kind = charge.payment_method_details?.type ?? 'card';
  return kind === 'card' ? { card: { type }, type: 'card' } : { type: kind };
}

/** A refund of money that is still pending comes out of that. */
function fundsOf(call: Call, charge: Charge): { availableOn?: number } {
  const taken =
    charge.balance_transaction === null
      ? undefined
      : call.sandbox.objects.find('balance_transaction', charge.balance_transaction);
  return taken && taken.available_on > call.now ? { availableOn: taken.available_on } : {};
}

function methodOf(call: Call, charge: Charge) {
  const method = call.sandbox.objects.find('payment_method', charge.payment_method ?? '');
  if (!method) throw new Error(`charge ${charge.id} has no payment method`);
  return method;
}
