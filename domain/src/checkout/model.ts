import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { money } from '../kernel/index.ts';
import { postalAddress } from '../shipping/index.ts';

export const checkoutSteps = ['address', 'shipping', 'payment', 'review'] as const;
export type CheckoutStep = (typeof checkoutSteps)[number];

export const emailAddress = z.email().max(254);

export const addressInput = z.object({
  email: emailAddress,
  shippingAddress: postalAddress,
  /** Null: the same as shipping. */
  billingAddress: postalAddress.nullable().default(null),
});
export type AddressInput = z.infer<typeof addressInput>;

export const shippingOption = z.object({
  rateId: z.uuid(),
  name: z.string(),
  description: z.string(),
  price: money,
  minDays: z.int(),
  maxDays: z.int(),
  isChosen: z.boolean(),
});
export type ShippingOption = z.infer<typeof shippingOption>;

export const checkoutLine = z.object({
  variantId: z.uuid(),
  title: z.string(),
  variantTitle: z.string(),
  handle: z.string(),
  image: image.nullable(),
  quantity: z.int(),
  unitPrice: money,
  total: money,
});

/** `shipping` and `tax` are null until they can be told. */
export const checkoutTotals = z.object({
  subtotal: money,
  discount: money,
  shipping: money.nullable(),
  tax: money.nullable(),
  taxName: z.string().nullable(),
  total: money,
});
export type CheckoutTotals = z.infer<typeof checkoutTotals>;

export const paymentCard = z.object({ brand: z.string(), last4: z.string() });
export type PaymentCard = z.infer<typeof paymentCard>;

/** The checkout of the cart at hand, at any step. */
export const checkoutView = z.object({
  /** Null until the first step is saved. */
  id: z.uuid().nullable(),
  status: z.enum(['open', 'placing', 'placed', 'cancelled']),
  /** The first step that still lacks something: pages of later steps send the shopper there. */
  nextStep: z.enum(checkoutSteps),
  email: z.string().nullable(),
  shippingAddress: postalAddress.nullable(),
  /** Null: the same as shipping. */
  billingAddress: postalAddress.nullable(),
  shippingOptions: z.array(shippingOption),
  chosenShipping: shippingOption.nullable(),
  lines: z.array(checkoutLine),
  totals: checkoutTotals,
  /** Sent back with the order, so that nobody pays a sum that they did not see. 0 until frozen. */
  totalsVersion: z.int(),
  /** When the reserved stock lapses; null while nothing is reserved. */
  reservedUntil: z.date().nullable(),
  card: paymentCard.nullable(),
  /** Why the last try to pay failed: a decline code such as `card_declined` or `insufficient_funds`. */
  paymentError: z.string().nullable(),
});
export type CheckoutView = z.infer<typeof checkoutView>;

/** Where the shopper goes on after a step that may leave the shop. */
export const paymentStart = z.object({
  /** The hosted page that takes the card. */
  redirectUrl: z.string(),
});

export const placement = z.discriminatedUnion('outcome', [
  /** `token` opens the order's page for a guest. */
  z.object({ outcome: z.literal('placed'), orderNumber: z.string(), token: z.string() }),
  /** The bank wants to see the cardholder: go to `redirectUrl`, come back to the return URL. */
  z.object({ outcome: z.literal('action_required'), redirectUrl: z.string() }),
  /** Not decided yet: ask again in a moment. */
  z.object({ outcome: z.literal('processing') }),
  /** Nothing was charged; the shopper may try again with `reason` in mind. */
  z.object({ outcome: z.literal('declined'), reason: z.string() }),
]);
export type Placement = z.infer<typeof placement>;
