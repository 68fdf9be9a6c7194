import {
  addCodes,
  codeFilter,
  codesToAdd,
  codeView,
  createPromotion,
  listCodes,
  listPromotions,
  newPromotion,
  promotionChange,
  promotionFilter,
  promotionReport,
  promotionReportView,
  promotionStatusChange,
  promotionView,
  setPromotionStatus,
  updatePromotion,
} from '@souk/domain/promotions';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

/** Promotions, as staff keep them. */
export const promotionsRouter = router({
  list: procedure('promotions:manage', 1)
    .input(promotionFilter.prefault({}))
    .output(z.object({ items: z.array(promotionView).readonly(), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listPromotions(ctx.domain, input)),

  create: procedure('promotions:manage', 4)
    .input(newPromotion)
    .output(promotionView)
    .mutation(({ ctx, input }) => createPromotion(ctx.domain, input)),

  update: procedure('promotions:manage', 6)
    .input(promotionChange)
    .output(promotionView)
    .mutation(({ ctx, input }) => updatePromotion(ctx.domain, input)),

  setStatus: procedure('promotions:manage', 4)
    .input(promotionStatusChange)
    .output(promotionView)
    .mutation(({ ctx, input }) => setPromotionStatus(ctx.domain, input)),

  codes: procedure('promotions:manage', 1)
    .input(codeFilter)
    .output(z.object({ items: z.array(codeView).readonly(), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listCodes(ctx.domain, input)),

  addCodes: procedure('promotions:manage', 5)
    .input(codesToAdd)
    .output(z.object({ codes: z.array(z.string()) }))
    .mutation(({ ctx, input }) => addCodes(ctx.domain, input)),

  report: procedure('promotions:manage', 3)
    .input(z.strictObject({ promotionId: z.uuid() }))
    .output(promotionReportView)
    .query(({ ctx, input }) => promotionReport(ctx.domain, input)),
});
