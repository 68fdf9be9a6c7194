import { type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';
import { paymentBlocks } from './order-payment.ts';

/** Money that was waited for came in. */
export function orderPaid(order: MailData<'order-paid'>, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.orders.paid;
  const amount = format.money(order.amount);
  return {
    subject: words.subject(order.number, shop.name),
    preheader: words.preheader(amount),
    heading: words.heading,
    blocks: [paragraph(words.explanation(order.number, amount))],
    action: { label: words.action, url: order.url },
    afterAction: [paragraph(words.documents)],
    reason: messages.orders.reason(shop.name),
  };
}

/** It is not paid yet. */
export function orderReminder(order: MailData<'order-reminder'>, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.orders.reminder;
  const { payment } = order;
  const day = format.day(payment.dueAt);
  const seeOrder = { label: words.action, url: order.url };
  return {
    subject: words.subject(order.number, shop.name),
    preheader: words.preheader(format.money(payment.open), day),
    heading: words.heading,
    blocks: [
      paragraph(order.lapses ? words.lapsing(order.number, day) : words.lasting(order.number, day)),
      ...paymentBlocks(payment, pen),
    ],
    action: payment.payUrl === null ? seeOrder : { label: messages.orders.pay.payNow, url: payment.payUrl },
    afterAction: [
      ...(payment.payUrl === null ? [] : [{ kind: 'link' as const, ...seeOrder }]),
      paragraph(words.crossed),
    ],
    reason: messages.orders.reason(shop.name),
  };
}

/** It was called off: why, and what becomes of the money. */
export function orderCancelled(order: MailData<'order-cancelled'>, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.orders.cancelled;
  return {
    subject: words.subject(order.number, shop.name),
    preheader: words.preheader,
    heading: words.heading,
    blocks: [
      paragraph(words.reasons[order.reason](order.number)),
      ...(order.wasHeld ? [paragraph(words.held)] : []),
      ...(order.refund === null ? [] : [paragraph(words.refund(format.money(order.refund)))]),
      ...(order.giftCards === null ? [] : [paragraph(words.giftCards(format.money(order.giftCards)))]),
    ],
    action: { label: words.action, url: order.url },
    reason: messages.orders.reason(shop.name),
  };
}

/** The way to an order, for somebody who lost it. */
export function orderLink(order: MailData<'order-link'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.orders.link;
  return {
    subject: words.subject(order.number, shop.name),
    preheader: words.preheader,
    heading: words.heading,
    blocks: [paragraph(words.explanation(order.number))],
    action: { label: words.action, url: order.url },
    afterAction: [paragraph(words.notYou)],
    reason: messages.orders.reason(shop.name),
  };
}
