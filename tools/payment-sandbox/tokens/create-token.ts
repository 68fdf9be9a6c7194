import { z } from 'zod';
import { invalidParameter, missingResource } from '../api/errors.ts';
import { boolean, expand, httpUrl, oneOf, text } from '../api/parameters.ts';
import { shippingParameters } from '../api/shipping.ts';
import type { Call } from '../call.ts';
import { readCustomerSession } from '../elements/session-operations.ts';
import { type MadeMethod, makeMethod, mergeBilling } from '../methods/create-method.ts';
import { billingDetails, paymentMethodData } from '../methods/method-parameters.ts';
import { usePaymentMethod } from '../methods/use-method.ts';
import type { ConfirmationToken, PaymentMethod } from '../model.ts';
import { newId } from '../state/ids.ts';

const lifetimeSeconds = 12 * 60 * 60;

export const createTokenParameters = z.strictObject({
  ...expand,
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: z
    .strictObject({ card: z.strictObject({ installments: z.unknown() }).optional() })
    .optional(),
  return_url: httpUrl.optional(),
  setup_future_usage: oneOf('off_session', 'on_session').optional(),
  shipping: shippingParameters.optional(),
  use_stripe_sdk: boolean.optional(),
  /** How a browser shows that it may use a saved method. */
  customer_session_client_secret: text.optional(),
  /** What a browser may add to a saved method. */
  billing_details: billingDetails.optional(),
});

/**
 * What the shopper chose on the page, until the server confirms with it: a new payment method, or a saved one.
 *
 * @throws ApiError 402 `card_error` for card details that cannot be
 */
export function createToken(call: Call, input: z.output<typeof createTokenParameters>): ConfirmationToken {
  const saved = savedMethod(call, input);
  const made = input.payment_method_data && makeMethod(call, input.payment_method_data);
  const method = made?.method ?? saved;
  if (!method || (made && saved)) {
    throw invalidParameter(
      'payment_method_data',
      'You must provide one of `payment_method` or `payment_method_data`.',
      'parameter_missing',
    );
  }
  const token: ConfirmationToken = {
    id: newId('ctoken'),
    object: 'confirmation_token',
    created: call.now,
    expires_at: call.now + lifetimeSeconds,
    livemode: false,
    mandate_data: null,
    metadata: null,
    payment_intent: null,
    payment_method_options: method.type === 'card' ? { card: { cvc_token: null } } : null,
    payment_method_preview: previewOf(method, input.billing_details),
    return_url: input.return_url ?? null,
    setup_future_usage: input.setup_future_usage ?? null,
    setup_intent: null,
    shipping: shippingOf(input),
    use_stripe_sdk: input.use_stripe_sdk ?? false,
  };
  call.sandbox.objects.save('confirmation_token', token);
  remember(call, token.id, made, saved);
  return token;
}

function shippingOf({ shipping }: z.output<typeof createTokenParameters>): ConfirmationToken['shipping'] {
  return shipping ? { address: shipping.address, name: shipping.name, phone: shipping.phone } : null;
}

function savedMethod(call: Call, input: z.output<typeof createTokenParameters>): PaymentMethod | undefined {
  if (input.payment_method === undefined) return undefined;
  const method = usePaymentMethod(call, input.payment_method);
  if (!call.isPublishable) return method;
  const { customer } = readCustomerSession(call, input.customer_session_client_secret ?? '');
  if (method.customer !== customer) {
    throw missingResource('payment_method', input.payment_method, 'payment_method');
  }
  return method;
}

function previewOf(
  method: PaymentMethod,
  billing: z.output<typeof billingDetails> | undefined,
): ConfirmationToken['payment_method_preview'] {
  const { id: _id, object: _object, created: _created, livemode: _mode, metadata: _data, ...shown } = method;
  return {
    ...shown,
    billing_details: mergeBilling(method.billing_details, billing),
    customer_account: null,
  };
}

function remember(call: Call, token: string, made: MadeMethod | undefined, saved: PaymentMethod | undefined) {
  call.sandbox.db.run(
    'insert into token_methods (token, body, card, payment_method) values (?, ?, ?, ?)',
    token,
    made ? JSON.stringify(made.method) : null,
    made?.card ?? null,
    saved?.id ?? null,
  );
}
