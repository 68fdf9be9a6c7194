import type { Order } from './bff-types.ts';
import { formatDay, formatMoney } from './format.ts';
import { paymentName } from './payment-names.ts';

type Standing = Pick<Order, 'status' | 'paymentStatus' | 'payment' | 'shippingMethod' | 'total'>;

/** What the page of an order begins with. */
export function orderHeadline(order: Pick<Order, 'status' | 'paymentStatus'>, firstName: string): string {
  if (order.status === 'cancelled') return 'This order was cancelled.';
  const name = firstName === '' ? '' : `, ${firstName}`;
  return order.paymentStatus === 'awaiting' ? `Almost there${name}.` : `Thank you${name}.`;
}

/** How an order stands, in a few words: for lists. */
export function orderStanding(
  order: Pick<Order, 'status' | 'paymentStatus'> & { paymentMethod: string },
): string {
  if (order.status === 'cancelled') return 'Cancelled';
  if (order.paymentStatus === 'awaiting')
    return awaitingWords.get(order.paymentMethod) ?? 'Waiting for payment';
  if (order.paymentStatus === 'refunded') return 'Refunded';
  return order.status === 'completed' ? 'Completed' : 'Being prepared';
}

const awaitingWords = new Map([
  ['cash_on_collection', 'Ready to be fetched soon'],
  ['invoice', 'Being prepared'],
]);

/** What becomes of an order's money, in a sentence. */
export function paymentSentence({ status, paymentStatus, payment }: Standing): string {
  const { method, open, dueAt, paid, refunded } = payment;
  const toReturn = paid.amount - refunded.amount;
  if (status === 'cancelled') {
    if (paymentStatus === 'authorised') return 'Your bank set the money aside and lets go of it within days.';
    if (toReturn > 0) return `We send ${formatMoney({ ...paid, amount: toReturn })} back to you.`;
    return refunded.amount > 0 ? `We sent ${formatMoney(refunded)} back to you.` : 'Nothing was charged.';
  }
  const by = dueAt === null ? '' : ` by ${formatDay(dueAt)}`;
  switch (paymentStatus) {
    case 'authorised':
      return `${paymentName(payment)}: charged in a moment.`;
    case 'paid':
      return `Paid: ${paymentName(payment)}.`;
    case 'partially_refunded':
      return `Paid: ${paymentName(payment)}. We sent ${formatMoney(refunded)} back to you.`;
    case 'refunded':
      return `We sent ${formatMoney(refunded)} back to you.`;
    case 'voided':
      return 'Nothing was charged.';
    case 'awaiting':
      break;
  }
  const part = paid.amount > 0 ? ` We have ${formatMoney(paid)} of ${formatMoney(payment.due)}.` : '';
  if (method === 'cash_on_collection') return `You pay ${formatMoney(open)} when you fetch it${by}.${part}`;
  if (method === 'invoice') return `By invoice: ${formatMoney(open)}${by}.${part}`;
  if (method === 'bank_transfer') return `Waiting for your transfer of ${formatMoney(open)}${by}.${part}`;
  return `Waiting for your payment of ${formatMoney(open)}${by}.${part}`;
}

/** What happens next, step by step; none for an order that is over. */
export function nextSteps(order: Standing): string[] {
  if (order.status !== 'placed') return [];
  const { method } = order.payment;
  const { kind, pickup } = order.shippingMethod;
  const isAwaited = order.paymentStatus === 'awaiting';
  const arrival =
    kind === 'pickup'
      ? `We mail you when it is ready${pickup === null ? '' : ` at ${pickup.name}`}. Bring the number of your order.`
      : `${arrivalWords(order)} The courier tells you the hour.`;
  const payment: Record<Order['payment']['method'], string> = {
    bank_transfer: 'Transfer the sum with the reference above: we mail you when it is here.',
    pay_link: 'Pay with the button above, on this device or by the link in our mail.',
    cash_on_collection: 'You pay when you fetch it.',
    invoice: 'The invoice is on this page: pay it when your things are with you.',
    card: 'We wait for your bank.',
    gift_card: 'We wait for the payment.',
  };
  const packing = 'We pack your things, usually within a working day.';
  const keeping = 'Keep this page or the mail: its link shows how the order stands, without an account.';
  const isLater = method === 'cash_on_collection' || method === 'invoice';
  if (!isAwaited) return [packing, arrival, keeping];
  return isLater
    ? [packing, arrival, payment[method], keeping]
    : [payment[method], packing, arrival, keeping];
}

function arrivalWords({ shippingMethod }: Standing): string {
  const { earliest, latest, minDays, maxDays } = shippingMethod;
  if (earliest !== null && latest !== null) {
    const [from, to] = [formatDay(new Date(earliest)), formatDay(new Date(latest))];
    return from === to ? `Expected on ${to}.` : `Expected between ${from} and ${to}.`;
  }
  const days = minDays === maxDays ? `${minDays}` : `${minDays} to ${maxDays}`;
  return `It reaches you ${days} working days after that.`;
}

/** What to tell of a line that was not in stock. */
export function promiseWords(line: Pick<Order['lines'][number], 'promise' | 'shipsAt'>): string | null {
  if (line.promise === 'in_stock') return null;
  const about = line.shipsAt === null ? '' : `: leaves about ${formatDay(line.shipsAt)}`;
  return `${line.promise === 'preorder' ? 'Pre-ordered' : 'On back order'}${about}`;
}

/** `DE89 3704 0044 0532 0130 00`. */
export function groupedIban(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** Why an order could not be cancelled. */
export function cancelRefusal(reason: unknown): string {
  if (reason === 'too_late')
    return 'This order is being packed already, so it cannot be cancelled here any more. Send it back instead: that is free.';
  if (reason === 'shipped' || reason === 'completed') return 'This order is on its way already.';
  return 'This order cannot be cancelled. Look at the page again: something changed.';
}
