/** The most that is read of what somebody typed, in characters: what lies behind adds nothing but work. */
export const MAX_QUERY_LENGTH = 200;

/**
 * What somebody typed, in the form that both engines search by: one Unicode form, no control characters, single blanks,
 * no English possessive (engines take the `s` of `women's` for a word).
 */
export function normaliseQuery(text: string): string {
  return text
    .slice(0, MAX_QUERY_LENGTH * 4)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
    .replace(/(\p{L})['’]s(?!\p{L})/giu, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_QUERY_LENGTH)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')
    .trim();
}

/** A facet's value as both engines compare it: `Navy  Blue` and `navy blue` are one colour. */
export function normaliseFacetValue(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\p{Cc}\uFFFD\s]+/gu, ' ')
    .trim()
    .toLowerCase();
}
