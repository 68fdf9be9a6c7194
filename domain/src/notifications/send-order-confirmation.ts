import type { Context } from '../kernel/index.ts';
import { type MailInput, queueMail } from '../mail/index.ts';
import { type OrderView, orderUrl, readOrder } from '../orders/index.ts';

/** Orders do not say in which language they were placed. */
const LOCALE = 'en';

/** What the confirmation of an order is known by among the mails: there is one. */
export function confirmationKey(orderId: string): string {
  return `order-confirmation:${orderId}`;
}

/**
 * Queues the confirmation of an order, once; none when its buyer was erased meanwhile. The key makes the Message-ID, too, which is the one that earlier releases used.
 *
 * @throws DomainError `not_found` when there is no such order
 */
export async function sendOrderConfirmation(ctx: Context, orderId: string): Promise<void> {
  if (await wasSentByEarlierRelease(ctx, orderId)) return;
  const order = await readOrder(ctx, orderId);
  if (order.email === '') return;
  await queueMail(ctx, {
    template: 'order-confirmation',
    to: order.email,
    locale: LOCALE,
    data: confirmationOf(order, orderUrl(ctx, order)),
    key: confirmationKey(orderId),
  });
}

/** Releases before the mail queue sent in the handler and noted it here. */
async function wasSentByEarlierRelease(ctx: Context, orderId: string): Promise<boolean> {
  const sent = await ctx.db
    .selectFrom('sent_mails')
    .select('sent_at')
    .where('kind', '=', 'order-confirmation')
    .where('reference_id', '=', orderId)
    .executeTakeFirst();
  return sent !== undefined;
}

function confirmationOf(order: OrderView, url: string): MailInput<'order-confirmation'> {
  const { fullName, line1, line2, city, region, postcode, country } = order.shippingAddress;
  const { name: method, minDays, maxDays } = order.shippingMethod;
  return {
    number: order.number,
    url,
    lines: order.lines.map((line) => ({
      title: line.title,
      variant: line.variantTitle,
      quantity: line.quantity,
      total: line.total,
    })),
    subtotal: order.subtotal,
    discount: order.discount,
    shipping: { method, amount: order.shipping },
    tax: order.tax,
    total: order.total,
    address: {
      lines: [fullName, line1, line2, [city, region, postcode].filter(Boolean).join(' ')].filter(Boolean),
      country,
    },
    delivery: { minDays, maxDays },
  };
}
