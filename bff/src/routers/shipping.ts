import { currentRegion } from '@souk/domain/pricing';
import {
  addressCheck,
  addressCountries,
  addressFormat,
  addressFormatOf,
  addressForms,
  checkAddress,
  countryCodes,
  postalAddress,
} from '@souk/domain/shipping';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const shippingRouter = router({
  /** How addresses are asked for wherever the shop sends something to in the shopper's currency. */
  addressForms: procedure('checkout:use', 2)
    .output(z.array(addressFormat))
    .query(async ({ ctx }) => addressForms(ctx.domain, (await currentRegion(ctx.domain)).currency)),

  /** All countries by name: a bill may go to any. */
  countries: procedure('checkout:use', 0)
    .output(z.array(z.object({ code: z.string(), name: z.string() })).readonly())
    .query(() => addressCountries),

  /** How addresses of one country are asked for, wherever it is. */
  addressForm: procedure('checkout:use', 0)
    .input(z.strictObject({ country: z.string().refine((code) => countryCodes.has(code)) }))
    .output(addressFormat)
    .query(({ input }) => addressFormatOf(input.country)),

  /** What is probably wrong with an address; nobody is kept from using it. */
  checkAddress: procedure('checkout:use', 0)
    .input(z.strictObject({ address: postalAddress }))
    .output(addressCheck)
    .query(({ ctx, input }) => checkAddress(ctx.domain, input.address)),
});
