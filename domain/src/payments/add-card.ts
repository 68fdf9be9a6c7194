import type Stripe from 'stripe';
import { z } from 'zod';
import { authorise, type Context, currentUserId, DomainError } from '../kernel/index.ts';
import { readConfirmationToken } from './confirmation-tokens.ts';
import { cardKeyOf, guardAttempts, noteAccepted, noteDeclined } from './guard-attempts.ts';
import { customerOf, paymentCustomerOf } from './payment-customer.ts';
import { declineOf, isProviderError, orUnavailable } from './provider-errors.ts';
import { cardsChanged } from './saved-cards.ts';

// Nothing in this file may be called while a transaction is open.

export const cardAdded = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('added') }),
  /** The bank wants to see its cardholder first; the card is saved when they are through. */
  z.object({ outcome: z.literal('action_required'), redirectUrl: z.string() }),
]);
export type CardAdded = z.infer<typeof cardAdded>;

/**
 * Saves a card that the Payment Element took, without paying. The bank is asked whether it is good; so this is guarded like paying.
 *
 * @param input.confirmationToken as the form sent it
 * @param input.returnUrl where the bank's page leads back to
 * @throws DomainError `unauthenticated`, `payment_mismatch` when the token cannot be used, `payment_declined`, `rate_limited`, `unavailable`
 */
export async function addCard(
  ctx: Context,
  input: { confirmationToken: string; returnUrl: string },
): Promise<CardAdded> {
  authorise(ctx, 'account:own');
  const { type, fingerprint } = await readConfirmationToken(ctx, input.confirmationToken);
  if (type !== 'card') {
    throw new DomainError('payment_declined', `${type} cannot be saved`, { reason: 'only_cards_are_kept' });
  }
  const customerId = await paymentCustomerOf(ctx);
  const attempt = {
    key: `card:${input.confirmationToken}`,
    cartId: `user:${ctx.actor.id}`,
    card: cardKeyOf(ctx, fingerprint),
  };
  await guardAttempts(ctx, attempt);
  try {
    const intent = await orUnavailable(() =>
      ctx.services.stripe.setupIntents.create(
        {
          customer: customerId,
          confirm: true,
          confirmation_token: input.confirmationToken,
          automatic_payment_methods: { enabled: true },
          usage: 'on_session',
          return_url: input.returnUrl,
          use_stripe_sdk: false,
          metadata: { user_id: ctx.actor.id },
        },
        { idempotencyKey: `add-card:${input.confirmationToken}` },
      ),
    );
    const redirectUrl = intent.next_action?.redirect_to_url?.url;
    if (intent.status === 'requires_action' && redirectUrl)
      return { outcome: 'action_required', redirectUrl };
    if (intent.status !== 'succeeded') {
      throw declined(intent.last_setup_error?.decline_code ?? 'card_declined');
    }
    await noteAccepted(ctx, attempt);
    await cardsChanged(ctx, customerId);
    return { outcome: 'added' };
  } catch (error) {
    const reason = declineOf(error);
    if (reason === null) throw error;
    await noteDeclined(ctx, attempt);
    throw declined(reason);
  }
}

function declined(reason: string): DomainError {
  return new DomainError('payment_declined', `the bank refused the card: ${reason}`, { reason });
}

/**
 * What became of a card whose bank wanted to see its cardholder: on the way back from there.
 *
 * @throws DomainError `unauthenticated`, `not_found` when it is not theirs, `payment_declined`, `unavailable`
 */
export async function finishAddingCard(ctx: Context, input: { setupIntentId: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const customerId = (await customerOf(ctx, currentUserId(ctx)))?.customerId;
  if (!customerId || !/^seti_\w{1,250}$/.test(input.setupIntentId))
    throw new DomainError('not_found', 'no such card');
  const intent = await readSetup(ctx, input.setupIntentId);
  const owner = intent.customer && typeof intent.customer === 'object' ? intent.customer.id : intent.customer;
  if (owner !== customerId) throw new DomainError('not_found', `setup ${intent.id} is somebody else's`);
  await cardsChanged(ctx, customerId);
  if (intent.status === 'succeeded' || intent.status === 'processing') return;
  const { last_setup_error: error } = intent;
  throw declined(error?.decline_code || error?.code || 'authentication_failed');
}

async function readSetup(ctx: Context, setupIntentId: string): Promise<Stripe.SetupIntent> {
  try {
    return await orUnavailable(() => ctx.services.stripe.setupIntents.retrieve(setupIntentId));
  } catch (error) {
    if (!isProviderError(error, 'resource_missing')) throw error;
    throw new DomainError('not_found', `the provider knows no setup ${setupIntentId}`, {}, { cause: error });
  }
}

/**
 * Opens the provider's own page to save a card: for browsers in which the Payment Element does not run.
 *
 * @throws DomainError `unauthenticated`, `unavailable`
 */
export async function startHostedCard(
  ctx: Context,
  input: { successUrl: string; cancelUrl: string },
): Promise<{ url: string }> {
  authorise(ctx, 'account:own');
  const customerId = await paymentCustomerOf(ctx);
  const session = await orUnavailable(() =>
    ctx.services.stripe.checkout.sessions.create({
      mode: 'setup',
      customer: customerId,
      currency: ctx.config.shop.currency.toLowerCase(),
      success_url: input.successUrl,
      cancel_url: input.cancelUrl,
    }),
  );
  if (!session.url) throw new DomainError('unavailable', `session ${session.id} came without its page`);
  return { url: session.url };
}

/** Shows a card at once that was saved on the provider's page. One statement. @throws DomainError `unauthenticated` */
export async function hostedCardReturned(ctx: Context): Promise<void> {
  authorise(ctx, 'account:own');
  const customerId = (await customerOf(ctx, currentUserId(ctx)))?.customerId;
  if (customerId) await cardsChanged(ctx, customerId);
}
