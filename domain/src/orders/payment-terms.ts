import { addSeconds } from '../kernel/index.ts';
import type { PaymentMethod } from './order-draft.ts';

/** How long a buyer has to pay an order that is paid after it is placed. */
export interface PaymentTerms {
  readonly dueDays: number;
  /** When the buyer is reminded, counted from when it is due: negative is before. */
  readonly remindDays: number;
  /** Whether the order is called off when it is not paid by then. */
  readonly lapses: boolean;
}

const terms: Readonly<Record<PaymentMethod, PaymentTerms>> = {
  bank_transfer: { dueDays: 7, remindDays: -2, lapses: true },
  pay_link: { dueDays: 3, remindDays: -2, lapses: true },
  cash_on_collection: { dueDays: 7, remindDays: -2, lapses: true },
  invoice: { dueDays: 14, remindDays: 1, lapses: false },
  // awaited only while the provider makes up its mind
  card: { dueDays: 3, remindDays: -1, lapses: true },
  gift_card: { dueDays: 3, remindDays: -1, lapses: true },
};

const DAY = 24 * 60 * 60;

export function paymentTerms(method: PaymentMethod): PaymentTerms {
  return terms[method];
}

/** When an order of this method that is placed now is to be paid. */
export function paymentDueAt(method: PaymentMethod, placedAt: Date): Date {
  return addSeconds(placedAt, terms[method].dueDays * DAY);
}

/** Orders that were due by then are reminded of now. */
export function remindedDueBy(method: PaymentMethod, now: Date): Date {
  return addSeconds(now, -terms[method].remindDays * DAY);
}
