import { currencyCode } from '@souk/domain/kernel';
import { region, regionChoice } from '@souk/domain/pricing';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const shopInfo = z.object({
  name: z.string(),
  /** Of the region that the shopper chose. */
  currency: currencyCode,
  /** Where the shopper shops. */
  region,
  /** Where one can shop, in the order to choose from. */
  regions: z.array(region),
  /** True when no real card is charged: pages then say so. */
  paymentsTestMode: z.boolean(),
});

export const shopRouter = router({
  info: procedure('catalog:read', 1)
    .output(shopInfo)
    .query(async ({ ctx }) => {
      const { shop, stripe } = ctx.domain.config;
      const { regions, current } = await regionChoice(ctx.domain);
      return {
        name: shop.name,
        currency: current.currency,
        region: current,
        regions,
        paymentsTestMode: !stripe.secretKey.startsWith('sk_live_'),
      };
    }),
});
