import { z } from 'zod';
import { money } from '../kernel/index.ts';

const link = z.url({ protocol: /^https?$/ });
/** A moment; it is written down as text and read back as a date. */
const moment = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]);
/** A day such as `2026-03-01`. */
const day = z.iso.date();

/** How an order that is not paid yet is paid. */
const payment = z.object({
  method: z.enum(['bank_transfer', 'invoice', 'pay_link', 'cash_on_collection']),
  /** What is still to come. */
  open: money,
  dueAt: moment,
  transfer: z
    .object({
      holder: z.string(),
      iban: z.string(),
      bic: z.string(),
      bank: z.string(),
      reference: z.string(),
    })
    .nullable(),
  payUrl: link.nullable(),
});

const line = z.object({
  title: z.string(),
  variant: z.string(),
  quantity: z.int().positive(),
  /** After its discounts. */
  total: money,
  promise: z.enum(['in_stock', 'backorder', 'preorder']).default('in_stock'),
  shipsAt: moment.nullable().default(null),
});

const orderConfirmation = z.object({
  number: z.string(),
  url: link,
  lines: z.array(line),
  subtotal: money,
  /** What promotions took off the lines: by name where they are known. */
  discount: money,
  promotions: z.array(z.object({ label: z.string(), amount: money })).default([]),
  shipping: z.object({ method: z.string(), amount: money }),
  tax: money,
  taxes: z.array(z.object({ name: z.string(), amount: money })).default([]),
  /** Whether prices contain the tax. */
  isTaxIncluded: z.boolean().default(false),
  total: money,
  giftCards: z.array(z.object({ last4: z.string(), amount: money })).default([]),
  /** What gift cards leave to pay; null when there are none. */
  due: money.nullable().default(null),
  /** The postal address as on a parcel, without the country, which is a code such as `US`. */
  address: z.object({ lines: z.array(z.string()), country: z.string() }),
  /** In working days; the days that were promised, where any were. */
  delivery: z.object({
    minDays: z.int(),
    maxDays: z.int(),
    earliest: day.nullable().default(null),
    latest: day.nullable().default(null),
  }),
  /** Where it is fetched; null when it is sent. */
  pickup: z
    .object({ name: z.string(), lines: z.array(z.string()), hours: z.array(z.string()) })
    .nullable()
    .default(null),
  giftMessage: z.string().default(''),
  payment: payment.nullable().default(null),
});

/** Every kind of mail about an order. What has a default the release before did not tell. */
export const orderTemplates = {
  'order-confirmation': orderConfirmation,
  /** Money came in that was waited for. */
  'order-paid': z.object({ number: z.string(), url: link, amount: money }),
  'order-reminder': z.object({
    number: z.string(),
    url: link,
    /** Whether the order is cancelled when it is not paid by then. */
    lapses: z.boolean(),
    payment,
  }),
  'order-cancelled': z.object({
    number: z.string(),
    url: link,
    reason: z.enum(['requested', 'unpaid', 'out_of_stock', 'other']),
    /** Whether the bank holds money for it and lets go of it. */
    wasHeld: z.boolean(),
    /** What is sent back; null for nothing. */
    refund: money.nullable(),
    /** What goes back to gift cards; null for nothing. */
    giftCards: money.nullable(),
  }),
  /** The way to an order, for somebody who lost it. */
  'order-link': z.object({ number: z.string(), url: link }),
} as const;

export type OrderPayment = z.output<typeof payment>;
