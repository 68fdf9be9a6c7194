import { unexpectedState } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { createPaymentMethod } from '../methods/create-method.ts';
import { checkOwner, usePaymentMethod } from '../methods/use-method.ts';
import type { IntentStatus, PaymentIntent } from '../model.ts';
import { checkAmount, type UpdateInput } from './intent-parameters.ts';
import { withMethodTypes } from './method-types.ts';

const open: readonly IntentStatus[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/**
 * Changes an intent. What decides how much is paid and by what can change until it is confirmed, words and metadata always.
 *
 * @throws ApiError 400 `payment_intent_unexpected_state` for a change of terms after that
 */
export function updateIntent(call: Call, intent: PaymentIntent, input: UpdateInput): PaymentIntent {
  const terms = (
    ['amount', 'currency', 'capture_method', 'customer', 'payment_method', 'payment_method_data'] as const
  ).filter((name) => input[name] !== undefined);
  const [firstTerm] = terms;
  if (firstTerm !== undefined && !open.includes(intent.status)) {
    throw unexpectedState(
      intent,
      `This PaymentIntent's ${firstTerm} could not be updated because it has a status of ${intent.status}. You may only update the ${firstTerm} of a PaymentIntent with one of the following statuses: ${open.join(', ')}.`,
    );
  }
  const amount = input.amount ?? intent.amount;
  const currency = input.currency ?? intent.currency;
  if (terms.length > 0) checkAmount(amount, currency);
  const changed: PaymentIntent = {
    ...intent,
    ...wordsOf(intent, input),
    amount,
    currency,
    capture_method: input.capture_method ?? intent.capture_method,
    customer: input.customer ?? intent.customer,
    setup_future_usage:
      input.setup_future_usage === undefined ? intent.setup_future_usage : input.setup_future_usage,
    metadata: input.metadata === undefined ? intent.metadata : mergeMetadata(intent.metadata, input.metadata),
    shipping: input.shipping === undefined ? intent.shipping : input.shipping,
  };
  if (input.customer !== undefined) findOrRefuse(call, 'customer', input.customer, 'customer');
  const typed = withMethodTypes(changed, input);
  const updated = terms.length > 0 ? toBeConfirmed(call, typed, input) : typed;
  call.sandbox.objects.save('payment_intent', updated);
  return updated;
}

/** Puts a payment method on an intent without confirming it. */
export function attachMethod(call: Call, intent: PaymentIntent, methodId: string): PaymentIntent {
  return updateIntent(call, intent, { payment_method: methodId });
}

/** New terms need a new confirmation: an authentication under way was for the old ones. */
function toBeConfirmed(call: Call, intent: PaymentIntent, input: UpdateInput): PaymentIntent {
  const given = input.payment_method_data
    ? createPaymentMethod(call, input.payment_method_data)
    : input.payment_method === undefined
      ? undefined
      : usePaymentMethod(call, input.payment_method);
  if (given) checkOwner(given, intent.customer, 'PaymentIntent');
  const method = given?.id ?? intent.payment_method;
  return {
    ...intent,
    payment_method: method,
    next_action: null,
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
  };
}

function wordsOf(intent: PaymentIntent, input: UpdateInput) {
  const names = [
    'description',
    'receipt_email',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_group',
  ] as const;
  return Object.fromEntries(
    names.map((name) => [name, input[name] === undefined ? intent[name] : input[name]]),
  );
}
