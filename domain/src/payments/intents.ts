import type Stripe from 'stripe';
import { type Context, DomainError } from '../kernel/index.ts';
import { metadataOf, savesCard, stateOf } from './intent-state.ts';
import type { CardRequest, IntentState } from './model.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

// Nothing in this file may be called while a transaction is open: a slow provider must not hold locks.
//
// The provider saves its own failures under an idempotency key too, so what harms nobody when repeated (update, capture, cancel) goes
// without one and can be tried again.

/**
 * Brings an intent that nobody has confirmed to what is asked for now. Which ways to pay it offers is set at the provider.
 *
 * @returns null when this intent cannot become that: it is over, in another currency, or somebody else's
 * @throws DomainError `unavailable` when the provider cannot be reached, `payment_declined` with `{ reason: 'amount_too_small' }`
 */
export async function updateIntent(
  ctx: Context,
  intentId: string,
  request: CardRequest,
): Promise<IntentState | null> {
  const { customerId = null } = request;
  return orAmountRefused(() =>
    orUnavailable(async () => {
      const { paymentIntents } = ctx.services.stripe;
      const current = await paymentIntents.retrieve(intentId);
      if (!canBecome(current, request.currency, customerId)) return null;
      const updated = await paymentIntents.update(intentId, {
        amount: request.amount,
        metadata: metadataOf(request),
        ...(customerId === null ? {} : { customer: customerId }),
        ...(savesCard(request)
          ? { setup_future_usage: 'on_session' }
          : current.setup_future_usage === null
            ? {}
            : { setup_future_usage: '' }),
      });
      return stateOf(updated);
    }),
  );
}

/** Tells whether an intent can be brought to what is asked for now: nobody has confirmed it, and it is nobody else's. */
function canBecome(intent: Stripe.PaymentIntent, currency: string, customerId: string | null): boolean {
  const owner = typeof intent.customer === 'object' ? (intent.customer?.id ?? null) : intent.customer;
  return (
    (intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation') &&
    intent.currency.toUpperCase() === currency &&
    (owner === null || owner === customerId)
  );
}

/** The provider takes no sums below some cents, by currency: what gift cards leave may be less. */
export async function orAmountRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isProviderError(error, 'amount_too_small', 'amount_too_large')) throw error;
    throw new DomainError(
      'payment_declined',
      `the provider does not take this sum: ${error.message}`,
      { reason: error.code },
      { cause: error },
    );
  }
}

/** What an intent is now. @throws DomainError `not_found`, `unavailable` */
export async function readIntent(ctx: Context, intentId: string): Promise<IntentState> {
  try {
    return await orUnavailable(async () =>
      stateOf(await ctx.services.stripe.paymentIntents.retrieve(intentId, { expand: ['payment_method'] })),
    );
  } catch (error) {
    if (!isProviderError(error, 'resource_missing')) throw error;
    throw new DomainError(
      'not_found',
      `the provider knows no intent ${intentId}`,
      { intentId },
      { cause: error },
    );
  }
}

/** Takes the authorised money; repeating it takes it once. An intent that was given up stays so. @throws DomainError `unavailable` */
export async function captureIntent(ctx: Context, intentId: string): Promise<IntentState> {
  const before = await readIntent(ctx, intentId);
  if (before.status === 'captured' || before.status === 'cancelled') return before;
  try {
    return await orUnavailable(async () =>
      stateOf(await ctx.services.stripe.paymentIntents.capture(intentId)),
    );
  } catch (error) {
    if (!isProviderError(error, 'payment_intent_unexpected_state')) throw error;
    return readIntent(ctx, intentId);
  }
}

/**
 * Gives up an intent and the money that it may hold; one that is over already is left alone.
 *
 * @returns what it is then: `cancelled`, or `captured` when the money was taken before
 * @throws DomainError `unavailable`
 */
export async function cancelIntent(ctx: Context, intentId: string): Promise<IntentState> {
  const before = await readIntent(ctx, intentId);
  if (before.status === 'captured' || before.status === 'cancelled') return before;
  try {
    return await orUnavailable(async () =>
      stateOf(await ctx.services.stripe.paymentIntents.cancel(intentId)),
    );
  } catch (error) {
    if (!isProviderError(error, 'payment_intent_unexpected_state')) throw error;
    return readIntent(ctx, intentId);
  }
}
