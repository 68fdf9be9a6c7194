import { currencyCode } from '@souk/domain/kernel';
import { countries, countryCode, usStates } from '@souk/domain/shipping';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const states = Object.entries(usStates).map(([code, name]) => ({ code, name }));

const shopInfo = z.object({
  name: z.string(),
  currency: currencyCode,
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
  info: procedure('catalog:read', 0)
    .output(shopInfo)
    .query(({ ctx }) => {
      const { shop, stripe } = ctx.domain.config;
      return {
        name: shop.name,
        currency: shop.currency,
        countries: [...countries],
        usStates: states,
        paymentsTestMode: !stripe.secretKey.startsWith('sk_live_'),
      };
    }),
});
