import {
  addressUse,
  createAddress,
  getAddress,
  listAddresses,
  makeDefaultAddress,
  removeAddress,
  savedAddress,
  updateAddress,
} from '@souk/domain/customers';
import {
  addressCountries,
  addressFormat,
  addressFormatOf,
  countryCodes,
  postalAddress,
} from '@souk/domain/shipping';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const id = z.uuid();
const country = z.string().refine((code) => countryCodes.has(code), 'expected a country such as DE');
const saved = { address: postalAddress, defaultFor: z.array(addressUse).max(2).default([]) };

export const addressesRouter = router({
  list: procedure('account:own', 3)
    .output(z.array(savedAddress))
    .query(({ ctx }) => listAddresses(ctx.domain)),

  get: procedure('account:own', 3)
    .input(z.strictObject({ id }))
    .output(savedAddress)
    .query(({ ctx, input }) => getAddress(ctx.domain, input)),

  create: procedure('account:own', 9)
    .input(z.strictObject(saved))
    .output(savedAddress)
    .mutation(({ ctx, input }) => createAddress(ctx.domain, input)),

  update: procedure('account:own', 8)
    .input(z.strictObject({ id, ...saved }))
    .output(savedAddress)
    .mutation(({ ctx, input }) => updateAddress(ctx.domain, input)),

  remove: procedure('account:own', 6)
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(({ ctx, input }) => removeAddress(ctx.domain, input)),

  makeDefault: procedure('account:own', 7)
    .input(z.strictObject({ id, use: addressUse }))
    .output(savedAddress)
    .mutation(({ ctx, input }) => makeDefaultAddress(ctx.domain, input)),

  /** How addresses of a country are asked for. */
  format: procedure('account:own', 0)
    .input(z.strictObject({ country }))
    .output(addressFormat)
    .query(({ input }) => addressFormatOf(input.country)),

  /** All countries by name. */
  countries: procedure('account:own', 0)
    .output(z.array(z.object({ code: z.string(), name: z.string() })).readonly())
    .query(() => addressCountries),
});
