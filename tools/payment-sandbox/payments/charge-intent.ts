import { docUrl } from '../api/errors.ts';
import type { Call } from '../call.ts';
import type { Decline } from '../cards.ts';
import { completeSession } from '../checkout/complete-session.ts';
import { behaviourOf } from '../methods/behaviour.ts';
import { attachMethod, markSpent } from '../methods/use-method.ts';
import type { ErrorBody, Outcome, PaymentIntent, PaymentMethod } from '../model.ts';
import { schedule } from '../state/timers.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { createCharge } from './charges.ts';

/** How long a bank debit is `processing`, in milliseconds; Stripe's test accounts take as short a time. */
const bankAnswersAfter = 1_500;

/** Asks for the money: the intent is then held, paid, processing or back at `requires_payment_method` (a 402). */
export function chargeIntent(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  { isAuthenticated }: { isAuthenticated: boolean },
): Outcome {
  const isCaptured = intent.capture_method !== 'manual';
  const { decline, answersLater } = behaviourOf(call, method);
  if (answersLater) return waitForBank(call, intent, method);
  if (decline) {
    const made = createCharge(call, intent, method, { isCaptured: false, isAuthenticated, decline });
    return failPayment(call, { ...intent, latest_charge: made.id }, cardError(decline, made.id, method));
  }
  const made = createCharge(call, intent, method, { isCaptured, isAuthenticated, decline });
  const paid: PaymentIntent = {
    ...intent,
    latest_charge: made.id,
    status: isCaptured ? 'succeeded' : 'requires_capture',
    amount_received: isCaptured ? intent.amount : 0,
    amount_capturable: isCaptured ? 0 : intent.amount,
  };
  call.sandbox.objects.save('payment_intent', paid);
  emitEvent(call, isCaptured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', paid);
  keepForLater(call, paid, method);
  completeSession(call, paid, method);
  return { status: 200, body: paid };
}

/** A refused card is let go of: the next try needs a payment method again. */
export function failPayment(call: Call, intent: PaymentIntent, error: ErrorBody): Outcome {
  const failed: PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: error,
  };
  call.sandbox.objects.save('payment_intent', failed);
  emitEvent(call, 'payment_intent.payment_failed', failed);
  return { status: 402, body: { error: { ...error, payment_intent: failed } } };
}

export function cardError(decline: Decline, charge: string | undefined, method: PaymentMethod): ErrorBody {
  return {
    ...(charge !== undefined && { charge }),
    code: decline.code,
    ...(decline.declineCode !== undefined && { decline_code: decline.declineCode }),
    doc_url: docUrl(decline.code),
    message: decline.message,
    ...(decline.param !== undefined && { param: decline.param }),
    payment_method: method,
    type: 'card_error',
  };
}

/** With a customer and a wish to use it again, the method is saved; without, it has been used up. */
function keepForLater(call: Call, intent: PaymentIntent, method: PaymentMethod): void {
  if (method.customer !== null) return;
  if (intent.customer !== null && intent.setup_future_usage !== null) {
    attachMethod(call, method, intent.customer);
  } else {
    markSpent(call, method.id);
  }
}

function waitForBank(call: Call, intent: PaymentIntent, method: PaymentMethod): Outcome {
  const made = createCharge(call, intent, method, {
    isCaptured: false,
    isAuthenticated: false,
    isPending: true,
    decline: undefined,
  });
  const processing: PaymentIntent = { ...intent, latest_charge: made.id, status: 'processing' };
  call.sandbox.objects.save('payment_intent', processing);
  emitEvent(call, 'payment_intent.processing', processing);
  schedule(call.sandbox, 'bank_answer', intent.id, call.sandbox.clock() + bankAnswersAfter);
  keepForLater(call, processing, method);
  completeSession(call, processing, method);
  return { status: 200, body: processing };
}
