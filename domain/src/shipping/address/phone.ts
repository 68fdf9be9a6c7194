import {
  type CountryCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';

/** A phone number in the ways that it is shown. */
export interface ShownPhone {
  /** As dialled within its country. */
  readonly national: string;
  /** As dialled from everywhere, such as `+44 20 7946 0958`. */
  readonly international: string;
}

function supported(country: string): CountryCode | undefined {
  return isSupportedCountry(country) ? country : undefined;
}

/**
 * Reads a phone number as people write it: with `+` and the country's code, or as dialled in `country`.
 *
 * @returns E.164, such as `+442079460958`; null when it cannot be dialled
 */
export function parsePhone(typed: string, country: string): string | null {
  const defaultCountry = supported(country);
  const number = parsePhoneNumberFromString(typed.normalize('NFKC'), {
    extract: false,
    ...(defaultCountry ? { defaultCountry } : {}),
  });
  return number?.isValid() && number.ext === undefined ? number.number : null;
}

/** A phone number that is kept, for people; an empty one stays empty. */
export function showPhone(e164: string): ShownPhone {
  const number = e164 === '' ? undefined : parsePhoneNumberFromString(e164);
  if (!number) return { national: e164, international: e164 };
  return { national: number.formatNational(), international: number.formatInternational() };
}

/** The words for a number that is none, with one that could be. */
export function phoneProblem(country: string): string {
  const code = supported(country);
  const example = code && getExampleNumber(code, examples)?.formatInternational();
  return `Enter a phone number${example ? ` such as ${example}` : ' with + and the code of its country'}`;
}
