import { dataOf } from './address/address-data.ts';
import { addressFormatOf } from './address/address-formats.ts';

/** Countries for forms that do not ask `countriesServed` yet; `postcodePattern` is a regular expression without regard to case. */
export const countries = ['US', 'CA', 'GB', 'DE', 'FR'].map((code) => {
  const { countryName, fields } = addressFormatOf(code);
  const fieldOf = (name: string) => fields.find((field) => field.name === name);
  return {
    code,
    name: countryName,
    regionLabel: fieldOf('region')?.label ?? 'Region',
    postcodeLabel: fieldOf('postcode')?.label ?? 'Postcode',
    needsRegion: fieldOf('region')?.isRequired ?? false,
    postcodePattern: `^${dataOf(code).zip ?? '.*'}$`,
  };
});

/** The states, districts, territories and military posts of the US by their postal codes. */
export const usStates: Readonly<Record<string, string>> = Object.fromEntries(
  addressFormatOf('US').regions.map(({ code, name }) => [code, name]),
);
