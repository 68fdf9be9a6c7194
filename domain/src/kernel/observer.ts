import type { CurrencyCode } from './money.ts';
import type { StatementKind } from './statement-kind.ts';

/** What became of a try to have the payment provider take money. */
export const paymentOutcomes = [
  /** The bank holds the money, and the order is placed. */
  'authorized',
  /** The bank said no. */
  'declined',
  /** What was entered could not be used, or the sum is one that the provider takes from nobody: the bank was not asked. */
  'invalid',
  /** The shopper is sent to the bank, or to the provider's page; one of the others follows. */
  'action_required',
  /** The shopper turned away there. */
  'abandoned',
  /** The provider did not answer: the reconciler finds out, and one of the others follows. */
  'failed',
  /** Money that was held goes back: there was nothing left to sell for it, or it was not the sum agreed to. */
  'returned',
  /** The money was taken. */
  'captured',
] as const;
export type PaymentOutcome = (typeof paymentOutcomes)[number];

/** `repeated`: it came before. `refused`: it is not signed as it should be. `failed`: it could not be stored. */
export const webhookOutcomes = ['new', 'repeated', 'refused', 'failed'] as const;

/** `failed`: it is tried again. `dead`: it is not, or what it was at was set aside. */
export const jobOutcomes = ['ok', 'failed', 'dead'] as const;
export type JobOutcome = (typeof jobOutcomes)[number];

/**
 * Hears what happens in the domain, as it happens: for whoever measures it. Each is called often and must be quick; none may throw. What
 * they are told has few values, and nothing of a person.
 */
export interface Observer {
  /** A statement was answered, or failed. Transaction control is left out. */
  statement(kind: StatementKind, seconds: number): void;
  /** Somebody waited for a connection of the pool, whether they got one or not. */
  connectionWait(seconds: number): void;
  /** `error`: the cache is away or did not answer, and counts as a miss. */
  cacheRead(outcome: 'hit' | 'miss' | 'error'): void;
  /** A listing or search was answered, by one engine or the other. */
  searched(engine: 'meilisearch' | 'postgres'): void;
  /** An order was made and committed: once an order. `amount` is its total in minor units, gift cards included. */
  orderPlaced(order: { currency: CurrencyCode; method: string; amount: number }): void;
  paymentEnded(outcome: PaymentOutcome): void;
  webhookReceived(outcome: (typeof webhookOutcomes)[number]): void;
  /** @param job the name of a job, a schedule or a subscription */
  jobEnded(job: string, outcome: JobOutcome, seconds: number): void;
}

/** Nobody measures. */
export const noObserver: Observer = {
  statement() {},
  connectionWait() {},
  cacheRead() {},
  searched() {},
  orderPlaced() {},
  paymentEnded() {},
  webhookReceived() {},
  jobEnded() {},
};
