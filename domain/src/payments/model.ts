import { z } from 'zod';
import type { CurrencyCode } from '../kernel/index.ts';

/** What a payment intent is at the provider now, in Souk's words. */
export interface IntentState {
  readonly intentId: string;
  readonly checkoutId: string | null;
  readonly totalsVersion: number | null;
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
  /** Where the bank wants to see the cardholder; only with `needs_action`. */
  readonly actionUrl: string | null;
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

/** The part of a webhook that is read; the rest is kept as it came. */
export const webhookObject = z.object({
  id: z.string(),
  object: z.string(),
  payment_intent: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
