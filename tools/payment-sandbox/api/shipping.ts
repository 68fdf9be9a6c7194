import { z } from 'zod';
import { text, unsettableText } from './parameters.ts';

export const addressParameters = z.strictObject({
  city: unsettableText.default(null),
  country: unsettableText.default(null),
  line1: unsettableText.default(null),
  line2: unsettableText.default(null),
  postal_code: unsettableText.default(null),
  state: unsettableText.default(null),
});

/** Where goods go; an empty value takes it away. */
export const shippingParameters = z.union([
  z.literal('').transform(() => null),
  z.strictObject({
    address: addressParameters,
    name: text,
    carrier: unsettableText.default(null),
    phone: unsettableText.default(null),
    tracking_number: unsettableText.default(null),
  }),
]);
