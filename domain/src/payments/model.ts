import { z } from 'zod';
import type { CurrencyCode } from '../kernel/index.ts';

/** The ways in which an order's money may come. A card stands for all that the provider takes at once: wallets, Klarna, PayPal… too. */
export const paymentMethods = [
  'card',
  'bank_transfer',
  'invoice',
  'pay_link',
  'cash_on_collection',
  'gift_card',
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** What is paid with, as far as the provider tells and a shopper may see; the fingerprint is for counting and is not kept. */
export interface PaymentDetail {
  /** The provider's word: `card`, `link`, `klarna`, `afterpay_clearpay`, `paypal`… */
  readonly type: string;
  /** Of cards: `visa`… Null for everything else. */
  readonly brand: string | null;
  readonly last4: string | null;
  /** `apple_pay`, `google_pay`… where the card came out of a wallet. */
  readonly wallet: string | null;
  /** Stays the same for one card, whoever enters it. */
  readonly fingerprint: string | null;
}

/** What a payment intent is at the provider now, in Souk's words. */
export interface IntentState {
  readonly intentId: string;
  readonly checkoutId: string | null;
  /** The order that is paid after it was placed, by a pay link. */
  readonly orderId: string | null;
  readonly totalsVersion: number | null;
  /** The try of the checkout that it was made for, or brought to. */
  readonly attempt: number | null;
  readonly amount: number;
  readonly currency: string;
  readonly status:
    | 'needs_card'
    | 'needs_confirmation'
    | 'needs_action'
    | 'processing'
    | 'authorised'
    | 'captured'
    | 'cancelled';
  /** Where the bank, or the way to pay, wants to see the shopper; only with `needs_action`. */
  readonly actionUrl: string | null;
  readonly detail: PaymentDetail | null;
  readonly card: { readonly brand: string; readonly last4: string } | null;
  /** Why the last try failed: a decline code, or the error's code. */
  readonly error: string | null;
}

export interface IntentRequest {
  readonly checkoutId: string;
  /** Grows each time that what is paid for changes. */
  readonly totalsVersion: number;
  readonly amount: number;
  readonly currency: CurrencyCode;
}

/** A try to pay for a checkout at once. */
export interface CardRequest extends IntentRequest {
  /** Grows with each try of the shopper. */
  readonly attempt: number;
  /** The provider's customer, for saved cards; see `paymentCustomerOf`. */
  readonly customerId?: string | null;
  /** Keeps what is paid with for the customer's next order: only for what can be kept, such as a card. */
  readonly savesCard?: boolean;
}

/** A payment on the provider's own page. */
export interface HostedPayment {
  readonly sessionId: string;
  /** `complete` once the shopper is through; what came of the money the intent tells. */
  readonly status: 'open' | 'complete' | 'expired';
  /** Null until the shopper tries to pay. */
  readonly intent: IntentState | null;
  /** Where the page is while it is open. */
  readonly url: string | null;
}

/** The part of a webhook that is read; the rest is kept as it came. */
export const webhookObject = z.object({
  id: z.string(),
  object: z.string(),
  payment_intent: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

const uuid = z.uuid();

/** The id of one of our rows in the provider's metadata; null for whatever else may stand there. */
export function idIn(metadata: Readonly<Record<string, string>> | null | undefined, key: string) {
  const id = uuid.safeParse(metadata?.[key]);
  return id.success ? id.data : null;
}
