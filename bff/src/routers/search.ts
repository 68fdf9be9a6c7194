import { searchProducts, searchQuery, searchResult } from '@souk/domain/search';
import { procedure, router } from '../trpc.ts';

/** What the fallback on Postgres may send; while the search engine is up, a search sends none. */
const FALLBACK_STATEMENTS = 8;

export const searchRouter = router({
  products: procedure('catalog:read', FALLBACK_STATEMENTS)
    .input(searchQuery)
    .output(searchResult)
    .query(({ ctx, input }) => searchProducts(ctx.domain, input)),
});
