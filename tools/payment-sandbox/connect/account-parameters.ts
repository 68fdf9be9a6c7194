import { z } from 'zod';
import { boolean, expand, integer, metadata, oneOf, text, unsettableText } from '../api/parameters.ts';
import { currency } from '../payments/intent-parameters.ts';

const capability = z.strictObject({ requested: boolean });

const businessProfile = z.strictObject({
  mcc: text.optional(),
  name: text.optional(),
  product_description: text.optional(),
  support_email: text.optional(),
  support_phone: text.optional(),
  url: unsettableText.optional(),
});

const bankAccount = z.strictObject({
  object: z.literal('bank_account'),
  account_holder_name: text.optional(),
  account_holder_type: text.optional(),
  account_number: text,
  country: text,
  currency,
  routing_number: text.optional(),
});

/** Stripe's test tokens: `btok_us_verified` takes payouts, `btok_us_noAccount` fails them. */
const testToken = z
  .string()
  .regex(/^btok_us/, 'No such token: the sandbox knows btok_us_verified and btok_us_noAccount.')
  .transform(
    (token): z.output<typeof bankAccount> => ({
      object: 'bank_account',
      account_number: token === 'btok_us_noAccount' ? '000111111116' : '000123456789',
      country: 'US',
      currency: 'usd',
      routing_number: '110000000',
    }),
  );

const fields = {
  ...expand,
  business_profile: businessProfile.optional(),
  business_type: oneOf('company', 'government_entity', 'individual', 'non_profit').optional(),
  capabilities: z.record(z.string(), capability).optional(),
  default_currency: currency.optional(),
  email: text.optional(),
  external_account: z.union([testToken, bankAccount]).optional(),
  metadata: metadata.optional(),
  tos_acceptance: z
    .strictObject({
      date: integer.optional(),
      ip: text.optional(),
      service_agreement: text.optional(),
      user_agent: text.optional(),
    })
    .optional(),
};

export const createAccountParameters = z.strictObject({
  ...fields,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Country must be a 2-letter code.')
    .default('US'),
  controller: z
    .strictObject({
      fees: z.strictObject({ payer: oneOf('account', 'application') }).optional(),
      losses: z.strictObject({ payments: oneOf('application', 'stripe') }).optional(),
      requirement_collection: oneOf('application', 'stripe').optional(),
      stripe_dashboard: z.strictObject({ type: oneOf('express', 'full', 'none') }).optional(),
    })
    .optional(),
  type: oneOf('custom', 'express', 'standard').optional(),
});

export const updateAccountParameters = z.strictObject(fields);

export type CreateAccount = z.output<typeof createAccountParameters>;
export type UpdateAccount = z.output<typeof updateAccountParameters>;
