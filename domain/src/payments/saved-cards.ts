import type Stripe from 'stripe';
import { z } from 'zod';
import { authorise, type Context, cached, currentUserId, DomainError } from '../kernel/index.ts';
import type { PaymentDetail } from './model.ts';
import { customerOf } from './payment-customer.ts';
import { detailOf } from './payment-detail.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

// Nothing in this file may be called while a transaction is open.

/** How long a list may be out of date where a card was changed elsewhere: in another tab, at the provider. */
const CACHE_SECONDS = 15;

/** A card that somebody has saved, as the provider keeps it: we see no more of it. */
export const savedCard = z.object({
  id: z.string(),
  brand: z.string(),
  last4: z.string(),
  expiryMonth: z.int(),
  expiryYear: z.int(),
  isExpired: z.boolean(),
  isDefault: z.boolean(),
});
export type SavedCard = z.infer<typeof savedCard>;

type StoredCard = Omit<SavedCard, 'isExpired'>;

/**
 * The saved cards of who is logged in, the default first, then the newest. One statement, and two calls of the provider every few seconds.
 *
 * @throws DomainError `unauthenticated`, `unavailable`
 */
export async function savedCards(ctx: Context): Promise<SavedCard[]> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const customerId = (await customerOf(ctx, userId))?.customerId;
  if (!customerId) return [];
  const cards = await cached(ctx.cache, cacheKey(customerId), CACHE_SECONDS, () =>
    listCards(ctx, customerId),
  );
  const now = ctx.clock.now();
  return cards.map((card) => ({ ...card, isExpired: isExpired(card, now) }));
}

async function listCards(ctx: Context, customerId: string): Promise<StoredCard[]> {
  const { stripe } = ctx.services;
  const [customer, methods] = await orUnavailable(() =>
    Promise.all([
      stripe.customers.retrieve(customerId),
      stripe.customers.listPaymentMethods(customerId, { type: 'card', limit: 100 }),
    ]),
  );
  const preferred = defaultOf(customer);
  const cards = methods.data.flatMap((method): StoredCard[] => {
    const { card } = method;
    if (!card) return [];
    return [
      {
        id: method.id,
        brand: card.brand,
        last4: card.last4 ?? '',
        expiryMonth: card.exp_month,
        expiryYear: card.exp_year,
        isDefault: method.id === preferred,
      },
    ];
  });
  return cards.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

function defaultOf(customer: Stripe.Customer | Stripe.DeletedCustomer): string | null {
  if (customer.deleted) return null;
  const method = customer.invoice_settings.default_payment_method;
  return typeof method === 'object' ? (method?.id ?? null) : method;
}

/** A card is good until the end of its month. */
function isExpired(card: StoredCard, now: Date): boolean {
  return Date.UTC(card.expiryYear, card.expiryMonth, 1) <= now.getTime();
}

function cacheKey(customerId: string): string {
  return `saved-cards:${customerId}`;
}

/** Forgets what was cached, after a change. */
export async function cardsChanged(ctx: Context, customerId: string): Promise<void> {
  await ctx.cache.delete(cacheKey(customerId));
}

/**
 * A saved card of who is logged in, to pay with: proof that it is theirs.
 *
 * @throws DomainError `unauthenticated`, `not_found`, `unavailable`
 */
export async function readSavedCard(
  ctx: Context,
  input: { cardId: string },
): Promise<PaymentDetail & { customerId: string }> {
  const { method, customerId } = await ownCard(ctx, input.cardId);
  return { ...detailOf(method), customerId };
}

/** Removes a saved card. Orders that it paid stay as they are. @throws DomainError `unauthenticated`, `not_found`, `unavailable` */
export async function removeSavedCard(ctx: Context, input: { cardId: string }): Promise<void> {
  const { customerId } = await ownCard(ctx, input.cardId);
  try {
    await orUnavailable(() => ctx.services.stripe.paymentMethods.detach(input.cardId));
  } catch (error) {
    // somebody else detached it between the two calls
    if (!isProviderError(error, 'resource_missing', 'payment_method_unexpected_state')) throw error;
  }
  await cardsChanged(ctx, customerId);
}

/** Offers a saved card first from now on. @throws DomainError `unauthenticated`, `not_found`, `unavailable` */
export async function makeDefaultCard(ctx: Context, input: { cardId: string }): Promise<void> {
  const { customerId } = await ownCard(ctx, input.cardId);
  await orUnavailable(() =>
    ctx.services.stripe.customers.update(customerId, {
      invoice_settings: { default_payment_method: input.cardId },
    }),
  );
  await cardsChanged(ctx, customerId);
}

async function ownCard(ctx: Context, cardId: string) {
  authorise(ctx, 'account:own');
  const customerId = (await customerOf(ctx, currentUserId(ctx)))?.customerId;
  const unknown = () => new DomainError('not_found', `no saved card ${cardId}`);
  if (!customerId || !/^(pm|card|src)_\w{1,250}$/.test(cardId)) throw unknown();
  try {
    const method = await orUnavailable(() => ctx.services.stripe.paymentMethods.retrieve(cardId));
    const owner =
      method.customer && typeof method.customer === 'object' ? method.customer.id : method.customer;
    if (owner !== customerId) throw unknown();
    return { method, customerId };
  } catch (error) {
    if (isProviderError(error, 'resource_missing')) throw unknown();
    throw error;
  }
}
