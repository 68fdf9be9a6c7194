import Stripe from 'stripe';
import type { Context } from '../kernel/index.ts';
import { metadataOf, savesCard, stateOf } from './intent-state.ts';
import { orAmountRefused, readIntent } from './intents.ts';
import type { CardRequest, IntentState } from './model.ts';
import { declineOf, isProviderError, orUnavailable } from './provider-errors.ts';

// Nothing in this file may be called while a transaction is open: a slow provider must not hold locks.
//
// Both ask under an idempotency key that is made of the attempt: however often one attempt is repeated, the bank is asked once.

/** How one try to pay is made. */
export interface Means {
  /** Grows with each try of the shopper; repeating one try asks once. */
  readonly attempt: number;
  /** Where the bank sends the shopper back to. */
  readonly returnUrl: string;
  /** What the Payment Element made; see `readConfirmationToken`. */
  readonly confirmationToken?: string | null;
  /** Instead of a token: a card that the customer has saved. */
  readonly paymentMethodId?: string | null;
}

/** The provider could not use what was entered, and made no intent of it. */
export interface Refusal {
  readonly intentId: null;
  readonly status: 'refused';
  readonly error: string;
}

/**
 * Makes the intent that pays for a checkout and asks the bank for the money, in one call. A refusal is a state (`needs_card` with
 * `error`), not an exception. Where the answer is lost, the same attempt asked again gets it.
 *
 * @returns a `Refusal` where there is no intent even: the token lapsed or was used before (`payment_details_expired`), or lacks something
 *   (`payment_details_incomplete`)
 * @throws DomainError `unavailable` when the outcome is not known: it must be asked again; `payment_declined` with
 *   `{ reason: 'amount_too_small' }`
 */
export async function openIntent(ctx: Context, request: CardRequest & Means): Promise<IntentState | Refusal> {
  const { customerId = null } = request;
  try {
    return await orAmountRefused(() =>
      orUnavailable(async () =>
        stateOf(
          await ctx.services.stripe.paymentIntents.create(
            {
              amount: request.amount,
              currency: request.currency.toLowerCase(),
              capture_method: 'manual',
              automatic_payment_methods: { enabled: true },
              metadata: metadataOf(request),
              ...(customerId === null ? {} : { customer: customerId }),
              ...(savesCard(request) ? { setup_future_usage: 'on_session' } : {}),
              confirm: true,
              ...asking(request),
            },
            { idempotencyKey: `open:${request.checkoutId}:${request.attempt}` },
          ),
        ),
      ),
    );
  } catch (error) {
    const declined = declinedState(error);
    if (declined !== null) return declined;
    const reason = declineOf(error) ?? reasonOf(error);
    if (reason === null) throw error;
    ctx.logger.warn({ err: error, checkoutId: request.checkoutId }, unusable);
    return { intentId: null, status: 'refused', error: reason };
  }
}

/**
 * Asks the bank for the money of an intent that it was asked for before. A refusal is a state (`needs_card` with `error`), not an
 * exception; so is a confirmation token that has lapsed or was used before (`payment_details_expired`), or lacks something
 * (`payment_details_incomplete`): the shopper enters their details again.
 *
 * @throws DomainError `unavailable` when the outcome is not known: it must be read later
 */
export async function confirmIntent(
  ctx: Context,
  input: Means & { readonly intentId: string },
): Promise<IntentState> {
  const { intentId } = input;
  try {
    return await orUnavailable(async () =>
      stateOf(
        await ctx.services.stripe.paymentIntents.confirm(intentId, asking(input), {
          idempotencyKey: `confirm:${intentId}:${input.attempt}`,
        }),
      ),
    );
  } catch (error) {
    // it was asked before: what came of it counts
    if (isProviderError(error, 'payment_intent_unexpected_state')) return readIntent(ctx, intentId);
    const declined = declinedState(error);
    if (declined !== null) return declined;
    const reason = reasonOf(error);
    if (reason === null) throw error;
    const intent = await readIntent(ctx, intentId);
    if (intent.status !== 'needs_card' && intent.status !== 'needs_confirmation') return intent;
    ctx.logger.warn({ err: error, intentId }, unusable);
    return { ...intent, status: 'needs_card', error: reason };
  }
}

const unusable = 'the provider could not use what the shopper entered';

function asking({ returnUrl, confirmationToken = null, paymentMethodId = null }: Means) {
  return {
    return_url: returnUrl,
    // a token asks for Stripe.js otherwise; a page of the bank works in every browser
    ...(confirmationToken === null ? {} : { confirmation_token: confirmationToken, use_stripe_sdk: false }),
    ...(paymentMethodId === null ? {} : { payment_method: paymentMethodId }),
    expand: ['payment_method'],
  };
}

/** The intent of a card that was refused; null for whatever else went wrong. */
function declinedState(error: unknown): IntentState | null {
  const declined = declineOf(error);
  if (declined === null || !(error instanceof Stripe.errors.StripeCardError)) return null;
  return error.payment_intent ? { ...stateOf(error.payment_intent), error: declined } : null;
}

/** Why the bank was not even asked: a token that lapsed or was used, a card that was removed, an address that Klarna misses. */
function reasonOf(error: unknown): string | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return null;
  const isLapsed = error.param === 'confirmation_token' || error.param === 'payment_method';
  return isLapsed ? 'payment_details_expired' : 'payment_details_incomplete';
}
