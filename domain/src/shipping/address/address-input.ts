import { z } from 'zod';
import { countryCodes, dataOf } from './address-data.ts';
import { type AddressFieldName, type AddressFormat, addressFormatOf } from './address-formats.ts';
import { parsePhone, phoneProblem } from './phone.ts';
import { fitPostcode } from './postcode.ts';

/** An address of any country that a parcel can be sent to. What its country does not have is empty. */
export interface PostalAddress {
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
 * An address as somebody types it, made into one that its country delivers to; for the checkout and the address book alike. Messages say
 * what was expected and are for the form's fields. What has been through it once passes again unchanged.
 */
export const postalAddress = z
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
  .transform((typed, check): PostalAddress => {
    const refuse = (field: keyof PostalAddress, message: string) => {
      check.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    const country = typed.country.toUpperCase();
    if (!countryCodes.has(country)) return refuse('country', 'Choose a country');
    const format = addressFormatOf(country);
    const address: PostalAddress = {
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
    return address;
  });

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
