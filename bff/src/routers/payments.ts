import {
  addCard,
  cardAdded,
  discrepancyFilter,
  discrepancyResolution,
  discrepancyView,
  finishAddingCard,
  hostedCardReturned,
  listDiscrepancies,
  makeDefaultCard,
  removeSavedCard,
  resolveDiscrepancy,
  savedCard,
  savedCards,
  startHostedCard,
} from '@souk/domain/payments';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const card = z.strictObject({ cardId: z.string().min(1).max(255) });

/** The account's page of cards, which the provider's pages lead back to. */
const PAGE = '/account/payment-methods';

export const paymentsRouter = router({
  /** What a page needs to mount the provider's Payment Element; null where it is off, and only the hosted page is offered. */
  element: procedure('checkout:use', 0)
    .output(z.object({ publishableKey: z.string(), scriptUrl: z.string() }).nullable())
    .query(({ ctx }) => {
      const { publishableKey, scriptUrl } = ctx.domain.config.stripe;
      return publishableKey === null ? null : { publishableKey, scriptUrl };
    }),

  cards: procedure('account:own', 1)
    .output(z.array(savedCard))
    .query(({ ctx }) => savedCards(ctx.domain)),

  addCard: procedure('account:own', 9)
    .input(z.strictObject({ confirmationToken: z.string().min(1).max(255) }))
    .output(cardAdded)
    .mutation(({ ctx, input }) =>
      addCard(ctx.domain, { ...input, returnUrl: `${ctx.domain.config.shop.url}${PAGE}/return` }),
    ),

  /** After the bank's page. */
  finishAddingCard: procedure('account:own', 1)
    .input(z.strictObject({ setupIntentId: z.string().min(1).max(255) }))
    .output(z.void())
    .mutation(({ ctx, input }) => finishAddingCard(ctx.domain, input)),

  /** The provider's own page that saves a card: where to send the browser. */
  startHostedCard: procedure('account:own', 4)
    .output(z.object({ url: z.string() }))
    .mutation(({ ctx }) => {
      const page = `${ctx.domain.config.shop.url}${PAGE}`;
      return startHostedCard(ctx.domain, { successUrl: `${page}/return`, cancelUrl: page });
    }),

  /** After that page. */
  hostedCardReturned: procedure('account:own', 1)
    .output(z.void())
    .mutation(({ ctx }) => hostedCardReturned(ctx.domain)),

  removeCard: procedure('account:own', 1)
    .input(card)
    .output(z.void())
    .mutation(({ ctx, input }) => removeSavedCard(ctx.domain, input)),

  makeDefaultCard: procedure('account:own', 1)
    .input(card)
    .output(z.void())
    .mutation(({ ctx, input }) => makeDefaultCard(ctx.domain, input)),

  /** Where the provider's books and ours differ. */
  discrepancies: procedure('orders:payments', 1)
    .input(discrepancyFilter.prefault({}))
    .output(z.object({ items: z.array(discrepancyView), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listDiscrepancies(ctx.domain, input);
      return { items: [...items], nextCursor };
    }),

  resolveDiscrepancy: procedure('orders:payments', 1)
    .input(discrepancyResolution)
    .output(z.void())
    .mutation(({ ctx, input }) => resolveDiscrepancy(ctx.domain, input)),
});
