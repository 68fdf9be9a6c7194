import { clearRecentlyViewed, noteView, recentlyViewed, recentlyViewedQuery } from '@souk/domain/customers';
import { productCard } from '@souk/domain/search';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const recentlyViewedRouter = router({
  list: procedure('catalog:read', 6)
    .input(recentlyViewedQuery)
    .output(z.array(productCard))
    .query(({ ctx, input }) => recentlyViewed(ctx.domain, input)),

  note: procedure('account:own', 1)
    .input(z.strictObject({ productId: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => noteView(ctx.domain, input)),

  clear: procedure('account:own', 1)
    .output(z.void())
    .mutation(({ ctx }) => clearRecentlyViewed(ctx.domain)),
});
