import { z } from 'zod';
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
import { typeWishes } from '../methods/method-parameters.ts';
import { currency } from '../payments/intent-parameters.ts';

/** An amount in minor units that may be nothing. */
const amount = integer.refine((value) => value >= 0, 'This value must be greater than or equal to 0.');

const lineItem = z.strictObject({
  quantity: positiveInteger.default(1),
  metadata: metadata.optional(),
  price_data: z.strictObject(
    {
      currency,
      unit_amount: amount,
      tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified').optional(),
      product_data: z.strictObject({
        name: text,
        description: text.optional(),
        images: z.array(z.string()).optional(),
        metadata: metadata.optional(),
        tax_code: text.optional(),
      }),
    },
    { error: 'The sandbox takes `price_data` with `product_data`: it keeps no catalogue of prices.' },
  ),
});

export const createSessionParameters = z.strictObject({
  ...expand,
  allow_promotion_codes: z.literal('false', { error: 'the sandbox takes no promotion codes' }).optional(),
  billing_address_collection: oneOf('auto', 'required').optional(),
  cancel_url: httpUrl.optional(),
  client_reference_id: text.pipe(z.string().max(200)).optional(),
  currency: currency.optional(),
  customer: text.optional(),
  customer_creation: oneOf('always', 'if_required').optional(),
  customer_email: text
    .refine((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), 'Invalid email address')
    .optional(),
  expires_at: integer.optional(),
  line_items: z.array(lineItem).min(1).max(100).optional(),
  locale: text.optional(),
  metadata: metadata.optional(),
  mode: oneOf('payment', 'setup'),
  payment_intent_data: z
    .strictObject({
      capture_method: oneOf('automatic', 'automatic_async', 'manual').optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      receipt_email: text.optional(),
      setup_future_usage: oneOf('off_session', 'on_session').optional(),
      shipping: shippingParameters.optional(),
      statement_descriptor: text.optional(),
      statement_descriptor_suffix: text.optional(),
      transfer_group: text.optional(),
    })
    .optional(),
  ...typeWishes,
  saved_payment_method_options: z
    .strictObject({
      allow_redisplay_filters: z.array(oneOf('always', 'limited', 'unspecified')).optional(),
      payment_method_remove: oneOf('disabled', 'enabled').optional(),
      payment_method_save: oneOf('disabled', 'enabled').optional(),
    })
    .optional(),
  setup_intent_data: z
    .strictObject({ description: text.optional(), metadata: metadata.optional() })
    .optional(),
  submit_type: oneOf('auto', 'book', 'donate', 'pay').optional(),
  success_url: httpUrl,
  ui_mode: oneOf('hosted_page').optional(),
  phone_number_collection: z.strictObject({ enabled: boolean }).optional(),
  after_expiration: z.never({ error: 'the sandbox recovers no sessions' }).optional(),
});

export const listSessionsParameters = {
  customer: text.optional(),
  payment_intent: text.optional(),
  status: oneOf('complete', 'expired', 'open').optional(),
};

export const updateSessionParameters = z.strictObject({
  ...expand,
  metadata: metadata.optional(),
  client_reference_id: unsettableText.optional(),
});
