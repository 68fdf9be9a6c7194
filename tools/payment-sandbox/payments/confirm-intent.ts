import { docUrl, refused, unexpectedState } from '../api/errors.ts';
import type { Call } from '../call.ts';
import type { Decline } from '../cards.ts';
import type { ErrorBody, IntentStatus, NextAction, Outcome, PaymentIntent, PaymentMethod } from '../model.ts';
import { textOf } from '../state/database.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { createCharge } from './charges.ts';
import type { ConfirmInput } from './intent-parameters.ts';
import { createPaymentMethod, testCardOf, usePaymentMethod } from './payment-methods.ts';

const confirmable: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/**
 * Asks the card for the money: the intent then needs the cardholder (`requires_action`), or is held or paid, or is
 * back at `requires_payment_method` and the answer is a 402 with the reason.
 *
 * @throws ApiError 400 `payment_intent_unexpected_state` when it was confirmed before, or has no payment method
 */
export function confirmIntent(call: Call, intent: PaymentIntent, input: ConfirmInput): Outcome {
  refuseUnlessConfirmable(intent);
  const method = methodToConfirm(call, intent, input);
  const returnUrl = input.return_url;
  const redirects = intent.automatic_payment_methods;
  if (redirects?.enabled && redirects.allow_redirects !== 'never' && returnUrl === undefined) {
    throw refused(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    );
  }
  const confirming: PaymentIntent = {
    ...intent,
    payment_method: method.id,
    capture_method: input.capture_method ?? intent.capture_method,
    setup_future_usage: input.setup_future_usage ?? intent.setup_future_usage,
    receipt_email: input.receipt_email === undefined ? intent.receipt_email : input.receipt_email,
    last_payment_error: null,
    next_action: null,
  };
  if (testCardOf(call, method).isChallenged) return challenge(call, confirming, returnUrl);
  return charge(call, confirming, method, { isAuthenticated: false });
}

/**
 * The bank's answer after the 3-D Secure page: charges the card, or refuses when the cardholder was not recognised.
 * An intent that does not wait for it is left as it is.
 */
export function finishAuthentication(
  call: Call,
  intent: PaymentIntent,
  isAuthenticated: boolean,
): PaymentIntent {
  if (intent.status !== 'requires_action' || intent.payment_method === null) return intent;
  const method = usePaymentMethod(call, intent.payment_method);
  if (isAuthenticated) charge(call, { ...intent, next_action: null }, method, { isAuthenticated });
  else {
    const code = 'payment_intent_authentication_failure';
    failPayment(call, intent, {
      code,
      doc_url: docUrl(code),
      message:
        'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: method,
      type: 'invalid_request_error',
    });
  }
  return call.sandbox.objects.find('payment_intent', intent.id) ?? intent;
}

/** Where the browser goes after 3-D Secure, also when the page is opened again later. */
export function returnUrlOf(call: Call, intent: PaymentIntent): string | undefined {
  const row = call.sandbox.db.first('select url from return_urls where payment_intent = ?', intent.id);
  return row && textOf(row, 'url');
}

function refuseUnlessConfirmable(intent: PaymentIntent): void {
  if (confirmable.includes(intent.status)) return;
  throw unexpectedState(
    intent,
    intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`,
  );
}

function methodToConfirm(call: Call, intent: PaymentIntent, input: ConfirmInput): PaymentMethod {
  if (input.payment_method_data) return createPaymentMethod(call, input.payment_method_data);
  const id = input.payment_method ?? intent.payment_method;
  if (id !== null) return usePaymentMethod(call, id);
  throw unexpectedState(
    intent,
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  );
}

function challenge(call: Call, intent: PaymentIntent, returnUrl: string | undefined): Outcome {
  const { db, objects, publicUrl } = call.sandbox;
  const url = `${publicUrl()}/3ds/${intent.id}?${new URLSearchParams({ client_secret: intent.client_secret })}`;
  const nextAction: NextAction =
    returnUrl === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
      : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
  db.run('delete from return_urls where payment_intent = ?', intent.id);
  if (returnUrl !== undefined) {
    db.run('insert into return_urls (payment_intent, url) values (?, ?)', intent.id, returnUrl);
  }
  const waiting: PaymentIntent = { ...intent, status: 'requires_action', next_action: nextAction };
  objects.save('payment_intent', waiting);
  emitEvent(call, 'payment_intent.requires_action', waiting);
  return { status: 200, body: waiting };
}

function charge(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  { isAuthenticated }: { isAuthenticated: boolean },
): Outcome {
  const isCaptured = intent.capture_method !== 'manual';
  const { decline } = testCardOf(call, method);
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
  return { status: 200, body: paid };
}

/** A refused card is let go of: the next try needs a payment method again. */
function failPayment(call: Call, intent: PaymentIntent, error: ErrorBody): Outcome {
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

function cardError(decline: Decline, charge: string, method: PaymentMethod): ErrorBody {
  return {
    charge,
    code: decline.code,
    ...(decline.declineCode !== undefined && { decline_code: decline.declineCode }),
    doc_url: docUrl(decline.code),
    message: decline.message,
    ...(decline.param !== undefined && { param: decline.param }),
    payment_method: method,
    type: 'card_error',
  };
}
