import { searchProducts, searchQuery, searchResult } from '@souk/domain/search';
import { procedure, router } from '../trpc.ts';

/**
 * What the fallback on Postgres may send, with the shopper's region, and their prices when they are in a customer group; while the
 * search engine is up, a guest's search sends none.
 */
const FALLBACK_STATEMENTS = 12;

export const searchRouter = router({
  products: procedure('catalog:read', FALLBACK_STATEMENTS)
    .input(searchQuery)
    .output(searchResult)
    .query(({ ctx, input }) => searchProducts(ctx.domain, input)),
});
