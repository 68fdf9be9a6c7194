import type { Cart, CartLine, Money } from './bff-types.ts';
import { count, formatDay, formatLastDay, formatMoney } from './format.ts';
import { messageFor, type Refused } from './messages.ts';

type Rejected = Cart['rejectedCodes'][number];
type Near = Cart['near'][number];

const cardReasons = new Map(
  Object.entries({
    disabled: 'This gift card was called off. Ask who gave it to you, or write to us.',
    expired: 'This gift card is too old to be spent.',
    empty: 'Nothing is left on this gift card.',
  }),
);

/** Why a code that was entered is not taken. */
export function codeMessage(refusal: Refused): string {
  const { code, data = {} } = refusal;
  if (code === 'code_unknown' || code === 'invalid_input') {
    return 'We do not know this code. Check its letters and digits, and enter it as you got it.';
  }
  if (code === 'gift_card_invalid') {
    if (data.reason === 'currency') {
      return `This gift card is in ${String(data.currency)}. Change where you shop to spend it.`;
    }
    return cardReasons.get(String(data.reason)) ?? 'This gift card cannot be spent.';
  }
  if (code === 'rate_limited') {
    const seconds = typeof data.retryAfterSeconds === 'number' ? data.retryAfterSeconds : 30;
    const wait =
      seconds <= 90 ? count(Math.ceil(seconds), 'second') : count(Math.ceil(seconds / 60), 'minute');
    return `That were many codes that we do not know. Wait ${wait}, then try again.`;
  }
  return messageFor(refusal);
}

/** Why a code in the cart takes nothing off, and what would change that. */
export function rejectionMessage({ reason, data }: Rejected, currency: Money['currency']): string {
  switch (reason) {
    case 'expired':
      return data.at instanceof Date
        ? `It was good until ${formatLastDay(data.at)}.`
        : 'It is no longer good.';
    case 'not_started':
      return data.at instanceof Date ? `It is good from ${formatDay(data.at)}.` : 'It is not good yet.';
    case 'disabled':
      return 'It is no longer good.';
    case 'exhausted':
      return data.of === 'customer'
        ? 'You have used it as often as one can.'
        : 'It has been used as often as it can be.';
    case 'minimum_not_met':
      return missing(data, currency);
    case 'nothing_eligible':
      return data.on === 'shipping'
        ? 'It is for delivery, and does not fit this one.'
        : 'Nothing in your cart is part of it.';
    case 'not_combinable':
      return `It cannot be had together with ${listOf(data.with) || 'what applies already'}, which takes more off.`;
    case 'not_for_you':
      return 'It is for certain customers. If you are one of them, log in.';
    case 'first_order_only':
      return 'It is for a first order.';
    case 'currency':
      return 'It is not for where you shop now.';
    default:
      return 'We do not know this code any more.';
  }
}

function missing(data: Rejected['data'], currency: Money['currency']): string {
  if (typeof data.missingAmount === 'number') {
    return `Add ${formatMoney({ amount: data.missingAmount, currency })} more to use it.`;
  }
  if (typeof data.missingItems === 'number') return `Add ${count(data.missingItems, 'item')} more to use it.`;
  return 'There is not enough in your cart for it yet.';
}

function listOf(labels: unknown): string {
  return Array.isArray(labels) ? labels.map((label) => `“${String(label)}”`).join(' and ') : '';
}

/** What a little more would bring. */
export function nearMessage({ label, missing: amount, missingItems, on }: Near): string {
  const what = on === 'gift' ? `a free gift: ${label}` : `“${label}”`;
  if (amount !== null) return `Spend ${formatMoney(amount)} more for ${what}.`;
  return `Add ${count(missingItems ?? 1, 'item')} more for ${what}.`;
}

/** When a thing is sent that does not lie in stock; null for what does. */
export function promiseMessage({ promise, shipsAt }: Pick<CartLine, 'promise' | 'shipsAt'>): string | null {
  if (promise === 'in_stock') return null;
  const what = promise === 'preorder' ? 'Pre-order' : 'Back-order';
  return shipsAt === null ? `${what}: sent as soon as it is here` : `${what}: ships by ${formatDay(shipsAt)}`;
}
