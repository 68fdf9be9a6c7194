/** What the shop's page and the frame with the card form say to each other. Both check where it came from. */

export interface FrameOptions {
  publishableKey: string;
  terms: Terms;
  locale: string;
  appearance: Appearance;
  /** `never` leaves a field to the shop, which must then tell it with the confirmation. */
  asksCountry: boolean;
  defaults: BillingDetails;
  layout: string;
}

/** What is going to be paid, from which follow the ways to pay. */
export interface Terms {
  mode: 'payment' | 'setup';
  amount?: number;
  currency?: string;
  captureMethod?: string;
  setupFutureUsage?: string | null;
  paymentMethodTypes?: readonly string[];
  customerSessionClientSecret?: string;
}

export interface Appearance {
  theme?: string;
  variables?: Record<string, string>;
}

export interface BillingDetails {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  address?: Record<string, string | null>;
}

/** Stripe's error object, as its browser library gives it. */
export interface ElementError {
  type: string;
  code?: string;
  decline_code?: string;
  param?: string;
  message: string;
}

export type ToFrame =
  | { kind: 'init'; options: FrameOptions }
  | { kind: 'update'; options: Partial<Pick<FrameOptions, 'terms' | 'appearance' | 'defaults'>> }
  | { kind: 'focus' | 'blur' | 'clear' }
  | { kind: 'request'; id: number; work: Work };

/** What the page asks of the frame: check the form, or send it to the API. */
export type Work =
  | { name: 'submit' }
  | { name: 'send'; path: string; parameters: object; billing: BillingDetails };

export interface Change {
  empty: boolean;
  complete: boolean;
  value: { type: string };
}

export type FromFrame =
  | { kind: 'hello' | 'ready' | 'focus' | 'blur' | 'escape' }
  | { kind: 'loaderror'; error: ElementError }
  | { kind: 'change'; change: Change }
  | { kind: 'height'; height: number }
  | { kind: 'reply'; id: number; result: { error: ElementError } | { value: object } };

/** Marks messages as ours: pages and extensions send others. */
export const envelope = 'payment-sandbox';
