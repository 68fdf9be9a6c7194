import { z } from 'zod';
import { integer, metadata, oneOf, text, unsettableText } from '../api/parameters.ts';
import { methodTypes } from './kinds.ts';

const address = z.strictObject({
  city: unsettableText.optional(),
  country: unsettableText
    .refine((value) => value === null || /^[A-Z]{2}$/.test(value), 'Country must be a 2-letter code.')
    .optional(),
  line1: unsettableText.optional(),
  line2: unsettableText.optional(),
  postal_code: unsettableText.optional(),
  state: unsettableText.optional(),
});

export const billingDetails = z.strictObject({
  address: z.union([z.literal('').transform(() => ({})), address]).optional(),
  email: unsettableText.optional(),
  name: unsettableText.optional(),
  phone: unsettableText.optional(),
});

const nothing = z.union([z.literal(''), z.strictObject({})]).optional();

const fields = {
  type: oneOf(...methodTypes),
  card: z
    .union([
      z.strictObject({ number: text, exp_month: integer, exp_year: integer, cvc: text.optional() }),
      /** One of Stripe's test tokens, such as `tok_visa`. */
      z.strictObject({ token: text }),
    ])
    .optional(),
  sepa_debit: z.strictObject({ iban: text }).optional(),
  link: nothing,
  klarna: nothing,
  afterpay_clearpay: nothing,
  paypal: nothing,
  billing_details: billingDetails.optional(),
  metadata: metadata.optional(),
  allow_redisplay: oneOf('always', 'limited', 'unspecified').optional(),
};

/** What a payment method is made of; also `payment_method_data` of an intent or a confirmation token. */
export const paymentMethodData = z.strictObject(fields);

const types = z
  .array(oneOf(...methodTypes))
  .min(1)
  .optional();

/**
 * Which kinds of payment there are to be. `payment_method_types` is how Stripe's API said it before 2026, and lists
 * them all.
 */
export const typeWishes = {
  allowed_payment_method_types: types,
  excluded_payment_method_types: types,
  payment_method_types: types,
};

export type PaymentMethodData = z.output<typeof paymentMethodData>;
export type BillingDetailsInput = z.output<typeof billingDetails>;

export const updateMethodParameters = z.strictObject({
  expand: z.array(z.string()).optional(),
  billing_details: billingDetails.optional(),
  metadata: metadata.optional(),
  allow_redisplay: oneOf('always', 'limited', 'unspecified').optional(),
  card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional() }).optional(),
});
