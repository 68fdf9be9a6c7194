import { z } from 'zod';
import { countryCode, postalAddress } from '../shipping/index.ts';
import { countryCodes, dataOf } from './address-data.ts';
import { type AddressFieldName, type AddressFormat, addressFormatOf } from './address-formats.ts';
import { parsePhone, phoneProblem } from './phone.ts';
import { fitPostcode } from './postcode.ts';

/** An address of any country, in the shape of shipping's postal address. What its country does not have is empty. */
export interface Address {
  readonly fullName: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  /** The code where the country has a list of regions. */
  readonly region: string;
  readonly postcode: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  /** E.164, or empty. */
  readonly phone: string;
}

const line = (max: number) =>
  z
    .string()
    .overwrite((text) =>
      text
        .normalize('NFC')
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim(),
    )
    .max(max, `At most ${max} characters`)
    .default('');

/**
 * An address as somebody types it, made into one that its country delivers to. Messages say what was expected and are for the form's
 * fields. An address in a country that the shop ships to is one that its checkout takes.
 */
export const addressInput = z
  .strictObject({
    fullName: line(120),
    line1: line(120),
    line2: line(120),
    city: line(80),
    region: line(80),
    postcode: line(20),
    country: line(2),
    phone: line(40),
  })
  .transform((typed, check): Address => {
    const refuse = (field: keyof Address, message: string) => {
      check.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    const country = typed.country.toUpperCase();
    if (!countryCodes.has(country)) return refuse('country', 'Choose a country');
    const format = addressFormatOf(country);
    const address: Address = {
      ...typed,
      country,
      region: regionOf(format, typed.region),
      postcode: format.postcode ? (fitPostcode(dataOf(country), typed.postcode) ?? '') : '',
      phone: typed.phone === '' ? '' : (parsePhone(typed.phone, country) ?? ''),
    };
    if (address.fullName === '') refuse('fullName', 'Enter the name of the person who receives it');
    for (const field of format.fields) {
      if (typed[field.name] !== '' ? address[field.name] === '' : field.isRequired) {
        refuse(field.name, problemOf(format, field.name, field.label));
      }
    }
    if (typed.city !== '' && !format.fields.some((field) => field.name === 'city')) {
      refuse(
        'city',
        `Addresses in ${format.countryName} have no line for the city: write it with the street`,
      );
    }
    if (typed.phone !== '' && address.phone === '') refuse('phone', phoneProblem(country));
    if (check.issues.length === 0) refuseWhatCheckoutRefuses(address, refuse);
    return address;
  });

/** Reads an address that somebody typed: it, or messages for the fields by what was expected. */
export function parseAddressInput(input: unknown) {
  return addressInput.safeParse(input);
}

/** The code of a region by its code or name; what was typed where there is no list; empty when it is none of them, or none is asked for. */
function regionOf(format: AddressFormat, typed: string): string {
  if (!format.fields.some((field) => field.name === 'region')) return '';
  if (format.regions.length === 0) return typed;
  const wanted = typed.toLowerCase();
  const known = format.regions.find(
    (region) => region.code.toLowerCase() === wanted || region.name.toLowerCase() === wanted,
  );
  return known?.code ?? '';
}

function problemOf(format: AddressFormat, field: AddressFieldName, label: string): string {
  const words = /^(ZIP|PIN|Eircode)/.test(label) ? label : label.toLowerCase();
  if (field === 'postcode') {
    const example = format.postcode?.example ? ` such as ${format.postcode.example}` : '';
    return `Enter ${article(words)} ${words}${example}`;
  }
  if (field === 'region' && format.regions.length > 0) {
    return `Choose ${article(words)} ${words}`;
  }
  return `Enter the ${words}`;
}

const article = (words: string) => (/^[aeio]/i.test(words) ? 'an' : 'a');

function refuseWhatCheckoutRefuses(
  address: Address,
  refuse: (field: keyof Address, message: string) => void,
): void {
  if (!countryCode.safeParse(address.country).success) return;
  for (const issue of postalAddress.safeParse(address).error?.issues ?? []) {
    const field = postalAddress.keyof().safeParse(issue.path[0]);
    if (field.success) refuse(field.data, issue.message);
  }
}
