import { docUrl, invalidParameter, refused, unexpectedState } from '../api/errors.ts';
import type { Call } from '../call.ts';
import { type Behaviour, behaviourOf } from '../methods/behaviour.ts';
import { createPaymentMethod } from '../methods/create-method.ts';
import { kindOf } from '../methods/kinds.ts';
import { checkOwner, usePaymentMethod } from '../methods/use-method.ts';
import type { ConfirmationToken, IntentStatus, Outcome, PaymentIntent, PaymentMethod } from '../model.ts';
import { useToken } from '../tokens/use-token.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { cardError, chargeIntent, failPayment } from './charge-intent.ts';
import type { ConfirmInput } from './intent-parameters.ts';
import { withMethodTypes } from './method-types.ts';
import { nextActionFor } from './next-action.ts';
import { checkBillingDetails, checkMethodType } from './suits-intent.ts';

const confirmable: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/**
 * Asks for the money: the intent then needs the payer (`requires_action`), or is held, paid or processing, or is
 * back at `requires_payment_method` and the answer is a 402 with the reason.
 *
 * @throws ApiError 400 `payment_intent_unexpected_state` when it was confirmed before, or has no payment method
 */
export function confirmIntent(call: Call, before: PaymentIntent, input: ConfirmInput): Outcome {
  refuseUnlessConfirmable(before);
  const intent = withMethodTypes(before, input);
  const { method, token } = methodToConfirm(call, intent, input);
  const returnUrl = input.return_url ?? token?.return_url ?? undefined;
  checkMethodType(intent, method);
  checkOwner(method, intent.customer, 'PaymentIntent');
  requireReturnUrl(intent, method, returnUrl);
  const savesFor = input.setup_future_usage ?? token?.setup_future_usage;
  const confirming: PaymentIntent = {
    ...intent,
    payment_method: method.id,
    capture_method: input.capture_method ?? intent.capture_method,
    setup_future_usage: savesFor ?? intent.setup_future_usage,
    receipt_email: input.receipt_email === undefined ? intent.receipt_email : input.receipt_email,
    shipping: input.shipping === undefined ? (intent.shipping ?? token?.shipping ?? null) : input.shipping,
    last_payment_error: null,
    next_action: null,
  };
  const preview = token?.payment_method_preview;
  const paying = preview ? { ...method, billing_details: preview.billing_details } : method;
  checkBillingDetails(paying);
  const behaviour = behaviourOf(call, method);
  if (!isAsked(behaviour, confirming, method, input)) {
    return chargeIntent(call, confirming, paying, { isAuthenticated: false });
  }
  if (input.off_session) return refuseAbsentPayer(call, confirming, method);
  return challenge(call, confirming, method, {
    returnUrl,
    usesSdk: input.use_stripe_sdk ?? token?.use_stripe_sdk ?? false,
  });
}

/**
 * The answer of the page where the payer agrees: charges the card, or refuses when the payer was not recognised or
 * did not agree. An intent that does not wait for it is left as it is.
 */
export function finishAuthentication(
  call: Call,
  intent: PaymentIntent,
  isAuthenticated: boolean,
): PaymentIntent {
  if (intent.status !== 'requires_action' || intent.payment_method === null) return intent;
  const method = usePaymentMethod(call, intent.payment_method);
  if (isAuthenticated) chargeIntent(call, { ...intent, next_action: null }, method, { isAuthenticated });
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

function refuseUnlessConfirmable(intent: PaymentIntent): void {
  if (confirmable.includes(intent.status)) return;
  throw unexpectedState(
    intent,
    intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`,
  );
}

function methodToConfirm(
  call: Call,
  intent: PaymentIntent,
  input: ConfirmInput,
): { method: PaymentMethod; token?: ConfirmationToken } {
  if (input.confirmation_token !== undefined) {
    if (input.payment_method !== undefined || input.payment_method_data) {
      throw invalidParameter(
        'confirmation_token',
        'You cannot provide `payment_method` or `payment_method_data` together with `confirmation_token`.',
      );
    }
    return useToken(call, input.confirmation_token, intent);
  }
  if (input.payment_method_data) return { method: createPaymentMethod(call, input.payment_method_data) };
  const id = input.payment_method ?? intent.payment_method;
  if (id !== null) return { method: usePaymentMethod(call, id) };
  throw unexpectedState(
    intent,
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  );
}

function requireReturnUrl(intent: PaymentIntent, method: PaymentMethod, returnUrl: string | undefined): void {
  if (returnUrl !== undefined) return;
  const automatic = intent.automatic_payment_methods;
  if (automatic?.enabled && automatic.allow_redirects !== 'never') {
    throw refused(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    );
  }
  if (kindOf(method.type).isRedirect) {
    throw refused(
      `To confirm the PaymentIntent with the payment method type ${method.type}, you must provide a \`return_url\`.`,
      { param: 'return_url' },
    );
  }
}

function isAsked(
  behaviour: Behaviour,
  intent: PaymentIntent,
  method: PaymentMethod,
  input: ConfirmInput,
): boolean {
  const options = input.payment_method_options ?? intent.payment_method_options;
  const wish = options?.card?.request_three_d_secure;
  if (method.type === 'card' && (wish === 'any' || wish === 'challenge')) return true;
  return behaviour.isChallenged && !(behaviour.isTrustedOnceSaved && method.customer !== null);
}

function challenge(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  back: { returnUrl: string | undefined; usesSdk: boolean },
): Outcome {
  const waiting: PaymentIntent = {
    ...intent,
    status: 'requires_action',
    next_action: nextActionFor(call, intent, method, back),
  };
  call.sandbox.objects.save('payment_intent', waiting);
  emitEvent(call, 'payment_intent.requires_action', waiting);
  return { status: 200, body: waiting };
}

/** With `off_session` nobody is there to ask. */
function refuseAbsentPayer(call: Call, intent: PaymentIntent, method: PaymentMethod): Outcome {
  const decline = {
    code: 'authentication_required',
    declineCode: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  };
  return failPayment(call, intent, cardError(decline, undefined, method));
}
