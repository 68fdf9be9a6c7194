import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { currencyCode } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';

/** How an order is paid for. Those other than `card` and `gift_card` are paid after the order is placed. */
export const paymentMethods = [
  'card',
  'bank_transfer',
  'invoice',
  'pay_link',
  'cash_on_collection',
  'gift_card',
] as const;
export const paymentMethod = z.enum(paymentMethods);
export type PaymentMethod = z.infer<typeof paymentMethod>;

/** The languages that an order can be placed in: its mails and documents are written in it. */
export const orderLocale = z.enum(['en', 'de']);
export type OrderLocale = z.infer<typeof orderLocale>;

const amount = z.int().min(0);

/** What it was paid with, as the buyer knows it: `card` has a brand and digits, `klarna` or `paypal` have none. */
export const paymentDetail = z.object({
  type: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});
export type PaymentDetail = z.infer<typeof paymentDetail>;

const lineDraft = z.object({
  /** A gift comes with a promotion, at no price. */
  kind: z.enum(['item', 'gift']).default('item'),
  variantId: z.uuid(),
  productId: z.uuid(),
  sellerId: z.uuid(),
  sku: z.string(),
  handle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  image: image.nullable(),
  quantity: z.int().min(1),
  /** Of one unit; whether it contains tax the order says. */
  unitAmount: amount,
  /** Taken off the whole line. */
  discountAmount: amount.default(0),
  discounts: z.array(z.object({ promotionId: z.string(), label: z.string(), amount })).default([]),
  taxAmount: amount,
  taxRatePpm: z.int().min(0),
  taxClass: z.string().default('standard'),
  promise: z.enum(['in_stock', 'backorder', 'preorder']).default('in_stock'),
  /** When what is not in stock yet is expected to leave: ISO 8601. */
  shipsAt: z.string().nullable().default(null),
});

export const shippingMethod = z.object({
  code: z.string().default(''),
  kind: z.enum(['delivery', 'pickup']).default('delivery'),
  name: z.string(),
  /** In working days. */
  minDays: z.int(),
  maxDays: z.int(),
  /** Days such as `2026-03-01`, as promised at the time. */
  earliest: z.string().nullable().default(null),
  latest: z.string().nullable().default(null),
  pickup: z
    .object({ name: z.string(), address: storedAddress, hours: z.array(z.string()) })
    .nullable()
    .default(null),
});

const shared = {
  checkoutId: z.uuid(),
  reservationId: z.uuid(),
  /** Whose account it belongs to; null for a guest's. */
  userId: z.uuid().nullable(),
  email: z.string(),
  locale: orderLocale.default('en'),
  currency: currencyCode,
  regionCode: z.string().nullable().default(null),
  /** Whether prices and shipping contain the tax: then it is not added to the total. */
  pricesIncludeTax: z.boolean().default(false),
  subtotalAmount: amount,
  /** The sum of the lines' discounts. */
  discountAmount: amount,
  /** After its own discount, which stands beside it. */
  shippingAmount: amount,
  shippingDiscountAmount: amount.default(0),
  taxAmount: amount,
  totalAmount: amount,
  taxes: z.array(z.object({ name: z.string(), ratePpm: z.int(), amount })).default([]),
  promotions: z
    .array(
      z.object({
        promotionId: z.string(),
        code: z.string().nullable(),
        label: z.string(),
        amount,
        on: z.enum(['items', 'shipping', 'gift']),
      }),
    )
    .default([]),
  giftCards: z.array(z.object({ giftCardId: z.uuid(), last4: z.string(), amount })).default([]),
  giftCardAmount: amount.default(0),
  shippingAddress: storedAddress,
  billingAddress: storedAddress,
  vatId: z.string().nullable().default(null),
  shippingMethod,
  note: z.string().default(''),
  giftMessage: z.string().default(''),
};

/** What the history keeps of an order, as it was when the shopper agreed to it: its first event. Amounts in minor units. */
export const orderCreated = z.object({
  ...shared,
  number: z.string(),
  lines: z.array(lineDraft.extend({ id: z.uuid() })).min(1),
  payment: z.object({ method: paymentMethod, detail: paymentDetail.nullable(), dueAmount: amount }),
});
export type OrderCreated = z.infer<typeof orderCreated>;

/** The same, before it has ids and a number: it is checked as the first event. */
export type OrderDraft = Omit<z.input<typeof orderCreated>, 'number' | 'lines' | 'payment'> & {
  readonly lines: readonly z.input<typeof lineDraft>[];
  /** None: a card whose money the bank holds, which `card` describes. */
  readonly payment?: z.input<typeof orderCreated>['payment'] & {
    readonly status: 'authorised' | 'awaiting' | 'paid';
  };
  readonly card?: { readonly brand: string; readonly last4: string } | null;
};
