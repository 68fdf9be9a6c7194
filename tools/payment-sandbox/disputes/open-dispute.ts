import { book, platform } from '../balance/book.ts';
import type { Call } from '../call.ts';
import { behaviourOf } from '../methods/behaviour.ts';
import type { Charge, Dispute } from '../model.ts';
import { newId } from '../state/ids.ts';
import { schedule } from '../state/timers.ts';
import { emitEvent } from '../webhooks/emit-event.ts';

/** Milliseconds until the cardholder of such a test card disputes. */
const disputedAfter = 1_000;
const answerSeconds = 14 * 24 * 60 * 60;
/** What Stripe takes for a dispute, in minor units. */
export const disputeFee = 1_500;

/** Plans the dispute of a charge whose card is one of those. */
export function planDispute(call: Call, charge: Charge): void {
  if (reasonFor(call, charge) === undefined) return;
  schedule(call.sandbox, 'dispute', charge.id, call.sandbox.clock() + disputedAfter);
}

/** The cardholder wants the money back: it is taken from the balance until the dispute is decided. */
export function openDispute(call: Call, chargeId: string): void {
  const charge = call.sandbox.objects.find('charge', chargeId);
  const reason = charge && reasonFor(call, charge);
  if (!charge || !reason || charge.disputed || charge.amount_captured === 0) return;
  const id = newId('du');
  const amount = charge.amount_captured;
  const withdrawal = book(call, {
    owner: platform,
    type: 'adjustment',
    category: 'dispute',
    amount: -amount,
    fee: disputeFee,
    currency: charge.currency,
    source: id,
    description: `Chargeback withdrawal for ${charge.id}`,
  });
  const dispute: Dispute = {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [withdrawal],
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: call.now + answerSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: reason === 'fraudulent' ? '10.4' : '13.1',
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  };
  const disputed: Charge = { ...charge, disputed: true };
  call.sandbox.objects.save('charge', disputed);
  call.sandbox.objects.save('dispute', dispute, charge.payment_intent ?? charge.id);
  emitEvent(call, 'charge.dispute.created', dispute);
  emitEvent(call, 'charge.dispute.funds_withdrawn', dispute);
}

function reasonFor(call: Call, charge: Charge) {
  const method =
    charge.payment_method === null
      ? undefined
      : call.sandbox.objects.find('payment_method', charge.payment_method);
  return method && behaviourOf(call, method).dispute;
}

const noEvidence: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
