import { invalidParameter } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { createPaymentMethod } from '../methods/create-method.ts';
import { type MethodType, methodKinds, narrowed } from '../methods/kinds.ts';
import { checkOwner, usePaymentMethod } from '../methods/use-method.ts';
import type { Outcome, SetupIntent } from '../model.ts';
import { newId, randomText } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { confirmSetup } from './confirm-setup.ts';
import type { CreateSetup } from './setup-parameters.ts';

/** Makes a setup intent; with `confirm=true` it is confirmed in the same step. */
export function createSetup(call: Call, input: CreateSetup): Outcome {
  if (input.return_url !== undefined && !input.confirm) {
    throw invalidParameter('return_url', '`return_url` can only be provided if `confirm` is true.');
  }
  if (input.customer !== undefined) findOrRefuse(call, 'customer', input.customer, 'customer');
  const method = input.payment_method_data
    ? createPaymentMethod(call, input.payment_method_data)
    : input.payment_method === undefined
      ? undefined
      : usePaymentMethod(call, input.payment_method);
  const intent: SetupIntent = {
    ...emptySetup(call, input),
    payment_method: method?.id ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
  };
  if (method) checkOwner(method, intent.customer, 'SetupIntent');
  call.sandbox.objects.save('setup_intent', intent, intent.customer ?? undefined);
  emitEvent(call, 'setup_intent.created', intent);
  if (!input.confirm) return { status: 200, body: intent };
  const { confirmation_token, return_url, use_stripe_sdk } = input;
  return confirmSetup(call, intent, { confirmation_token, return_url, use_stripe_sdk });
}

function emptySetup(call: Call, input: CreateSetup): SetupIntent {
  const id = newId('seti');
  const automatic = automaticMethods(input);
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    application: null,
    automatic_payment_methods: automatic,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(24)}`,
    created: call.now,
    customer: input.customer ?? null,
    customer_account: null,
    description: input.description ?? null,
    excluded_payment_method_types: input.excluded_payment_method_types ?? null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: mergeMetadata({}, input.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types:
      input.payment_method_types ?? (automatic ? narrowed(typesFor(automatic), input) : ['card']),
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: input.usage,
  };
}

function automaticMethods(input: CreateSetup): SetupIntent['automatic_payment_methods'] {
  if (input.payment_method_types) return null;
  if (!input.automatic_payment_methods) return { allow_redirects: 'always', enabled: true };
  return input.automatic_payment_methods.enabled
    ? { allow_redirects: input.automatic_payment_methods.allow_redirects, enabled: true }
    : null;
}

function typesFor(automatic: NonNullable<SetupIntent['automatic_payment_methods']>): MethodType[] {
  return methodKinds
    .filter((kind) => kind.canBeSaved && (!kind.isRedirect || automatic.allow_redirects !== 'never'))
    .map((kind) => kind.type);
}
