import { ApiError, docUrl, invalidParameter, refused, unexpectedState } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { settleSession } from '../checkout/complete-session.ts';
import type { IntentStatus, PaymentIntent } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { captureCharge } from './charges.ts';
import type { CancelInput, CaptureInput } from './intent-parameters.ts';
import { releaseHold } from './refund-charge.ts';

export const cancelable: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
];

/**
 * Takes the money that is held, or part of it. The rest is let go, unless more captures are to come
 * (`final_capture=false`, which cards allow whose intent asked for `request_multicapture=if_available`).
 *
 * @throws ApiError 400 `payment_intent_unexpected_state` unless it waits for capture, `amount_too_large` beyond what is held
 */
export function captureIntent(call: Call, intent: PaymentIntent, input: CaptureInput): PaymentIntent {
  if (intent.status !== 'requires_capture' || intent.latest_charge === null) {
    throw unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  const amount = input.amount_to_capture ?? intent.amount_capturable;
  if (amount > intent.amount_capturable) {
    const code = 'amount_too_large';
    throw new ApiError(400, {
      code,
      doc_url: docUrl(code),
      message: `The PaymentIntent could not be captured because the requested capture amount is greater than the authorized amount: ${intent.amount_capturable}.`,
      param: 'amount_to_capture',
      payment_intent: intent,
      type: 'invalid_request_error',
    });
  }
  const isFinal = input.final_capture !== false;
  checkParts(intent, amount, isFinal);
  const charge = findOrRefuse(call, 'charge', intent.latest_charge);
  captureCharge(call, charge, amount, { isFinal });
  const isLast = isFinal || amount === intent.amount_capturable;
  const captured: PaymentIntent = {
    ...intent,
    status: isLast ? 'succeeded' : 'requires_capture',
    amount_capturable: isLast ? 0 : intent.amount_capturable - amount,
    amount_received: intent.amount_received + amount,
    metadata: input.metadata === undefined ? intent.metadata : mergeMetadata(intent.metadata, input.metadata),
  };
  call.sandbox.objects.save('payment_intent', captured);
  if (!isLast) {
    emitEvent(call, 'payment_intent.amount_capturable_updated', captured);
    return captured;
  }
  emitEvent(call, 'payment_intent.succeeded', captured);
  settleSession(call, captured.id, true, false);
  return captured;
}

function checkParts(intent: PaymentIntent, amount: number, isFinal: boolean): void {
  if (amount === 0 && (intent.amount_received === 0 || !isFinal)) {
    throw invalidParameter('amount_to_capture', 'This value must be greater than or equal to 1.');
  }
  const options = intent.payment_method_options?.card;
  if (!isFinal && options?.request_multicapture !== 'if_available') {
    throw refused(
      'This PaymentIntent does not support multiple captures: set `payment_method_options[card][request_multicapture]` to `if_available` when you confirm it.',
      { param: 'final_capture' },
    );
  }
}

/**
 * Ends an intent that was not paid; money that is held is let go.
 *
 * @throws ApiError 400 `payment_intent_unexpected_state` when it is paid or cancelled
 */
export function cancelIntent(call: Call, intent: PaymentIntent, input: CancelInput): PaymentIntent {
  if (!cancelable.includes(intent.status) || intent.amount_received > 0) {
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`,
    );
  }
  if (intent.status === 'requires_capture' && intent.latest_charge !== null) {
    const charge = findOrRefuse(call, 'charge', intent.latest_charge);
    releaseHold(call, charge, charge.amount);
  }
  const canceled: PaymentIntent = {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: call.now,
    cancellation_reason: input.cancellation_reason ?? null,
    next_action: null,
  };
  call.sandbox.objects.save('payment_intent', canceled);
  emitEvent(call, 'payment_intent.canceled', canceled);
  return canceled;
}
