import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { money } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';
import { cancelReason, disputeOutcome } from './history.ts';
import { orderLocale, paymentDetail, paymentMethod, shippingMethod } from './order-draft.ts';

export const orderLineView = z.object({
  id: z.uuid(),
  /** A gift came with a promotion. */
  kind: z.enum(['item', 'gift']),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  handle: z.string(),
  image: image.nullable(),
  quantity: z.int(),
  unitPrice: money,
  discounts: z.array(z.object({ label: z.string(), amount: money })),
  discount: money,
  taxClass: z.string(),
  taxRatePpm: z.int(),
  tax: money,
  /** After discounts, as its prices are shown: with the tax exactly when the order's prices include it. */
  total: money,
  promise: z.enum(['in_stock', 'backorder', 'preorder']),
  /** When it is expected to leave, where it was not in stock. */
  shipsAt: z.date().nullable(),
});

/** What of an order's history its buyer sees. `amount` is of money that moved. */
export const orderEventView = z.object({
  type: z.string(),
  occurredAt: z.date(),
  amount: money.nullable(),
});

export const paymentStatus = z.enum([
  'awaiting',
  'authorised',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
]);

/** An order as its buyer sees it. */
export const orderView = z.object({
  id: z.uuid(),
  number: z.string(),
  placedAt: z.date(),
  /** Empty once its buyer is erased, and so are the parts of the addresses that say who and where. */
  email: z.string(),
  locale: orderLocale,
  /** Whether it belongs to no account, but could. */
  isGuest: z.boolean(),
  status: z.enum(['placed', 'completed', 'cancelled']),
  paymentStatus,
  fulfilmentStatus: z.enum(['unfulfilled', 'fulfilled']),
  cancelledAt: z.date().nullable(),
  cancelReason: cancelReason.nullable(),
  /** Whether its buyer may call it off now. */
  isCancellable: z.boolean(),
  lines: z.array(orderLineView),
  /** Whether prices and shipping contain the tax: then it is not added to the total. */
  pricesIncludeTax: z.boolean(),
  subtotal: money,
  discount: money,
  /** After its discount. */
  shipping: money,
  shippingDiscount: money,
  tax: money,
  taxes: z.array(z.object({ name: z.string(), ratePpm: z.int(), amount: money })),
  total: money,
  promotions: z.array(
    z.object({
      code: z.string().nullable(),
      label: z.string(),
      amount: money,
      on: z.enum(['items', 'shipping', 'gift']),
    }),
  ),
  giftCards: z.array(z.object({ last4: z.string(), amount: money })),
  payment: z.object({
    method: paymentMethod,
    detail: paymentDetail.nullable(),
    /** What gift cards leave to pay. */
    due: money,
    paid: money,
    refunded: money,
    /** What is still to come. */
    open: money,
    dueAt: z.date().nullable(),
    paidAt: z.date().nullable(),
    /** Where a bank transfer goes; null for other methods. */
    transfer: z
      .object({
        holder: z.string(),
        iban: z.string(),
        bic: z.string(),
        bank: z.string(),
        reference: z.string(),
      })
      .nullable(),
  }),
  shippingAddress: storedAddress,
  billingAddress: storedAddress,
  vatId: z.string().nullable(),
  shippingMethod,
  note: z.string(),
  giftMessage: z.string(),
  card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
  documents: z.array(
    z.object({ kind: z.enum(['invoice', 'credit_note']), number: z.string(), issuedAt: z.date() }),
  ),
  history: z.array(orderEventView),
});
export type OrderView = z.infer<typeof orderView>;

/** An order as staff see it: its history has all that concerns its money. */
export const staffOrderView = orderView.extend({
  /** What cardholders ask back through their banks, the oldest first. */
  disputes: z.array(
    z.object({
      /** The provider's, to answer it there. */
      id: z.string(),
      amount: money,
      reason: z.string(),
      openedAt: z.date(),
      /** Null while the bank has not decided. */
      outcome: disputeOutcome.nullable(),
      closedAt: z.date().nullable(),
    }),
  ),
});
export type StaffOrderView = z.infer<typeof staffOrderView>;

/** An order in a list. */
export const orderSummary = z.object({
  id: z.uuid(),
  number: z.string(),
  placedAt: z.date(),
  status: orderView.shape.status,
  paymentStatus: orderView.shape.paymentStatus,
  paymentMethod,
  fulfilmentStatus: orderView.shape.fulfilmentStatus,
  total: money,
  /** Units of all lines. */
  itemCount: z.int(),
  /** The first things in it, at most SUMMARY_LINES; what there is beyond them `lineCount` tells. */
  lines: z.array(orderLineView.pick({ title: true, handle: true, image: true })),
  lineCount: z.int(),
});
export type OrderSummary = z.infer<typeof orderSummary>;
export const SUMMARY_LINES = 4;
