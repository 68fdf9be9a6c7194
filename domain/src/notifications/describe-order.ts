import type { Context } from '../kernel/index.ts';
import type { MailInput } from '../mail/index.ts';
import { type OrderView, orderUrl } from '../orders/index.ts';

type Confirmation = MailInput<'order-confirmation'>;

/** What the confirmation of an order tells. */
export function confirmationOf(ctx: Context, order: OrderView): Confirmation {
  const { name: method, minDays, maxDays, earliest, latest, pickup } = order.shippingMethod;
  return {
    number: order.number,
    url: orderUrl(ctx, order),
    lines: order.lines.map((line) => ({
      title: line.title,
      variant: line.variantTitle,
      quantity: line.quantity,
      total: line.total,
      promise: line.promise,
      shipsAt: line.shipsAt,
    })),
    subtotal: order.subtotal,
    discount: order.discount,
    promotions: order.promotions
      .filter(({ on, amount }) => on !== 'shipping' && amount.amount > 0)
      .map(({ label, amount }) => ({ label, amount })),
    shipping: { method, amount: order.shipping },
    tax: order.tax,
    taxes: order.taxes.map(({ name, amount }) => ({ name, amount })),
    isTaxIncluded: order.pricesIncludeTax,
    total: order.total,
    giftCards: order.giftCards,
    due: order.payment.due,
    address: { lines: linesOf(order.shippingAddress), country: order.shippingAddress.country },
    delivery: { minDays, maxDays, earliest, latest },
    pickup: pickup && {
      name: pickup.name,
      lines: linesOf({ ...pickup.address, fullName: '' }),
      hours: pickup.hours,
    },
    giftMessage: order.giftMessage,
    payment: paymentOf(ctx, order),
  };
}

/** How an order is to be paid; null when it is paid, or by a bank that holds the money. */
export function paymentOf(ctx: Context, order: OrderView): NonNullable<Confirmation['payment']> | null {
  const { method, open, dueAt, transfer } = order.payment;
  if (open.amount === 0 || dueAt === null || method === 'card' || method === 'gift_card') return null;
  const payUrl = method === 'pay_link' ? orderUrl(ctx, order, '/pay') : null;
  return { method, open, dueAt, transfer, payUrl };
}

function linesOf(address: OrderView['shippingAddress']): string[] {
  const { fullName, line1, line2, city, region, postcode } = address;
  return [fullName, line1, line2, [city, region, postcode].filter(Boolean).join(' ')].filter(Boolean);
}
