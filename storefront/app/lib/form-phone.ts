/** Where numbers are dialled as in North America: ten digits, with or without a 1 before them. */
const northAmerica = new Set(['US', 'CA', 'PR']);

/**
 * Tells whether a text may be a phone number as people in a country write it. It is not strict: the shop tells for certain once the form
 * is sent.
 */
export function fitsPhone(country: string, typed: string): boolean {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return true;
  const digits = text.replaceAll(/\D/g, '');
  if (!/^\+?[\d\s()./‐–-]+$/.test(text)) return false;
  if (text.startsWith('+') || text.startsWith('00')) return digits.length >= 7 && digits.length <= 17;
  if (northAmerica.has(country)) return /^1?[2-9]\d{9}$/.test(digits);
  return digits.length >= 5 && digits.length <= 14;
}

/** What to say of a text that is no phone number. */
export function phoneMessage(country: string): string {
  return northAmerica.has(country)
    ? 'Enter a phone number such as (201) 555-0123'
    : 'Enter a phone number, with + and the code of its country if it is abroad';
}
