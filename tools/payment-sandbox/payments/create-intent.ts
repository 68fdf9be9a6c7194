import { invalidParameter } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { createPaymentMethod } from '../methods/create-method.ts';
import { checkOwner, usePaymentMethod } from '../methods/use-method.ts';
import type { Outcome, PaymentIntent } from '../model.ts';
import { newId, randomText } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { confirmIntent } from './confirm-intent.ts';
import { type CreateInput, checkAmount } from './intent-parameters.ts';
import { methodTypesOf } from './method-types.ts';

/** Makes an intent; with `confirm=true` it is confirmed in the same step. */
export function createIntent(call: Call, input: CreateInput): Outcome {
  checkAmount(input.amount, input.currency);
  if (input.return_url !== undefined && !input.confirm) {
    throw invalidParameter('return_url', '`return_url` can only be provided if `confirm` is true.');
  }
  if (input.automatic_payment_methods && input.payment_method_types) {
    throw invalidParameter(
      'payment_method_types',
      'You may only specify one of these parameters: automatic_payment_methods, payment_method_types.',
    );
  }
  if (input.confirmation_token !== undefined && !input.confirm) {
    throw invalidParameter(
      'confirmation_token',
      '`confirmation_token` can only be provided if `confirm` is true.',
    );
  }
  if (input.customer !== undefined) findOrRefuse(call, 'customer', input.customer, 'customer');
  const method = input.payment_method_data
    ? createPaymentMethod(call, input.payment_method_data)
    : input.payment_method === undefined
      ? undefined
      : usePaymentMethod(call, input.payment_method);
  const empty = emptyIntent(call, input);
  const intent: PaymentIntent = {
    ...empty,
    payment_method_types: methodTypesOf(empty, input.payment_method_types),
    payment_method: method?.id ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
  };
  if (method) checkOwner(method, intent.customer, 'PaymentIntent');
  call.sandbox.objects.save('payment_intent', intent, intent.customer ?? undefined);
  emitEvent(call, 'payment_intent.created', intent);
  if (!input.confirm) return { status: 200, body: intent };
  const { confirmation_token, off_session, return_url, use_stripe_sdk } = input;
  return confirmIntent(call, intent, { confirmation_token, off_session, return_url, use_stripe_sdk });
}

function emptyIntent(call: Call, input: CreateInput): PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automaticMethods(input),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: input.capture_method,
    client_secret: `${id}_secret_${randomText(24)}`,
    confirmation_method: 'automatic',
    created: call.now,
    currency: input.currency,
    customer: input.customer ?? null,
    customer_account: null,
    description: input.description ?? null,
    excluded_payment_method_types: input.excluded_payment_method_types ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, input.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: 'automatic',
        ...cardOptions(input),
      },
    },
    payment_method_types: [],
    payment_record: null,
    processing: null,
    receipt_email: input.receipt_email ?? null,
    review: null,
    setup_future_usage: input.setup_future_usage ?? null,
    shipping: input.shipping ?? null,
    source: null,
    statement_descriptor: input.statement_descriptor ?? null,
    statement_descriptor_suffix: input.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_group: input.transfer_group ?? null,
  };
}

function cardOptions(input: CreateInput) {
  const given = input.payment_method_options?.card ?? {};
  const { request_multicapture: parts, request_three_d_secure: asks, setup_future_usage: saves } = given;
  return {
    ...(asks !== undefined && { request_three_d_secure: asks }),
    ...(parts !== undefined && { request_multicapture: parts }),
    ...(saves !== undefined && { setup_future_usage: saves }),
  };
}

/** On unless the types are listed: Stripe's default since its API of 2023-08-16. */
function automaticMethods(input: CreateInput): PaymentIntent['automatic_payment_methods'] {
  if (input.payment_method_types) return null;
  if (!input.automatic_payment_methods) return { allow_redirects: 'always', enabled: true };
  if (!input.automatic_payment_methods.enabled) return null;
  return { allow_redirects: input.automatic_payment_methods.allow_redirects, enabled: true };
}
