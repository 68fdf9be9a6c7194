import Stripe from 'stripe';
import { type Context, DomainError } from '../kernel/index.ts';
import { stateOf } from './intent-state.ts';
import type { IntentRequest, IntentState } from './model.ts';
import { declineOf, isProviderError, orUnavailable } from './provider-errors.ts';

// Nothing in this file may be called while a transaction is open: a slow provider must not hold locks.
//
// Idempotency keys stand where repeating a call would do harm: creating and confirming. The provider saves its own failures under a
// key too, so what harms nobody when repeated (update, capture, cancel) goes without one and can be tried again.

/**
 * The intent that pays for a checkout: the current one brought to the new amount, or a new one. Repeating it with the same
 * version of the totals gives the same intent. Which ways to pay it offers is set at the provider.
 *
 * @param request.customerId the provider's customer, for saved cards; see `paymentCustomerOf`
 * @param request.savesCard keeps what is paid with for the customer's next order: only for what can be kept, such as a card
 * @throws DomainError `unavailable` when the provider cannot be reached, `payment_declined` with `{ reason: 'amount_too_small' }`
 */
export async function prepareIntent(
  ctx: Context,
  request: IntentRequest & {
    currentIntentId: string | null;
    customerId?: string | null;
    savesCard?: boolean;
  },
): Promise<IntentState & { clientSecret: string }> {
  const { customerId = null, savesCard = false } = request;
  const keeps = savesCard && customerId !== null;
  const metadata = { checkout_id: request.checkoutId, totals_version: String(request.totalsVersion) };
  return orAmountRefused(() =>
    orUnavailable(async () => {
      const { paymentIntents } = ctx.services.stripe;
      const current = request.currentIntentId ? await paymentIntents.retrieve(request.currentIntentId) : null;
      if (current && canBecome(current, request.currency, customerId)) {
        const updated = await paymentIntents.update(current.id, {
          amount: request.amount,
          metadata,
          ...(customerId === null ? {} : { customer: customerId }),
          ...(keeps
            ? { setup_future_usage: 'on_session' }
            : current.setup_future_usage === null
              ? {}
              : { setup_future_usage: '' }),
        });
        return withSecret(updated);
      }
      const created = await paymentIntents.create(
        {
          amount: request.amount,
          currency: request.currency.toLowerCase(),
          capture_method: 'manual',
          automatic_payment_methods: { enabled: true },
          metadata,
          ...(customerId === null ? {} : { customer: customerId }),
          ...(keeps ? { setup_future_usage: 'on_session' } : {}),
        },
        {
          idempotencyKey: [
            'intent',
            request.checkoutId,
            request.totalsVersion,
            current?.id ?? 'first',
            customerId ?? 'guest',
            ...(keeps ? ['keeps'] : []),
          ].join(':'),
        },
      );
      return withSecret(created);
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

function withSecret(intent: Stripe.PaymentIntent): IntentState & { clientSecret: string } {
  if (intent.client_secret === null) throw new Error(`intent ${intent.id} came without its client secret`);
  return { ...stateOf(intent), clientSecret: intent.client_secret };
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

/**
 * Asks the bank for the money. A refusal is a state (`needs_card` with `error`), not an exception; so is a confirmation token that
 * has lapsed or was used before (`payment_details_expired`), or lacks something (`payment_details_incomplete`): the shopper enters
 * their details again.
 *
 * @param input.attempt grows with each try of the shopper; repeating one try asks once
 * @param input.confirmationToken what the Payment Element made; see `readConfirmationToken`
 * @param input.paymentMethodId instead of a token: a card that the intent's customer has saved
 * @throws DomainError `unavailable` when the outcome is not known: it must be read later
 */
export async function confirmIntent(
  ctx: Context,
  input: {
    intentId: string;
    attempt: number;
    returnUrl: string;
    confirmationToken?: string | null;
    paymentMethodId?: string | null;
  },
): Promise<IntentState> {
  const { confirmationToken = null, paymentMethodId = null } = input;
  try {
    return await orUnavailable(async () =>
      stateOf(
        await ctx.services.stripe.paymentIntents.confirm(
          input.intentId,
          {
            return_url: input.returnUrl,
            // a token asks for Stripe.js otherwise; a page of the bank works in every browser
            ...(confirmationToken === null
              ? {}
              : { confirmation_token: confirmationToken, use_stripe_sdk: false }),
            ...(paymentMethodId === null ? {} : { payment_method: paymentMethodId }),
            expand: ['payment_method'],
          },
          { idempotencyKey: `confirm:${input.intentId}:${input.attempt}` },
        ),
      ),
    );
  } catch (error) {
    // it was asked before: what came of it counts
    if (isProviderError(error, 'payment_intent_unexpected_state')) return readIntent(ctx, input.intentId);
    const declined = declineOf(error);
    if (declined !== null && error instanceof Stripe.errors.StripeCardError && error.payment_intent) {
      return { ...stateOf(error.payment_intent), error: declined };
    }
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return refusedUnasked(ctx, input.intentId, error);
  }
}

/** The provider did not even ask the bank: a token that lapsed or was used, a card that was removed, an address that Klarna misses. */
async function refusedUnasked(
  ctx: Context,
  intentId: string,
  error: InstanceType<typeof Stripe.errors.StripeInvalidRequestError>,
): Promise<IntentState> {
  const intent = await readIntent(ctx, intentId);
  if (intent.status !== 'needs_card' && intent.status !== 'needs_confirmation') return intent;
  const isLapsed = error.param === 'confirmation_token' || error.param === 'payment_method';
  ctx.logger.warn({ err: error, intentId }, 'the provider could not use what the shopper entered');
  return {
    ...intent,
    status: 'needs_card',
    error: isLapsed ? 'payment_details_expired' : 'payment_details_incomplete',
  };
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
