import { z } from 'zod';
import { invalidParameter } from '../api/errors.ts';
import {
  boolean,
  expand,
  httpUrl,
  integer,
  metadata,
  oneOf,
  positiveInteger,
  text,
  unsettableText,
} from '../api/parameters.ts';
import { shippingParameters } from '../api/shipping.ts';
import { paymentMethodData, typeWishes } from '../methods/method-parameters.ts';

const currencies = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export const currency = text.refine(
  (value) => currencies.has(value),
  'Invalid currency: use a lowercase three-letter ISO code.',
);

const describing = {
  description: unsettableText.optional(),
  metadata: metadata.optional(),
  receipt_email: unsettableText.optional(),
  shipping: shippingParameters.optional(),
  statement_descriptor: unsettableText.optional(),
  statement_descriptor_suffix: unsettableText.optional(),
  transfer_group: unsettableText.optional(),
};

/** An empty value takes it away. */
const setupFutureUsage = z.union([z.literal('').transform(() => null), oneOf('off_session', 'on_session')]);

const paymentMethodOptions = z.strictObject({
  card: z
    .strictObject({
      request_multicapture: oneOf('if_available', 'never').optional(),
      request_three_d_secure: oneOf('any', 'automatic', 'challenge').optional(),
      setup_future_usage: oneOf('none', 'off_session', 'on_session').optional(),
    })
    .optional(),
});

const paying = {
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: paymentMethodOptions.optional(),
  ...typeWishes,
  setup_future_usage: setupFutureUsage.optional(),
};

const confirming = {
  confirmation_token: text.optional(),
  off_session: boolean.optional(),
  return_url: httpUrl.optional(),
  use_stripe_sdk: boolean.optional(),
};

export const createParameters = z.strictObject({
  ...expand,
  ...describing,
  ...paying,
  amount: positiveInteger,
  currency,
  capture_method: oneOf('automatic', 'automatic_async', 'manual').default('automatic_async'),
  confirmation_method: z.literal('automatic', { error: "the sandbox takes 'automatic' only" }).optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: boolean, allow_redirects: oneOf('always', 'never').default('always') })
    .optional(),
  ...confirming,
  confirm: boolean.default(false),
  customer: text.optional(),
});

export const updateParameters = z.strictObject({
  ...expand,
  ...describing,
  ...paying,
  amount: positiveInteger.optional(),
  currency: currency.optional(),
  capture_method: oneOf('automatic', 'automatic_async', 'manual').optional(),
  customer: text.optional(),
});

export const confirmParameters = z.strictObject({
  ...expand,
  ...paying,
  ...confirming,
  capture_method: oneOf('automatic', 'automatic_async', 'manual').optional(),
  /** How a browser shows that it may. */
  client_secret: text.optional(),
  receipt_email: unsettableText.optional(),
  shipping: shippingParameters.optional(),
});

export const captureParameters = z.strictObject({
  ...expand,
  amount_to_capture: integer
    .refine((value) => value >= 0, 'This value must be greater than or equal to 0.')
    .optional(),
  final_capture: boolean.optional(),
  statement_descriptor: text.optional(),
  statement_descriptor_suffix: text.optional(),
  metadata: metadata.optional(),
});

export const cancelParameters = z.strictObject({
  ...expand,
  cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer').optional(),
});

export type CreateInput = z.output<typeof createParameters>;
export type UpdateInput = z.output<typeof updateParameters>;
export type ConfirmInput = z.output<typeof confirmParameters>;
export type CaptureInput = z.output<typeof captureParameters>;
export type CancelInput = z.output<typeof cancelParameters>;

/** Stripe's smallest charges in minor units, https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const minimumAmounts: Record<string, number> = {
  aed: 200,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};
const usualMinimum = 50;
const maximumAmount = 99_999_999;

/** @throws ApiError 400 `amount_too_small` or `amount_too_large` */
export function checkAmount(amount: number, currency: string): void {
  const minimum = minimumAmounts[currency] ?? usualMinimum;
  if (amount < minimum) {
    const message = `Amount must be at least ${formatAmount(minimum, currency)} ${currency}`;
    throw invalidParameter('amount', message, 'amount_too_small');
  }
  if (amount > maximumAmount) {
    const message = `Amount must be no more than ${formatAmount(maximumAmount, currency)}`;
    throw invalidParameter('amount', message, 'amount_too_large');
  }
}

/** `1999, 'usd'` becomes `$19.99`. */
export function formatAmount(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
