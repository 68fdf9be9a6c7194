import { type Block, type Pen, paragraph } from '../content.ts';
import type { OrderPayment } from '../order-data.ts';

/** How an order is paid that is not paid yet: by when, and where to. */
export function paymentBlocks(payment: OrderPayment, { messages, format }: Pen): Block[] {
  const words = messages.orders.pay;
  const { method, transfer } = payment;
  const told = paragraph(words[method](format.money(payment.open), format.day(payment.dueAt)));
  if (transfer === null) return [told];
  const facts: (readonly [string, string])[] = [
    [words.holder, transfer.holder],
    ['IBAN', transfer.iban.replaceAll(/(.{4})(?=.)/g, '$1 ')],
    ['BIC', transfer.bic],
    [words.bank, transfer.bank],
    [words.reference, transfer.reference],
  ];
  return [told, { kind: 'facts', facts: facts.filter(([, value]) => value !== '') }];
}
