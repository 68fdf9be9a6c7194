import { z } from 'zod';
import { type Context, money, moneyOf } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';

/** An order as it is handed to whom it belongs. */
export const exportedOrder = z.object({
  number: z.string(),
  placedAt: z.date(),
  email: z.string(),
  status: z.string(),
  paymentStatus: z.string(),
  fulfilmentStatus: z.string(),
  shippingAddress: storedAddress,
  billingAddress: storedAddress,
  card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
  lines: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      variantTitle: z.string(),
      quantity: z.int(),
      unitPrice: money,
      tax: money,
    }),
  ),
  subtotal: money,
  discount: money,
  shipping: money,
  tax: money,
  total: money,
  history: z.array(z.object({ type: z.string(), occurredAt: z.date() })),
});
export type ExportedOrder = z.infer<typeof exportedOrder>;

/** All orders of a customer, the newest first, for the copy of their data. Three statements. */
export async function exportOrders(ctx: Context, input: { userId: string }): Promise<ExportedOrder[]> {
  const orders = await ctx.db
    .selectFrom('orders')
    .selectAll()
    .where('user_id', '=', input.userId)
    .orderBy('placed_at', 'desc')
    .orderBy('id')
    .execute();
  if (orders.length === 0) return [];
  const ids = orders.map((order) => order.id);
  const lines = await ctx.db
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', 'in', ids)
    .orderBy('position')
    .execute();
  const history = await ctx.db
    .selectFrom('order_events')
    .select(['order_id', 'type', 'occurred_at'])
    .where('order_id', 'in', ids)
    .orderBy('occurred_at')
    .orderBy('id')
    .execute();
  return orders.map((order) => {
    const inCurrency = (amount: number) => moneyOf(amount, order.currency);
    return {
      number: order.number,
      placedAt: order.placed_at,
      email: order.email,
      status: order.status,
      paymentStatus: order.payment_status,
      fulfilmentStatus: order.fulfilment_status,
      shippingAddress: storedAddress.parse(order.shipping_address),
      billingAddress: storedAddress.parse(order.billing_address),
      card: exportedOrder.shape.card.parse(order.payment_card),
      lines: lines
        .filter((line) => line.order_id === order.id)
        .map((line) => ({
          sku: line.sku,
          title: line.title,
          variantTitle: line.variant_title,
          quantity: line.quantity,
          unitPrice: inCurrency(line.unit_amount),
          tax: inCurrency(line.tax_amount),
        })),
      subtotal: inCurrency(order.subtotal_amount),
      discount: inCurrency(order.discount_amount),
      shipping: inCurrency(order.shipping_amount),
      tax: inCurrency(order.tax_amount),
      total: inCurrency(order.total_amount),
      history: history
        .filter((event) => event.order_id === order.id)
        .map((event) => ({ type: event.type, occurredAt: event.occurred_at })),
    };
  });
}
