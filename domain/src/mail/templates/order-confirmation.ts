import { type Block, type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';
import { paymentBlocks } from './order-payment.ts';
import { receipt } from './order-receipt.ts';

type Order = MailData<'order-confirmation'>;

/** The mail that tells a buyer that the order is in, and how to pay where that is still to be done. */
export function orderConfirmation(order: Order, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.orders.confirmation;
  const { payment, pickup } = order;
  const days = words.days(format.count(order.delivery.minDays), format.count(order.delivery.maxDays));
  const total = format.money(order.total);
  const seeOrder = { label: words.action, url: order.url };
  const payUrl = payment?.payUrl ?? null;
  return {
    subject: words.subject(order.number, shop.name),
    preheader: pickup === null ? words.preheader(total, days) : words.pickupPreheader(total, pickup.name),
    heading: words.heading,
    blocks: [
      paragraph(
        pickup === null ? words.arrival(order.number, days) : words.fetching(order.number, pickup.name),
      ),
      ...promisedDays(order, pen),
      ...(payment === null ? [] : paymentBlocks(payment, pen)),
      receipt(order, pen),
    ],
    action: payUrl === null ? seeOrder : { label: messages.orders.pay.payNow, url: payUrl },
    afterAction: [
      ...(payUrl === null ? [] : [{ kind: 'link' as const, ...seeOrder }]),
      place(order, pen),
      ...(order.giftMessage === ''
        ? []
        : [{ kind: 'lines' as const, title: words.giftMessage, lines: [order.giftMessage] }]),
      paragraph(words.cancelHint),
    ],
    reason: messages.orders.reason(shop.name),
  };
}

function promisedDays({ delivery, pickup }: Order, { messages, format }: Pen): Block[] {
  const { earliest, latest } = delivery;
  if (pickup !== null || earliest === null || latest === null) return [];
  const words = messages.orders.confirmation;
  return [paragraph(words.between(format.day(new Date(earliest)), format.day(new Date(latest))))];
}

function place({ address, pickup }: Order, { messages, format }: Pen): Block {
  const words = messages.orders.confirmation;
  if (pickup !== null) {
    return {
      kind: 'lines',
      title: words.pickupPlace,
      lines: [pickup.name, ...pickup.lines, ...pickup.hours],
    };
  }
  return { kind: 'lines', title: words.address, lines: [...address.lines, format.country(address.country)] };
}
