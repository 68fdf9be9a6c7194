import { invalidParameter } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { methodKinds, methodsFor, narrowed } from '../methods/kinds.ts';
import type { CheckoutSession } from '../model.ts';
import { checkAmount } from '../payments/intent-parameters.ts';
import { newId } from '../state/ids.ts';
import { schedule } from '../state/timers.ts';
import { type CreateSession, keepTerms, type SessionItem } from './terms.ts';

const day = 24 * 60 * 60;
const shortest = 30 * 60;

/**
 * Makes a session and the page on which it is paid.
 *
 * @throws ApiError 400 for an expiry that is not 30 minutes to 24 hours away, or items that are not of one currency
 */
export function createSession(call: Call, input: CreateSession): CheckoutSession {
  if (input.customer !== undefined && input.customer_email !== undefined) {
    throw invalidParameter(
      'customer_email',
      'You may only specify one of these parameters: customer, customer_email.',
    );
  }
  const customer =
    input.customer === undefined ? undefined : findOrRefuse(call, 'customer', input.customer, 'customer');
  const items = (input.line_items ?? []).map((item) => itemOf(call, item));
  const currency = currencyOf(input);
  const total = items.reduce((sum, item) => sum + item.amount_total, 0);
  checkMode(input, total, currency);
  const id = newId('cs_test');
  const { publicUrl, objects, clock } = call.sandbox;
  const session: CheckoutSession = {
    ...plainSession(),
    id,
    amount_subtotal: input.mode === 'payment' ? total : null,
    amount_total: input.mode === 'payment' ? total : null,
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    billing_address_collection: input.billing_address_collection ?? null,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    created: call.now,
    currency: currency ?? null,
    customer: customer?.id ?? null,
    customer_creation: input.mode === 'payment' ? (input.customer_creation ?? 'if_required') : null,
    customer_email: input.customer_email ?? null,
    expires_at: expiryOf(call, input.expires_at),
    locale: input.locale ?? null,
    metadata: mergeMetadata({}, input.metadata),
    mode: input.mode,
    payment_method_types: typesOf(input, currency),
    payment_status: input.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    saved_payment_method_options: customer ? savedOptions(input) : null,
    status: 'open',
    submit_type: input.submit_type ?? null,
    success_url: input.success_url,
    total_details:
      input.mode === 'payment' ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null,
    url: `${publicUrl()}/c/pay/${id}`,
  };
  objects.save('checkout_session', session);
  keepTerms(call, id, {
    line_items: items,
    payment_intent_data: input.payment_intent_data,
    setup_intent_data: input.setup_intent_data,
    customer_creation: input.customer_creation,
  });
  schedule(call.sandbox, 'session_expiry', id, Math.max(session.expires_at * 1000, clock()));
  return session;
}

function checkMode(input: CreateSession, total: number, currency: string | undefined): void {
  if (input.mode === 'setup') {
    if (input.line_items)
      throw invalidParameter('line_items', 'You can not pass `line_items` in `setup` mode.');
    if (!currency && !input.payment_method_types) {
      throw invalidParameter('currency', 'Missing required param: currency.', 'parameter_missing');
    }
    return;
  }
  if (!input.line_items || currency === undefined) {
    throw invalidParameter('line_items', 'Missing required param: line_items.', 'parameter_missing');
  }
  if (input.setup_intent_data) {
    throw invalidParameter('setup_intent_data', 'You can only pass `setup_intent_data` in `setup` mode.');
  }
  checkAmount(total, currency);
}

function currencyOf(input: CreateSession): string | undefined {
  const currencies = new Set((input.line_items ?? []).map((item) => item.price_data.currency));
  if (input.currency !== undefined) currencies.add(input.currency);
  if (currencies.size > 1) {
    throw invalidParameter('line_items', 'All line items must have the same currency.');
  }
  return [...currencies][0];
}

function expiryOf(call: Call, asked: number | undefined): number {
  if (asked === undefined) return call.now + day;
  if (asked < call.now + shortest) {
    throw invalidParameter(
      'expires_at',
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
    );
  }
  if (asked > call.now + day) {
    throw invalidParameter(
      'expires_at',
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
    );
  }
  return asked;
}

function typesOf(input: CreateSession, currency: string | undefined): string[] {
  if (input.payment_method_types) return input.payment_method_types;
  if (input.mode === 'setup') {
    const kept = methodKinds
      .filter((kind) => kind.canBeSaved && (!kind.currencies || kind.currencies.includes(currency ?? '')))
      .map((kind) => kind.type);
    return narrowed(kept, input);
  }
  const types = methodsFor({
    currency: currency ?? '',
    isHeld: input.payment_intent_data?.capture_method === 'manual',
    isSaved: input.payment_intent_data?.setup_future_usage === 'off_session',
    allowsRedirects: true,
  });
  return narrowed(types, input);
}

function savedOptions(input: CreateSession): CheckoutSession['saved_payment_method_options'] {
  const options = input.saved_payment_method_options;
  return {
    allow_redisplay_filters: options?.allow_redisplay_filters ?? ['always'],
    payment_method_remove: options?.payment_method_remove ?? 'disabled',
    payment_method_save: options?.payment_method_save ?? null,
  };
}

function itemOf(call: Call, item: NonNullable<CreateSession['line_items']>[number]): SessionItem {
  const { currency, unit_amount: unit, tax_behavior: behaviour, product_data: product } = item.price_data;
  const amount = unit * item.quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: product.name,
    metadata: mergeMetadata({}, item.metadata),
    price: {
      id: newId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created: call.now,
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId('prod'),
      recurring: null,
      tax_behavior: behaviour ?? 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: unit,
      unit_amount_decimal: String(unit),
    },
    quantity: item.quantity,
  };
}

/** What Checkout has and the sandbox has not. */
function plainSession(): Omit<
  CheckoutSession,
  'id' | 'created' | 'expires_at' | 'mode' | 'payment_method_types' | 'payment_status' | 'status'
> {
  return {
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: null,
    client_reference_id: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    currency: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: null,
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    customer_email: null,
    discounts: [],
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: {},
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    submit_type: null,
    subscription: null,
    success_url: null,
    total_details: null,
    ui_mode: 'hosted_page',
    url: null,
    wallet_options: null,
  };
}
