import Stripe from 'stripe';
import { DomainError } from '../kernel/index.ts';

/** Turns what went wrong on the way to the provider into `unavailable`; the provider's own answers pass. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeRateLimitError ||
      error instanceof Stripe.errors.StripeIdempotencyError ||
      // the same call is under way: what comes of it is not known yet
      isProviderError(error, 'idempotency_key_in_use', 'lock_timeout')
    ) {
      throw new DomainError(
        'unavailable',
        `the payment provider did not answer: ${error.message}`,
        {},
        { cause: error },
      );
    }
    throw error;
  }
}

/** Tells whether the provider refused by one of these codes. */
export function isProviderError(
  error: unknown,
  ...codes: readonly string[]
): error is InstanceType<typeof Stripe.errors.StripeError> {
  return error instanceof Stripe.errors.StripeError && error.code !== undefined && codes.includes(error.code);
}

/** Why a card was refused, when that is what an error says. */
export function declineOf(error: unknown): string | null {
  if (!(error instanceof Stripe.errors.StripeCardError)) return null;
  return error.decline_code || error.code || 'card_declined';
}
