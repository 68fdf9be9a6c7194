import { z } from 'zod';
import { invalidParameter, missingResource } from '../api/errors.ts';
import { boolean, expand, oneOf, positiveInteger, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, type Operation, operation } from '../call.ts';
import { methodsFor, methodTypes } from '../methods/kinds.ts';
import type { PaymentMethod } from '../model.ts';
import { currency } from '../payments/intent-parameters.ts';
import { numberOf, textOf } from '../state/database.ts';
import { randomText } from '../state/ids.ts';

const lifetimeSeconds = 30 * 60;

const redisplay = oneOf('always', 'limited', 'unspecified');

const paymentElement = z.strictObject({
  enabled: boolean,
  features: z
    .strictObject({
      payment_method_allow_redisplay_filters: z.array(redisplay).default(['always']),
      payment_method_redisplay: oneOf('disabled', 'enabled').default('disabled'),
      payment_method_redisplay_limit: positiveInteger.optional(),
      payment_method_remove: oneOf('disabled', 'enabled').default('disabled'),
      payment_method_save: oneOf('disabled', 'enabled').default('disabled'),
      payment_method_save_usage: oneOf('off_session', 'on_session').optional(),
    })
    .optional(),
});

type Features = z.output<typeof paymentElement>['features'];

export const elementOperations: Operation[] = [
  operation({
    name: 'customer_sessions.create',
    method: 'POST',
    path: '/v1/customer_sessions',
    input: z.strictObject({
      ...expand,
      customer: text,
      components: z.strictObject({ payment_element: paymentElement }),
    }),
    run(call, { customer, components }) {
      findOrRefuse(call, 'customer', customer, 'customer');
      const secret = `cuss_secret_${randomText(40)}`;
      const expiresAt = call.now + lifetimeSeconds;
      const { enabled, features } = components.payment_element;
      call.sandbox.db.run(
        'insert into customer_sessions (secret, customer, features, expires_at) values (?, ?, ?, ?)',
        secret,
        customer,
        JSON.stringify(enabled ? (features ?? {}) : {}),
        expiresAt,
      );
      return {
        object: 'customer_session',
        client_secret: secret,
        components: {
          active_entitlements: { enabled: false },
          buy_button: { enabled: false },
          customer_portal: { enabled: false },
          customer_sheet: { enabled: false, features: null },
          mobile_payment_element: { enabled: false, features: null },
          payment_element: { enabled, features: features ?? null },
          pricing_table: { enabled: false },
        },
        created: call.now,
        customer,
        customer_account: null,
        expires_at: expiresAt,
        livemode: false,
      };
    },
  }),
  // What the Payment Element asks when it is mounted. Stripe's documentation does not name it.
  operation({
    name: 'elements.sessions.retrieve',
    method: 'GET',
    path: '/v1/elements/sessions',
    isPublishable: true,
    input: z.strictObject({
      type: z.literal('deferred_intent'),
      locale: text.optional(),
      deferred_intent: z.strictObject({
        mode: oneOf('payment', 'setup'),
        amount: positiveInteger.optional(),
        currency: currency.optional(),
        capture_method: oneOf('automatic', 'automatic_async', 'manual').optional(),
        setup_future_usage: oneOf('off_session', 'on_session').optional(),
        payment_method_types: z.array(oneOf(...methodTypes)).optional(),
      }),
      customer_session_client_secret: text.optional(),
    }),
    run(call, { deferred_intent: terms, customer_session_client_secret: secret }) {
      if (terms.mode === 'payment' && (terms.amount === undefined || terms.currency === undefined)) {
        throw invalidParameter('deferred_intent', 'In payment mode, amount and currency are needed.');
      }
      const types =
        terms.payment_method_types ??
        methodsFor({
          currency: terms.currency ?? 'usd',
          isHeld: terms.capture_method === 'manual',
          isSaved: terms.mode === 'setup' || terms.setup_future_usage === 'off_session',
          allowsRedirects: true,
        });
      return {
        object: 'elements_session',
        payment_method_preference: { ordered_payment_method_types: types },
        customer: secret === undefined ? null : customerOf(call, secret),
      };
    },
  }),
];

/** @throws ApiError 404 for a secret that is wrong or older than half an hour */
export function readCustomerSession(call: Call, secret: string): { customer: string; features: Features } {
  const row = call.sandbox.db.first(
    'select customer, features, expires_at from customer_sessions where secret = ?',
    secret,
  );
  if (!row || numberOf(row, 'expires_at') <= call.now) {
    throw missingResource('customer_session', secret.slice(0, 14), 'customer_session_client_secret');
  }
  return { customer: textOf(row, 'customer'), features: JSON.parse(textOf(row, 'features')) };
}

function customerOf(call: Call, secret: string) {
  const { customer, features } = readCustomerSession(call, secret);
  return {
    id: customer,
    payment_methods: features?.payment_method_redisplay === 'enabled' ? shown(call, customer, features) : [],
    ...(features?.payment_method_save === 'enabled' && {
      save_usage: features.payment_method_save_usage ?? 'on_session',
    }),
  };
}

function shown(call: Call, customer: string, features: NonNullable<Features>): PaymentMethod[] {
  const filters = features.payment_method_allow_redisplay_filters;
  const page = call.sandbox.objects.list('payment_method', { limit: 100, where: { customer, type: 'card' } });
  return (page?.data ?? [])
    .filter((method) => filters.some((filter) => filter === (method.allow_redisplay ?? 'unspecified')))
    .slice(0, features.payment_method_redisplay_limit ?? 3);
}
