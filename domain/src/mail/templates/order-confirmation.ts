import type { Block, MailContent, Pen } from '../content.ts';
import { paragraph } from '../content.ts';
import type { MailData } from '../model.ts';

/** The mail that tells a buyer that the order is in. */
export function orderConfirmation(order: MailData<'order-confirmation'>, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.orderConfirmation;
  const delivery = words.days(format.count(order.delivery.minDays), format.count(order.delivery.maxDays));
  return {
    subject: words.subject(order.number, shop.name),
    preheader: words.preheader(format.money(order.total), delivery),
    heading: words.heading,
    blocks: [paragraph(words.arrival(order.number, delivery)), receipt(order, pen)],
    action: { label: words.action, url: order.url },
    afterAction: [
      {
        kind: 'lines',
        title: words.address,
        lines: [...order.address.lines, format.country(order.address.country)],
      },
    ],
    reason: words.reason(shop.name),
  };
}

function receipt(order: MailData<'order-confirmation'>, { messages, format }: Pen): Block {
  const words = messages.orderConfirmation;
  const { amount, currency } = order.discount;
  return {
    kind: 'receipt',
    lines: order.lines.map((line) => ({
      quantity: words.times(format.count(line.quantity)),
      title: line.title,
      variant: line.variant,
      total: format.money(line.total),
    })),
    sums: [
      [words.subtotal, format.money(order.subtotal)],
      ...(amount === 0 ? [] : [[words.discount, format.money({ amount: -amount, currency })] as const]),
      [words.shipping(order.shipping.method), format.money(order.shipping.amount)],
      [words.tax, format.money(order.tax)],
      [words.total, format.money(order.total)],
    ],
  };
}
