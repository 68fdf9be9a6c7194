import { preferredRegion } from '@souk/domain/customers';
import { getRegion, type Region, region } from '@souk/domain/pricing';
import { z } from 'zod';
import type { RequestContext } from '../request-context.ts';
import { procedure, router } from '../trpc.ts';

const byCode = z.strictObject({ code: region.shape.code.max(32) });

export const pricingRouter = router({
  chooseRegion: procedure('cart:use', 1)
    .input(byCode)
    .output(region)
    .mutation(async ({ ctx, input }) => chosen(ctx, await getRegion(ctx.domain, input.code))),

  choosePreferredRegion: procedure('account:own', 2)
    .output(region.nullable())
    .mutation(async ({ ctx }) => {
      const preferred = await preferredRegion(ctx.domain);
      return preferred && chosen(ctx, preferred);
    }),
});

/** Lets the shopper's cart follow them into a region. */
async function chosen(_ctx: RequestContext, where: Region): Promise<Region> {
  // chooseCartRegion(ctx.domain, { cartId: ctx.cartId, regionCode: where.code }) goes here once @souk/domain/cart has it
  return where;
}
