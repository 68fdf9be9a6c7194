import { z } from 'zod';
import { comparablePostcode } from '../areas.ts';
import { storedAddress } from '../model.ts';
import { dataOf } from './address-data.ts';
import { type PostalAddress, postalAddress } from './address-input.ts';
import { isPostBox, mendCase, mendStreet } from './street-text.ts';

const addressNote = z.object({
  field: z.enum(['fullName', 'line1', 'line2', 'city', 'region', 'postcode']),
  code: z.enum([
    /** The postcode belongs to another region: the suggestion has that one. */
    'region_of_postcode',
    'house_number_missing',
    /** Couriers cannot deliver there; the post can. */
    'post_box',
    /** Words typed twice, endings mistyped, a postcode in the line of the city. */
    'typing_error',
    'casing',
  ]),
});
type AddressNote = z.infer<typeof addressNote>;

/** What stands out about an address. Nobody is kept from using it as it is. */
export const addressCheck = z.object({
  verdict: z.enum(['fine', 'suspicious']),
  /** The address as it was probably meant; null where nothing would change. */
  suggestion: storedAddress.nullable(),
  notes: z.array(addressNote),
});
export type AddressCheck = z.infer<typeof addressCheck>;

/** Where houses have numbers nearly always. Elsewhere names, kilometres and plots do. */
const numbered = new Set(
  'US CA DE AT CH NL BE LU FR IT ES PT DK SE NO FI PL CZ SK HU SI HR RO BG EE LV LT GR'.split(' '),
);

/** A digit anywhere, or a number in words before the street. */
const houseNumber = /\p{N}|^(one|two|three|four|five|six|seven|eight|nine|ten)\b/iu;

/**
 * Looks at an address for what is probably a mistake: a postcode of another state, no house number, a post box, words typed twice or in
 * capitals. It never blocks: who insists is delivered to.
 */
export function reviewAddress(address: PostalAddress): AddressCheck {
  const notes: AddressNote[] = [];
  const note = (field: AddressNote['field'], code: AddressNote['code']) => notes.push({ field, code });
  const { country, line1, line2 } = address;

  const region = regionByPostcode(address);
  if (region !== null && region !== address.region) note('region', 'region_of_postcode');
  if (isPostBox(line1)) note('line1', 'post_box');
  if (isPostBox(line2)) note('line2', 'post_box');
  if (numbered.has(country) && !houseNumber.test(`${line1} ${line2}`)) note('line1', 'house_number_missing');

  const street = mendStreet(line1, country);
  if (street !== line1) note('line1', 'typing_error');
  const city = withoutPostcode(address);
  if (city !== address.city) note('city', 'typing_error');

  const mended = {
    ...address,
    region: region ?? address.region,
    fullName: mendCase(address.fullName),
    line1: mendCase(street),
    line2: mendCase(line2),
    city: mendCase(city),
  };
  if (mended.fullName !== address.fullName) note('fullName', 'casing');
  if (mended.line1 !== street) note('line1', 'casing');
  if (mended.line2 !== line2) note('line2', 'casing');
  if (mended.city !== city) note('city', 'casing');
  return {
    verdict: notes.some(({ code }) => code !== 'casing') ? 'suspicious' : 'fine',
    suggestion: differs(mended, address) ? (postalAddress.safeParse(mended).data ?? null) : null,
    notes,
  };
}

const differs = (a: PostalAddress, b: PostalAddress) => JSON.stringify(a) !== JSON.stringify(b);

/** The region that a postcode belongs to where the data tell; the address's own where it fits; null where they do not tell. */
function regionByPostcode({ country, region, postcode }: PostalAddress): string | null {
  const code = comparablePostcode(postcode);
  const owners = dataOf(country).sub_regions.filter(
    ({ zip }) => zip !== undefined && new RegExp(`^(?:${zip})`).test(code),
  );
  if (code === '' || owners.length === 0) return null;
  return owners.some(({ key }) => key === region)
    ? region
    : owners.length === 1
      ? (owners[0]?.key ?? null)
      : null;
}

/** The city without the postcode that was typed before or behind it. */
function withoutPostcode({ city, postcode }: PostalAddress): string {
  const words = city.split(' ').filter((word) => comparablePostcode(word) !== comparablePostcode(postcode));
  return postcode === '' || words.length === 0 ? city : words.join(' ');
}
