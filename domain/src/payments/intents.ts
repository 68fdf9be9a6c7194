import Stripe from 'stripe';
import { type Context, DomainError } from '../kernel/index.ts';
import type { IntentRequest, IntentState } from './model.ts';

// Nothing in this file may be called while a transaction is open: a slow provider must not hold locks.
//
// Idempotency keys stand where repeating a call would do harm: creating and confirming. The provider saves its own failures under a
// key too, so what harms nobody when repeated (update, capture, cancel) goes without one and can be tried again.

/**
 * The intent that pays for a checkout: the current one brought to the new amount, or a new one. Repeating it with the same
 * version of the totals gives the same intent.
 *
 * @throws DomainError `unavailable` when the provider cannot be reached
 */
export async function prepareIntent(
  ctx: Context,
  request: IntentRequest & { currentIntentId: string | null },
): Promise<IntentState & { clientSecret: string }> {
  return orUnavailable(async () => {
    const { paymentIntents } = ctx.services.stripe;
    const metadata = { checkout_id: request.checkoutId, totals_version: String(request.totalsVersion) };
    const current = request.currentIntentId ? await paymentIntents.retrieve(request.currentIntentId) : null;
    if (current && isOpen(current)) {
      const updated = await paymentIntents.update(current.id, { amount: request.amount, metadata });
      return withSecret(updated);
    }
    const created = await paymentIntents.create(
      {
        amount: request.amount,
        currency: request.currency.toLowerCase(),
        capture_method: 'manual',
        metadata,
      },
      { idempotencyKey: `intent:${request.checkoutId}:${request.totalsVersion}:${current?.id ?? 'first'}` },
    );
    return withSecret(created);
  });
}

function isOpen(intent: Stripe.PaymentIntent): boolean {
  return intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation';
}

function withSecret(intent: Stripe.PaymentIntent): IntentState & { clientSecret: string } {
  if (intent.client_secret === null) throw new Error(`intent ${intent.id} came without its client secret`);
  return { ...stateOf(intent), clientSecret: intent.client_secret };
}

/** The provider's hosted page that takes the card and comes back to `returnUrl`. */
export function hostedPageUrl(
  ctx: Context,
  page: { intentId: string; clientSecret: string; returnUrl: string; cancelUrl: string },
): string {
  const url = new URL(`/pay/${page.intentId}`, ctx.config.stripe.apiBase);
  url.searchParams.set('client_secret', page.clientSecret);
  url.searchParams.set('return_url', page.returnUrl);
  url.searchParams.set('cancel_url', page.cancelUrl);
  return url.toString();
}

/** What an intent is now. @throws DomainError `not_found`, `unavailable` */
export async function readIntent(ctx: Context, intentId: string): Promise<IntentState> {
  return orUnavailable(async () =>
    stateOf(await ctx.services.stripe.paymentIntents.retrieve(intentId, { expand: ['payment_method'] })),
  );
}

/**
 * Asks the bank for the money. A refusal is a state (`needs_card` with `error`), not an exception.
 *
 * @param attempt grows with each try of the shopper; repeating one try asks once
 * @throws DomainError `unavailable` when the outcome is not known: it must be read later
 */
export async function confirmIntent(
  ctx: Context,
  input: { intentId: string; attempt: number; returnUrl: string },
): Promise<IntentState> {
  try {
    return await orUnavailable(async () =>
      stateOf(
        await ctx.services.stripe.paymentIntents.confirm(
          input.intentId,
          { return_url: input.returnUrl, expand: ['payment_method'] },
          { idempotencyKey: `confirm:${input.intentId}:${input.attempt}` },
        ),
      ),
    );
  } catch (error) {
    // it was asked before: what came of it counts
    if (error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state') {
      return readIntent(ctx, input.intentId);
    }
    if (!(error instanceof Stripe.errors.StripeCardError) || !error.payment_intent) throw error;
    return { ...stateOf(error.payment_intent), error: error.decline_code || error.code || 'card_declined' };
  }
}

/** Takes the authorised money; repeating it takes it once. @throws DomainError `unavailable` */
export async function captureIntent(ctx: Context, intentId: string): Promise<IntentState> {
  return orUnavailable(async () => {
    const { paymentIntents } = ctx.services.stripe;
    const before = await paymentIntents.retrieve(intentId);
    if (before.status === 'succeeded') return stateOf(before);
    return stateOf(await paymentIntents.capture(intentId));
  });
}

/** Gives up an intent and the money that it may hold; one that is over already is left alone. @throws DomainError `unavailable` */
export async function cancelIntent(ctx: Context, intentId: string): Promise<void> {
  await orUnavailable(async () => {
    const { paymentIntents } = ctx.services.stripe;
    const before = await paymentIntents.retrieve(intentId);
    if (before.status === 'canceled' || before.status === 'succeeded') return;
    await paymentIntents.cancel(intentId);
  });
}

const statuses: Readonly<Record<string, IntentState['status']>> = {
  requires_payment_method: 'needs_card',
  requires_confirmation: 'needs_confirmation',
  requires_action: 'needs_action',
  processing: 'processing',
  requires_capture: 'authorised',
  succeeded: 'captured',
  canceled: 'cancelled',
};

function stateOf(intent: Stripe.PaymentIntent): IntentState {
  const method = typeof intent.payment_method === 'object' ? intent.payment_method : null;
  const error = intent.last_payment_error;
  return {
    intentId: intent.id,
    checkoutId: intent.metadata.checkout_id ?? null,
    totalsVersion: intent.metadata.totals_version ? Number(intent.metadata.totals_version) : null,
    amount: intent.amount,
    currency: intent.currency.toUpperCase(),
    // a status that Stripe invents later is not an answer yet
    status: statuses[intent.status] ?? 'processing',
    actionUrl: intent.next_action?.redirect_to_url?.url ?? null,
    card: method?.card ? { brand: method.card.brand, last4: method.card.last4 ?? '' } : null,
    error: error ? error.decline_code || error.code || 'card_declined' : null,
  };
}

/** Turns what went wrong on the way to the provider into `unavailable`; the provider's own answers pass. */
async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeRateLimitError ||
      error instanceof Stripe.errors.StripeIdempotencyError
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
