import { docUrl, refused, unexpectedSetupState } from '../api/errors.ts';
import type { Call } from '../call.ts';
import { completeSetupSession } from '../checkout/complete-session.ts';
import { behaviourOf } from '../methods/behaviour.ts';
import { createPaymentMethod } from '../methods/create-method.ts';
import { attachMethod, checkOwner, usePaymentMethod } from '../methods/use-method.ts';
import type { ErrorBody, Outcome, PaymentMethod, SetupIntent, SetupStatus } from '../model.ts';
import { cardError } from '../payments/charge-intent.ts';
import { nextActionFor } from '../payments/next-action.ts';
import { checkBillingDetails, checkMethodType } from '../payments/suits-intent.ts';
import { useToken } from '../tokens/use-token.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import type { ConfirmSetup } from './setup-parameters.ts';

const confirmable: readonly SetupStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/**
 * Saves a payment method for later without a payment: the bank may want to see the cardholder first.
 *
 * @throws ApiError 400 `setup_intent_unexpected_state` when it is over, or has no payment method
 */
export function confirmSetup(call: Call, intent: SetupIntent, input: ConfirmSetup): Outcome {
  if (!confirmable.includes(intent.status)) {
    throw unexpectedSetupState(
      intent,
      `You cannot confirm this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be confirmed: ${confirmable.join(', ')}.`,
    );
  }
  const used =
    input.confirmation_token === undefined ? undefined : useToken(call, input.confirmation_token, intent);
  const method = used?.method ?? methodToSave(call, intent, input);
  const returnUrl = input.return_url ?? used?.token.return_url ?? undefined;
  checkMethodType(intent, method);
  checkBillingDetails(method);
  checkOwner(method, intent.customer, 'SetupIntent');
  const automatic = intent.automatic_payment_methods;
  if (returnUrl === undefined && automatic?.enabled && automatic.allow_redirects !== 'never') {
    throw refused(
      'This SetupIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.',
    );
  }
  const confirming: SetupIntent = {
    ...intent,
    payment_method: method.id,
    last_setup_error: null,
    next_action: null,
  };
  if (!behaviourOf(call, method).isChallenged) return saveMethod(call, confirming, method);
  const waiting: SetupIntent = {
    ...confirming,
    status: 'requires_action',
    next_action: nextActionFor(call, intent, method, {
      returnUrl,
      usesSdk: input.use_stripe_sdk ?? used?.token.use_stripe_sdk ?? false,
    }),
  };
  call.sandbox.objects.save('setup_intent', waiting);
  emitEvent(call, 'setup_intent.requires_action', waiting);
  return { status: 200, body: waiting };
}

/** The answer of the page where the payer agrees. An intent that does not wait for it is left as it is. */
export function finishSetup(call: Call, intent: SetupIntent, isAuthenticated: boolean): SetupIntent {
  if (intent.status !== 'requires_action' || intent.payment_method === null) return intent;
  const method = usePaymentMethod(call, intent.payment_method);
  if (isAuthenticated) saveMethod(call, { ...intent, next_action: null }, method);
  else {
    const code = 'setup_intent_authentication_failure';
    failSetup(call, intent, {
      code,
      doc_url: docUrl(code),
      message: 'The latest attempt to set up the payment method has failed because authentication failed.',
      payment_method: method,
      type: 'invalid_request_error',
    });
  }
  return call.sandbox.objects.find('setup_intent', intent.id) ?? intent;
}

function methodToSave(call: Call, intent: SetupIntent, input: ConfirmSetup): PaymentMethod {
  if (input.payment_method_data) return createPaymentMethod(call, input.payment_method_data);
  const id = input.payment_method ?? intent.payment_method;
  if (id !== null) return usePaymentMethod(call, id);
  throw unexpectedSetupState(
    intent,
    "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
  );
}

function saveMethod(call: Call, intent: SetupIntent, method: PaymentMethod): Outcome {
  const { decline, declinesSaving = true } = behaviourOf(call, method);
  if (decline && declinesSaving) return failSetup(call, intent, cardError(decline, undefined, method));
  if (intent.customer !== null) attachMethod(call, method, intent.customer);
  const done: SetupIntent = { ...intent, status: 'succeeded' };
  call.sandbox.objects.save('setup_intent', done);
  emitEvent(call, 'setup_intent.succeeded', done);
  completeSetupSession(call, done, method);
  return { status: 200, body: done };
}

function failSetup(call: Call, intent: SetupIntent, error: ErrorBody): Outcome {
  const failed: SetupIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: error,
  };
  call.sandbox.objects.save('setup_intent', failed);
  emitEvent(call, 'setup_intent.setup_failed', failed);
  return { status: 402, body: { error: { ...error, setup_intent: failed } } };
}
