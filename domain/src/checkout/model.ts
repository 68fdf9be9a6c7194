import { z } from 'zod';
import { cartView } from '../cart/index.ts';
import { image } from '../catalog/index.ts';
import { money } from '../kernel/index.ts';
import { postalAddress, storedAddress } from '../shipping/index.ts';

export const checkoutSteps = ['address', 'shipping', 'payment', 'review'] as const;
export type CheckoutStep = (typeof checkoutSteps)[number];

export const emailAddress = z.email().max(254);

/** Text that somebody wrote for a person to read: one kind of line break, no control characters. */
const writtenText = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, '')
        .trim(),
    );

export const addressInput = z.object({
  email: emailAddress,
  shippingAddress: postalAddress,
  /** Null: the same as shipping. */
  billingAddress: postalAddress.nullable().default(null),
  /** For the invoice of a business; its form is checked, nothing is exempt by it. */
  vatId: z.string().trim().max(30).default(''),
});
export type AddressInput = z.input<typeof addressInput>;

export const shippingInput = z.object({
  optionId: z.string().min(1).max(100),
  /** What goes on a card with the parcel. */
  giftMessage: writtenText(500).default(''),
  /** For those who pack and deliver. */
  note: writtenText(500).default(''),
});
export type ShippingInput = z.input<typeof shippingInput>;

/**
 * The ways to pay that a shopper chooses from. `card` is entered on Souk's page into the provider's own fields (wallets and the
 * provider's other methods are there too), `hosted` on a page of the provider's, the others need no script at all.
 */
export const payableMethods = [
  'card',
  'hosted',
  'bank_transfer',
  'invoice',
  'pay_link',
  'cash_on_collection',
] as const;
export const payableMethod = z.enum(payableMethods);
export type PayableMethod = z.infer<typeof payableMethod>;

export const paymentInput = z
  .object({
    /** `gift_card` where nothing is left to pay. */
    method: z.enum([...payableMethods, 'gift_card']),
    /** What the provider's fields made of what was entered; for `card`. */
    confirmationToken: z.string().min(1).max(255).nullable().default(null),
    /** A card that the customer saved before; for `card`. */
    savedMethodId: z.string().min(1).max(255).nullable().default(null),
    /** Whether the customer wants the card kept for the next time. */
    savesCard: z.boolean().default(false),
  })
  .refine(
    (input) =>
      input.method !== 'card' || (input.confirmationToken === null) !== (input.savedMethodId === null),
    { path: ['confirmationToken'], message: 'expected either a confirmation token or a saved card' },
  );
export type PaymentInput = z.input<typeof paymentInput>;

/** What pays, as a receipt names it: `{ type: 'card', brand: 'visa', last4: '4242' }`, `{ type: 'klarna', … null }`. */
export const paymentDetail = z.object({
  type: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});
export type PaymentDetail = z.infer<typeof paymentDetail>;

/** How a checkout is going to be paid, as it is kept. */
export const paymentChoice = z.object({
  method: z.enum([...payableMethods, 'gift_card']),
  confirmationToken: z.string().nullable(),
  savedMethodId: z.string().nullable(),
  savesCard: z.boolean(),
  /** The provider's customer whose card it is, or becomes. */
  customerId: z.string().nullable(),
  detail: paymentDetail.nullable(),
  /** Tells cards apart without telling the card: its `cardKeyOf`. */
  fingerprint: z.string().nullable(),
});
export type PaymentChoice = z.infer<typeof paymentChoice>;

/** The ways to ship that were offered for an address, as they are kept. */
export interface OfferedShipping {
  readonly optionIds: readonly string[];
  /** Of the cart that they were offered for: another version may weigh or cost something else. */
  readonly cartVersion: number;
  /** A moment in ISO 8601. */
  readonly at: string;
}

export const shippingOptionView = z.object({
  id: z.string(),
  kind: z.enum(['delivery', 'pickup']),
  name: z.string(),
  description: z.string(),
  price: money,
  minDays: z.int(),
  maxDays: z.int(),
  /** Days as `YYYY-MM-DD`. */
  earliest: z.string(),
  latest: z.string(),
  pickup: z.object({ name: z.string(), lines: z.array(z.string()), hours: z.array(z.string()) }).nullable(),
  isChosen: z.boolean(),
});
export type ShippingOptionView = z.infer<typeof shippingOptionView>;

export const lineDiscount = z.object({ label: z.string(), amount: money });

export const checkoutLine = z.object({
  key: z.string(),
  kind: z.enum(['item', 'gift']),
  variantId: z.uuid(),
  title: z.string(),
  variantTitle: z.string(),
  handle: z.string(),
  image: image.nullable(),
  quantity: z.int(),
  unitPrice: money,
  discounts: z.array(lineDiscount),
  /** After discounts. */
  total: money,
  promise: z.enum(['in_stock', 'backorder', 'preorder']),
  shipsAt: z.date().nullable(),
});

/** `shipping` and `tax` are null until they can be told. `total` has the tax in it in any case; `due` is what gift cards leave. */
export const checkoutTotals = z.object({
  subtotal: money,
  discount: money,
  discounts: z.array(
    z.object({
      label: z.string(),
      code: z.string().nullable(),
      amount: money,
      on: z.enum(['items', 'shipping', 'gift']),
    }),
  ),
  /** After its discount. */
  shipping: money.nullable(),
  shippingDiscount: money,
  tax: money.nullable(),
  taxName: z.string().nullable(),
  taxes: z.array(z.object({ name: z.string(), ratePpm: z.int(), amount: money })),
  /** Whether the tax is contained in the prices. */
  isTaxIncluded: z.boolean(),
  total: money,
  giftCards: z.array(z.object({ last4: z.string(), amount: money })),
  due: money,
});
export type CheckoutTotals = z.infer<typeof checkoutTotals>;

/** What an address leads to. */
export const addressSaved = z.object({ shippingOptions: z.array(shippingOptionView) });
export type AddressSaved = z.infer<typeof addressSaved>;

/** What the shopper is about to agree to. */
export const paymentChosen = z.object({
  /** Sent back with the order; see `checkoutView`. */
  totalsVersion: z.int(),
  totals: checkoutTotals,
});
export type PaymentChosen = z.infer<typeof paymentChosen>;

/** The checkout of the cart at hand, at any step. */
export const checkoutView = z.object({
  /** Null until the first step is saved. */
  id: z.uuid().nullable(),
  status: z.enum(['open', 'placing', 'placed', 'cancelled']),
  /** The first step that still lacks something: pages of later steps send the shopper there. */
  nextStep: z.enum(checkoutSteps),
  email: z.string().nullable(),
  shippingAddress: storedAddress.nullable(),
  /** Null: the same as shipping. */
  billingAddress: storedAddress.nullable(),
  vatId: z.string(),
  note: z.string(),
  giftMessage: z.string(),
  shippingOptions: z.array(shippingOptionView),
  chosenShipping: shippingOptionView.nullable(),
  lines: z.array(checkoutLine),
  totals: checkoutTotals,
  /** What was entered into the cart; of gift cards those that can be spent. */
  entered: cartView.pick({ currency: true, codes: true, rejectedCodes: true, giftCards: true }),
  /** Where it probably goes, before there is an address: what the shopper told in the cart, else where most parcels go. */
  usualPlace: z.object({ country: z.string(), region: z.string(), postcode: z.string() }).nullable(),
  /** Sent back with the order, so that nobody pays a sum that they did not see. 0 until frozen. */
  totalsVersion: z.int(),
  /** When the reserved stock lapses; null while nothing is reserved. */
  reservedUntil: z.date().nullable(),
  /** The ways to pay that are open to this shopper for these things; none while nothing is left to pay. */
  methods: z.array(payableMethod),
  payment: z
    .object({ method: z.enum([...payableMethods, 'gift_card']), detail: paymentDetail.nullable() })
    .nullable(),
  /** Why the last try to pay failed: a decline code such as `card_declined` or `insufficient_funds`. */
  paymentError: z.string().nullable(),
});
export type CheckoutView = z.infer<typeof checkoutView>;

export const placement = z.discriminatedUnion('outcome', [
  /** `token` opens the order's page for a guest. */
  z.object({ outcome: z.literal('placed'), orderNumber: z.string(), token: z.string() }),
  /** The bank wants to see the cardholder, or the provider takes the card: go to `redirectUrl`, come back to the return URL. */
  z.object({ outcome: z.literal('action_required'), redirectUrl: z.string() }),
  /** Not decided yet: ask again in a moment. */
  z.object({ outcome: z.literal('processing') }),
  /** Nothing was charged; the shopper may try again with `reason` in mind. */
  z.object({ outcome: z.literal('declined'), reason: z.string() }),
]);
export type Placement = z.infer<typeof placement>;
