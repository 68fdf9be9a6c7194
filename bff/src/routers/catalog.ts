import {
  categoryNode,
  categoryTree,
  crumb,
  getCategory,
  getProduct,
  productView,
  sitemapEntries,
} from '@souk/domain/catalog';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const bySlug = z.object({ slug: z.string().min(1).max(200) });

const sitemapPage = z.object({
  items: z.array(z.object({ kind: z.enum(['product', 'category']), slug: z.string(), updatedAt: z.date() })),
  nextCursor: z.string().nullable(),
});

export const catalogRouter = router({
  categoryTree: procedure('catalog:read', 1)
    .output(z.array(categoryNode))
    .query(({ ctx }) => categoryTree(ctx.domain)),

  category: procedure('catalog:read', 2)
    .input(bySlug)
    .output(z.object({ category: categoryNode, breadcrumb: z.array(crumb) }))
    .query(({ ctx, input }) => getCategory(ctx.domain, input)),

  product: procedure('catalog:read', 7)
    .input(bySlug)
    .output(productView)
    .query(({ ctx, input }) => getProduct(ctx.domain, input)),

  sitemap: procedure('catalog:read', 1)
    .input(
      z
        .object({
          cursor: z.string().max(500).nullable().default(null),
          limit: z.int().min(1).max(5_000).default(1_000),
        })
        .prefault({}),
    )
    .output(sitemapPage)
    .query(async ({ ctx, input }) => {
      const page = await sitemapEntries(ctx.domain, input);
      return { items: [...page.items], nextCursor: page.nextCursor };
    }),
});
