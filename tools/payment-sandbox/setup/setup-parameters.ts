import { z } from 'zod';
import { boolean, expand, httpUrl, metadata, oneOf, text, unsettableText } from '../api/parameters.ts';
import { paymentMethodData, typeWishes } from '../methods/method-parameters.ts';

const choosing = {
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
};

const confirming = {
  confirmation_token: text.optional(),
  return_url: httpUrl.optional(),
  use_stripe_sdk: boolean.optional(),
};

const describing = {
  customer: text.optional(),
  description: unsettableText.optional(),
  metadata: metadata.optional(),
  ...typeWishes,
};

export const createSetupParameters = z.strictObject({
  ...expand,
  ...choosing,
  ...confirming,
  ...describing,
  automatic_payment_methods: z
    .strictObject({ enabled: boolean, allow_redirects: oneOf('always', 'never').default('always') })
    .optional(),
  confirm: boolean.default(false),
  usage: oneOf('off_session', 'on_session').default('off_session'),
});

export const updateSetupParameters = z.strictObject({ ...expand, ...choosing, ...describing });

export const confirmSetupParameters = z.strictObject({
  ...expand,
  ...choosing,
  ...confirming,
  client_secret: text.optional(),
});

export type CreateSetup = z.output<typeof createSetupParameters>;
export type UpdateSetup = z.output<typeof updateSetupParameters>;
export type ConfirmSetup = z.output<typeof confirmSetupParameters>;
