import type { AddressFormat } from './bff-types.ts';

/** Tells whether a text is a postcode of a country once capitals, gaps and hyphens are put right, as the shop will. */
export function fitsPostcode({ postcode }: AddressFormat, typed: string): boolean {
  if (postcode === null || postcode.pattern === null || typed.trim() === '') return true;
  const pattern = new RegExp(`^(?:${postcode.pattern})$`, 'i');
  const text = typed.trim();
  const signs = [...text.replace(/[\s-]+/g, '')];
  const spaced = [' ', '-'].flatMap((gap) =>
    signs.map((_, place) => `${signs.slice(0, place).join('')}${gap}${signs.slice(place).join('')}`),
  );
  return [text, signs.join(''), ...spaced].some((candidate) => pattern.test(candidate));
}
