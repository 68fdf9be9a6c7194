import { z } from 'zod';
import { expand, paging, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Decline } from '../cards.ts';
import type { Charge, PaymentIntent, PaymentMethod } from '../model.ts';
import { newId } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { refundCharge } from './refund-charge.ts';

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
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: cardDetails(call, intent, method, attempt),
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
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
  call.sandbox.objects.save('charge', charge, intent.id);
  emitEvent(call, decline ? 'charge.failed' : 'charge.succeeded', charge);
  return charge;
}

/** Takes `amount` of what was held and lets the rest go, which Stripe books as a refund of the rest. */
export function captureCharge(call: Call, charge: Charge, amount: number): Charge {
  const captured: Charge = { ...charge, captured: true, amount_captured: amount };
  call.sandbox.objects.save('charge', captured);
  emitEvent(call, 'charge.captured', captured);
  const rest = charge.amount - amount;
  return rest > 0 ? refundCharge(call, captured, rest, {}).charge : captured;
}

function outcomeOf(decline: Decline | undefined): Charge['outcome'] {
  const common = { advice_code: null, network_advice_code: null, network_decline_code: null };
  if (!decline) {
    return {
      ...common,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  const isBlocked = decline.isBlocked === true;
  return {
    ...common,
    network_status: isBlocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: isBlocked ? 'highest_risk_level' : (decline.declineCode ?? decline.code),
    risk_level: isBlocked ? 'highest' : 'normal',
    risk_score: isBlocked ? 95 : 12,
    seller_message: isBlocked
      ? 'Stripe blocked this payment as too risky.'
      : 'The bank did not return any further details with this decline.',
    type: isBlocked ? 'blocked' : 'issuer_declined',
  };
}

const holdSeconds = 7 * 24 * 60 * 60;

function cardDetails(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  attempt: Attempt,
): Charge['payment_method_details'] {
  const { card } = method;
  const isHeld = !attempt.isCaptured && !attempt.decline;
  return {
    card: {
      amount_authorized: attempt.decline ? null : intent.amount,
      authorization_code: null,
      brand: card.brand,
      ...(isHeld && { capture_before: call.now + holdSeconds }),
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: attempt.decline?.code === 'incorrect_cvc' ? 'fail' : 'pass',
      },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: card.regulated_status,
      three_d_secure: attempt.isAuthenticated
        ? {
            authentication_flow: 'challenge',
            electronic_commerce_indicator: '05',
            exemption_indicator: null,
            result: 'authenticated',
            result_reason: null,
            transaction_id: null,
            version: '2.2.0',
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
}
