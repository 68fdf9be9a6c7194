import { currencyCode } from '@souk/domain/kernel';
import { region, regionChoice } from '@souk/domain/pricing';
import { countries, countryCode, usStates } from '@souk/domain/shipping';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const states = Object.entries(usStates).map(([code, name]) => ({ code, name }));

const shopInfo = z.object({
  name: z.string(),
  /** Of the region that the shopper chose. */
  currency: currencyCode,
  /** Where the shopper shops. */
  region,
  /** Where one can shop, in the order to choose from. */
  regions: z.array(region),
  /** Where the shop ships to, with what address forms call the parts. */
  countries: z.array(
    z.object({
      code: countryCode,
      name: z.string(),
      regionLabel: z.string(),
      postcodeLabel: z.string(),
      needsRegion: z.boolean(),
      /** A regular expression, without regard to case. */
      postcodePattern: z.string(),
    }),
  ),
  usStates: z.array(z.object({ code: z.string(), name: z.string() })),
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
        countries: [...countries],
        usStates: states,
        paymentsTestMode: !stripe.secretKey.startsWith('sk_live_'),
      };
    }),
});
