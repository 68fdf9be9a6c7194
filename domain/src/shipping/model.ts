import { z } from 'zod';

/** ISO 3166, two letters. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'expected a country such as DE');

/**
 * An address as an order keeps it. It was checked when it was entered: rules that came later do not make it unreadable, nor does
 * erasing who it belonged to, which leaves the parts empty that say who and where.
 */
export const storedAddress = z.object({
  fullName: z.string(),
  line1: z.string(),
  line2: z.string().default(''),
  city: z.string(),
  region: z.string().default(''),
  postcode: z.string(),
  country: countryCode,
  phone: z.string().default(''),
});
export type StoredAddress = z.infer<typeof storedAddress>;
