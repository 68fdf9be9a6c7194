import type { Block, Pen } from '../content.ts';
import type { MailData } from '../model.ts';

type Order = MailData<'order-confirmation'>;
type Sum = readonly [label: string, amount: string];

/** What was ordered, and how its total comes about. */
export function receipt(order: Order, pen: Pen): Block {
  const { messages, format } = pen;
  const words = messages.orders.receipt;
  return {
    kind: 'receipt',
    lines: order.lines.map((line) => ({
      quantity: words.times(format.count(line.quantity)),
      title: line.title,
      variant: [line.variant, promiseOf(line, pen)].filter(Boolean).join(', '),
      total: line.total.amount === 0 ? words.gift : format.money(line.total),
    })),
    sums: [
      [words.subtotal, format.money(order.subtotal)],
      ...discounts(order, pen),
      shipping(order, pen),
      ...(order.isTaxIncluded ? [] : taxes(order, pen)),
      [words.total, format.money(order.total)],
      ...(order.isTaxIncluded ? taxes(order, pen) : []),
      ...giftCards(order, pen),
    ],
  };
}

function promiseOf(line: Order['lines'][number], { messages, format }: Pen): string {
  if (line.promise === 'in_stock') return '';
  return messages.orders.promise[line.promise](line.shipsAt === null ? '' : format.day(line.shipsAt));
}

function discounts(order: Order, { messages, format }: Pen): Sum[] {
  const { amount, currency } = order.discount;
  if (amount === 0) return [];
  const named = order.promotions.map(
    (promotion): Sum => [
      promotion.label,
      format.money({ ...promotion.amount, amount: -promotion.amount.amount }),
    ],
  );
  return named.length > 0
    ? named
    : [[messages.orders.receipt.discount, format.money({ amount: -amount, currency })]];
}

function shipping(order: Order, { messages, format }: Pen): Sum {
  const words = messages.orders.receipt;
  const label =
    order.pickup === null ? words.shipping(order.shipping.method) : words.pickup(order.shipping.method);
  return [label, order.shipping.amount.amount === 0 ? words.free : format.money(order.shipping.amount)];
}

function taxes(order: Order, { messages, format }: Pen): Sum[] {
  const words = messages.orders.receipt;
  const named = order.taxes.length > 0 ? order.taxes : [{ name: words.tax, amount: order.tax }];
  if (order.isTaxIncluded && order.tax.amount === 0) return [];
  return named.map(
    ({ name, amount }): Sum => [order.isTaxIncluded ? words.includedTax(name) : name, format.money(amount)],
  );
}

function giftCards(order: Order, { messages, format }: Pen): Sum[] {
  const words = messages.orders.receipt;
  if (order.giftCards.length === 0) return [];
  const used = order.giftCards.map(
    (card): Sum => [
      words.giftCard(card.last4),
      format.money({ ...card.amount, amount: -card.amount.amount }),
    ],
  );
  return order.due === null ? used : [...used, [words.toPay, format.money(order.due)]];
}
