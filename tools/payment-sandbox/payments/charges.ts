import { z } from 'zod';
import { expand, paging, text } from '../api/parameters.ts';
import { availableLater, book, feeFor, platform } from '../balance/book.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Decline } from '../cards.ts';
import { planDispute } from '../disputes/open-dispute.ts';
import { behaviourOf } from '../methods/behaviour.ts';
import type { Charge, PaymentIntent, PaymentMethod } from '../model.ts';
import { newId } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { detailsOf, outcomeOf } from './charge-details.ts';
import { releaseHold } from './refund-charge.ts';

export const chargeOperations: Operation[] = [
  operation({
    name: 'charges.retrieve',
    method: 'GET',
    path: '/v1/charges/:id',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'charge'),
  }),
  operation({
    name: 'charges.list',
    method: 'GET',
    path: '/v1/charges',
    input: z.strictObject({ ...paging, payment_intent: text.optional() }),
    run: (call, { payment_intent: intent, ...query }) =>
      listAnswer(call, 'charge', '/v1/charges', {
        ...query,
        ...(intent !== undefined && { tags: [intent] }),
      }),
  }),
];

/** What became of asking the bank. */
export interface Attempt {
  isCaptured: boolean;
  isAuthenticated: boolean;
  /** The bank has not answered yet. */
  isPending?: boolean;
  decline: Decline | undefined;
}

/** Records one attempt to charge a card, refused ones too, and tells of it. */
export function createCharge(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  attempt: Attempt,
): Charge {
  const { decline } = attempt;
  const charge: Charge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: attempt.isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor,
    captured: attempt.isCaptured,
    created: call.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: !decline && !attempt.isPending,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(call, intent, method, attempt),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : attempt.isPending ? 'pending' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
  if (attempt.isCaptured) charge.balance_transaction = bookCharge(call, charge, charge.amount);
  call.sandbox.objects.save('charge', charge, intent.id);
  if (attempt.isCaptured) planDispute(call, charge);
  emitEvent(
    call,
    decline ? 'charge.failed' : attempt.isPending ? 'charge.pending' : 'charge.succeeded',
    charge,
  );
  return charge;
}

/** Takes `amount` of what is held; the last time it lets the rest go, which Stripe books as a refund of the rest. */
export function captureCharge(
  call: Call,
  charge: Charge,
  amount: number,
  { isFinal }: { isFinal: boolean },
): Charge {
  const taken = charge.amount_captured + amount;
  const booking = amount > 0 ? bookCharge(call, charge, amount) : null;
  const captured: Charge = {
    ...charge,
    captured: true,
    amount_captured: taken,
    balance_transaction: charge.balance_transaction ?? booking,
  };
  call.sandbox.objects.save('charge', captured);
  emitEvent(call, 'charge.captured', captured);
  const rest = charge.amount - taken;
  const left = isFinal && rest > 0 ? releaseHold(call, captured, rest) : captured;
  planDispute(call, left);
  return left;
}

/** Puts what was taken on the shop's balance, less the fee. */
function bookCharge(call: Call, charge: Charge, amount: number): string {
  const method = findOrRefuse(call, 'payment_method', charge.payment_method ?? '');
  return book(call, {
    owner: platform,
    type: method.type === 'card' ? 'charge' : 'payment',
    category: 'charge',
    amount,
    fee: feeFor(amount),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    availableOn: behaviourOf(call, method).isAvailableAtOnce ? call.now : availableLater(call),
  }).id;
}

/** The bank's late yes. */
export function succeedCharge(call: Call, charge: Charge): Charge {
  const paid: Charge = {
    ...charge,
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
    balance_transaction: bookCharge(call, charge, charge.amount),
  };
  call.sandbox.objects.save('charge', paid);
  emitEvent(call, 'charge.succeeded', paid);
  return paid;
}

/** The bank's late no. */
export function failCharge(call: Call, charge: Charge, decline: Decline): Charge {
  const failed: Charge = {
    ...charge,
    status: 'failed',
    paid: false,
    captured: false,
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: outcomeOf(decline),
  };
  call.sandbox.objects.save('charge', failed);
  emitEvent(call, 'charge.failed', failed);
  return failed;
}
