import { z } from 'zod';
import { image } from '../catalog/index.ts';
import { money } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';

export const orderLineView = z.object({
  id: z.uuid(),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  handle: z.string(),
  image: image.nullable(),
  quantity: z.int(),
  unitPrice: money,
  total: money,
});

export const orderEventView = z.object({ type: z.string(), occurredAt: z.date() });

/** An order as its buyer sees it. */
export const orderView = z.object({
  id: z.uuid(),
  number: z.string(),
  placedAt: z.date(),
  /** Empty once its buyer is erased, and so are the parts of the addresses that say who and where. */
  email: z.string(),
  status: z.enum(['placed', 'completed', 'cancelled']),
  paymentStatus: z.enum(['authorised', 'paid', 'voided', 'refunded']),
  fulfilmentStatus: z.enum(['unfulfilled', 'fulfilled']),
  lines: z.array(orderLineView),
  subtotal: money,
  discount: money,
  shipping: money,
  tax: money,
  total: money,
  shippingAddress: storedAddress,
  billingAddress: storedAddress,
  shippingMethod: z.object({ name: z.string(), minDays: z.int(), maxDays: z.int() }),
  card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
  history: z.array(orderEventView),
});
export type OrderView = z.infer<typeof orderView>;

/** An order in a list. */
export const orderSummary = z.object({
  id: z.uuid(),
  number: z.string(),
  placedAt: z.date(),
  status: orderView.shape.status,
  paymentStatus: orderView.shape.paymentStatus,
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
