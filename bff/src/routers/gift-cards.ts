import {
  adjustGiftCard,
  giftCardAdjustment,
  giftCardEntries,
  giftCardEntry,
  giftCardFilter,
  giftCardStatusChange,
  giftCardToIssue,
  giftCardView,
  issueGiftCard,
  listGiftCards,
  setGiftCardStatus,
} from '@souk/domain/promotions';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

/** Gift cards, as staff keep them. */
export const giftCardsRouter = router({
  list: procedure('gift-cards:manage', 1)
    .input(giftCardFilter.prefault({}))
    .output(z.object({ items: z.array(giftCardView).readonly(), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listGiftCards(ctx.domain, input)),

  entries: procedure('gift-cards:manage', 1)
    .input(z.strictObject({ giftCardId: z.uuid() }))
    .output(z.array(giftCardEntry))
    .query(({ ctx, input }) => giftCardEntries(ctx.domain, input)),

  /** The answer holds the code, this once. */
  issue: procedure('gift-cards:manage', 5)
    .input(giftCardToIssue)
    .output(z.object({ code: z.string(), giftCard: giftCardView }))
    .mutation(({ ctx, input }) => issueGiftCard(ctx.domain, input)),

  adjust: procedure('gift-cards:manage', 5)
    .input(giftCardAdjustment)
    .output(giftCardView)
    .mutation(({ ctx, input }) => adjustGiftCard(ctx.domain, input)),

  setStatus: procedure('gift-cards:manage', 3)
    .input(giftCardStatusChange)
    .output(giftCardView)
    .mutation(({ ctx, input }) => setGiftCardStatus(ctx.domain, input)),
});
