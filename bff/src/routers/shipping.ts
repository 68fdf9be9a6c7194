import { currentRegion } from '@souk/domain/pricing';
import {
  addressCheck,
  addressFormat,
  addressForms,
  checkAddress,
  postalAddress,
} from '@souk/domain/shipping';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const shippingRouter = router({
  /** How addresses are asked for wherever the shop sends something to in the shopper's currency. */
  addressForms: procedure('checkout:use', 2)
    .output(z.array(addressFormat))
    .query(async ({ ctx }) => addressForms(ctx.domain, (await currentRegion(ctx.domain)).currency)),

  /** What is probably wrong with an address; nobody is kept from using it. */
  checkAddress: procedure('checkout:use', 0)
    .input(z.strictObject({ address: postalAddress }))
    .output(addressCheck)
    .query(({ ctx, input }) => checkAddress(ctx.domain, input.address)),
});
