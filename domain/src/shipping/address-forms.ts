import type { Context, CurrencyCode } from '../kernel/index.ts';
import { type AddressFormat, addressFormatOf } from './address/address-formats.ts';
import { countriesServed } from './countries-served.ts';

/** How addresses are asked for in the countries that the shop sends something to in a currency, by name. One statement. */
export async function addressForms(ctx: Context, currency: CurrencyCode): Promise<AddressFormat[]> {
  const countries = await countriesServed(ctx, currency);
  return countries
    .map((country) => addressFormatOf(country))
    .toSorted((a, b) => a.countryName.localeCompare(b.countryName, 'en'));
}
