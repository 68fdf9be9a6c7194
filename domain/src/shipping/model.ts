import { z } from 'zod';

/**
 * Where the shop ships to, with what the forms call the parts; `postcodePattern` is a regular expression without regard to case.
 * Deeper address knowledge comes with accounts.
 */
export const countries = [
  {
    code: 'US',
    name: 'United States',
    regionLabel: 'State',
    postcodeLabel: 'ZIP code',
    needsRegion: true,
    postcodePattern: '^\\d{5}(-\\d{4})?$',
  },
  {
    code: 'CA',
    name: 'Canada',
    regionLabel: 'Province',
    postcodeLabel: 'Postal code',
    needsRegion: true,
    postcodePattern: '^[A-Z]\\d[A-Z] ?\\d[A-Z]\\d$',
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    regionLabel: 'County',
    postcodeLabel: 'Postcode',
    needsRegion: false,
    postcodePattern: '^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$',
  },
  {
    code: 'DE',
    name: 'Germany',
    regionLabel: 'State',
    postcodeLabel: 'Postcode',
    needsRegion: false,
    postcodePattern: '^\\d{5}$',
  },
  {
    code: 'FR',
    name: 'France',
    regionLabel: 'Region',
    postcodeLabel: 'Postcode',
    needsRegion: false,
    postcodePattern: '^\\d{5}$',
  },
] as const;

const countryCodes = countries.map((country) => country.code);
export const countryCode = z.enum(countryCodes);
export type CountryCode = z.infer<typeof countryCode>;

/** The states, districts and territories of the US by their postal codes. */
export const usStates = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  PR: 'Puerto Rico',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
} as const;

function fitsPostcode(country: CountryCode, postcode: string): boolean {
  const pattern = countries.find((candidate) => candidate.code === country)?.postcodePattern;
  return pattern === undefined || new RegExp(pattern, 'i').test(postcode);
}

const caProvinces = ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'];

const text = (max: number) => z.string().trim().max(max);

/** An address that a parcel can be sent to. Messages are for the form's fields. */
export const postalAddress = z
  .object({
    fullName: text(120).min(1, 'Enter the name of the person who receives it'),
    line1: text(120).min(1, 'Enter the street and house number'),
    line2: text(120).default(''),
    city: text(80).min(1, 'Enter the town or city'),
    region: text(80).default(''),
    postcode: text(12).min(1, 'Enter the postcode'),
    country: countryCode,
    phone: text(30).default(''),
  })
  .superRefine((address, check) => {
    if (!fitsPostcode(address.country, address.postcode)) {
      check.addIssue({
        code: 'custom',
        path: ['postcode'],
        message: 'This postcode does not fit the country',
      });
    }
    if (address.country === 'US' && !Object.hasOwn(usStates, address.region)) {
      check.addIssue({ code: 'custom', path: ['region'], message: 'Choose a state' });
    }
    if (address.country === 'CA' && !caProvinces.includes(address.region)) {
      check.addIssue({
        code: 'custom',
        path: ['region'],
        message: 'Enter the two letters of the province, such as ON',
      });
    }
  });
export type PostalAddress = z.infer<typeof postalAddress>;

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
