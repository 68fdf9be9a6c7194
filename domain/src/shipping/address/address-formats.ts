import { z } from 'zod';
import { type CountryData, countryName, dataOf, latinName } from './address-data.ts';
import { postcodeExample } from './postcode.ts';

export const addressFieldName = z.enum(['line1', 'line2', 'city', 'region', 'postcode']);
export type AddressFieldName = z.infer<typeof addressFieldName>;

/** How addresses of a country are asked for: the fields in their order, beside name and phone, which are asked for everywhere. */
export const addressFormat = z.object({
  country: z.string(),
  countryName: z.string(),
  fields: z.array(z.object({ name: addressFieldName, label: z.string(), isRequired: z.boolean() })),
  /** What can be chosen as region; empty where it is typed. */
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Null where there are no postcodes. */
  postcode: z
    .object({
      example: z.string(),
      /** Digits only; gaps and hyphens are put in where they are missing. */
      isNumeric: z.boolean(),
      /** A regular expression for the whole of it as it is written, without regard to case; null where any will do. */
      pattern: z.string().nullable(),
    })
    .nullable(),
});
export type AddressFormat = z.infer<typeof addressFormat>;

const regionLabels: Readonly<Record<string, string>> = {
  area: 'Area',
  county: 'County',
  department: 'Department',
  district: 'District',
  do_si: 'Province or city',
  emirate: 'Emirate',
  island: 'Island',
  oblast: 'Oblast',
  parish: 'Parish',
  prefecture: 'Prefecture',
  region: 'Region',
  state: 'State',
};
const postcodeLabels: Readonly<Record<string, string>> = {
  zip: 'ZIP code',
  pin: 'PIN code',
  eircode: 'Eircode',
};
const cityLabels: Readonly<Record<string, string>> = { district: 'District', suburb: 'Suburb' };

const formats = new Map<string, AddressFormat>();

/** How addresses of a country are asked for; made once a country, as each address is read by it. @throws RangeError for no country */
export function addressFormatOf(country: string): AddressFormat {
  const known = formats.get(country);
  if (known) return known;
  const format = formatOf(country, dataOf(country));
  formats.set(country, format);
  return format;
}

function formatOf(country: string, data: CountryData): AddressFormat {
  return {
    country,
    countryName: countryName(country),
    fields: fieldsOf(data),
    regions: regionsOf(data),
    postcode: data.fmt.includes('%Z')
      ? {
          example: postcodeExample(data),
          isNumeric: /^[\d\s,-]+$/.test(data.zipex),
          pattern: data.zip ?? null,
        }
      : null,
  };
}

/** The fields in the order of an envelope in Latin letters: that is the script of these pages. */
function fieldsOf(data: CountryData): AddressFormat['fields'] {
  const letters = [...(data.lfmt ?? data.fmt).matchAll(/%([ACSZ])/g)].map(([, letter]) => letter);
  return letters.flatMap((letter): AddressFormat['fields'] => {
    const isRequired = data.require.includes(letter ?? '');
    switch (letter) {
      case 'A':
        return [
          { name: 'line1', label: 'Street and house number', isRequired },
          { name: 'line2', label: line2Label(data), isRequired: false },
        ];
      case 'C':
        return [{ name: 'city', label: cityLabels[data.locality_name_type] ?? 'Town or city', isRequired }];
      case 'S':
        return [{ name: 'region', label: regionLabels[data.state_name_type] ?? 'Province', isRequired }];
      default:
        return [{ name: 'postcode', label: postcodeLabel(data), isRequired }];
    }
  });
}

/** Where districts are part of an address, its second line is theirs too. */
function line2Label(data: CountryData): string {
  return data.fmt.includes('%D') ? 'Flat, company or neighbourhood' : 'Flat, floor or company';
}

function postcodeLabel(data: CountryData): string {
  return data.key === 'CA' ? 'Postal code' : (postcodeLabels[data.zip_name_type] ?? 'Postcode');
}

/** The regions by name. */
function regionsOf(data: CountryData): AddressFormat['regions'] {
  return data.sub_regions
    .map((region) => ({ code: region.key, name: latinName(region) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
