import type { CountryData } from './address-data.ts';

/** A postcode to show as an example; empty where none is known. */
export function postcodeExample(data: CountryData): string {
  return data.zipex.split(',')[0] ?? '';
}

/**
 * A postcode as it is written in its country: upper case, with the gap or hyphen where it belongs, without what only stands before it
 * on envelopes (`SE-`, `〒`). Full-width digits, missing gaps and gaps too many are mended.
 *
 * @returns null when it is no postcode of the country
 */
export function fitPostcode(data: CountryData, typed: string): string | null {
  const upper = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\d]+|\s+$/gu, '');
  if (data.zip === undefined) return upper;
  const pattern = new RegExp(`^(?:${data.zip})$`);
  for (const text of [upper, withoutPrefix(data, upper), asDigits(data, upper)]) {
    const compact = text.replace(/[\s-]+/g, '');
    const fitting = [shapedLikeExample(data, compact), text, compact].find((candidate) =>
      pattern.test(candidate),
    );
    if (fitting !== undefined) return fitting;
  }
  return null;
}

/** Where postcodes are digits alone, letters that look like one are one. */
function asDigits(data: CountryData, text: string): string {
  if (!/^[\d\s,-]+$/.test(data.zipex)) return text;
  return text.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

function withoutPrefix(data: CountryData, text: string): string {
  const prefix = data.postprefix.replace(/\W+/g, '');
  return prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length).replace(/^[\s-]+/, '') : text;
}

/** Puts gaps and hyphens where an example of the same length has them. */
function shapedLikeExample(data: CountryData, compact: string): string {
  const example = data.zipex
    .split(',')
    .find((candidate) => candidate.replace(/[\s-]+/g, '').length === compact.length);
  if (example === undefined) return compact;
  let next = 0;
  return [...example]
    .map((sign) => {
      if (/[\s-]/.test(sign)) return sign;
      next += 1;
      return compact[next - 1] ?? '';
    })
    .join('');
}
