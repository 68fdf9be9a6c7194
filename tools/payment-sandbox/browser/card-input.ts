import type { ElementError } from './protocol.ts';
import type { Words } from './words.ts';

export type FieldName = 'number' | 'expiry' | 'cvc' | 'postcode';

export interface FieldProblem {
  field: FieldName;
  error: ElementError;
}

const brands: readonly { brand: string; name: string; pattern: RegExp }[] = [
  { brand: 'visa', name: 'Visa', pattern: /^4/ },
  { brand: 'mastercard', name: 'Mastercard', pattern: /^(5[1-5]|2[2-7])/ },
  { brand: 'amex', name: 'American Express', pattern: /^3[47]/ },
  { brand: 'discover', name: 'Discover', pattern: /^(6011|65|64[4-9])/ },
  { brand: 'jcb', name: 'JCB', pattern: /^35/ },
];

export function brandOf(number: string): string | undefined {
  return brands.find(({ pattern }) => pattern.test(number))?.brand;
}

export function brandName(brand: string): string {
  return brands.find((known) => known.brand === brand)?.name ?? brand;
}

export const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Groups of four, as they stand on the card; American Express has 4, 6 and 5. */
export function formatNumber(text: string): string {
  const digits = digitsOf(text).slice(0, 19);
  if (brandOf(digits) === 'amex') {
    return [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10, 15)].filter(Boolean).join(' ');
  }
  return digits.match(/.{1,4}/g)?.join(' ') ?? '';
}

/** `4` becomes `04 / `, `1229` and `12/2029` become `12 / 29`. */
export function formatExpiry(text: string, isDeleting: boolean): string {
  const [, month, year] = /^\s*(\d{1,2})\s*[/.-]\s*(\d*)/.exec(text) ?? [];
  let digits = month === undefined ? digitsOf(text) : month.padStart(2, '0') + (year ?? '');
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  // A browser's autofill may give the year in full.
  if (digits.length === 6 && digits.slice(2, 4) === '20') digits = digits.slice(0, 2) + digits.slice(4);
  digits = digits.slice(0, 4);
  if (digits.length < 2 || (digits.length === 2 && isDeleting)) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

/** `04 / 29` as the API wants it; nothing while it is not whole. */
export function expiryOf(text: string): { month: number; year: number } | undefined {
  const digits = digitsOf(text);
  if (digits.length !== 4) return undefined;
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

/** The check digit of ISO/IEC 7812-1. */
function hasRightCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export interface CardValues {
  number: string;
  expiry: string;
  cvc: string;
  /** Undefined where the country has none, or the shop asks itself. */
  postcode: string | undefined;
}

/** All that is wrong, in the order of the fields, with Stripe's codes. */
export function problemsIn(values: CardValues, words: Words, now = new Date()): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: FieldName, code: string, message: string) =>
    problems.push({ field, error: { type: 'validation_error', code, message } });
  const number = digitsOf(values.number);
  const isAmex = brandOf(number) === 'amex';
  if (
    number.length < (isAmex ? 15 : 16) &&
    !(number.length >= 13 && hasRightCheckDigit(number) && isShort(number))
  ) {
    add('number', 'incomplete_number', words.incompleteNumber);
  } else if (!hasRightCheckDigit(number)) add('number', 'invalid_number', words.wrongNumber);
  const expiry = expiryOf(values.expiry);
  if (!expiry || expiry.month < 1 || expiry.month > 12) {
    add('expiry', 'incomplete_expiry', words.incompleteExpiry);
  } else if (expiry.year * 12 + expiry.month - 1 < now.getFullYear() * 12 + now.getMonth()) {
    add('expiry', 'invalid_expiry_year_past', words.pastExpiry);
  }
  if (digitsOf(values.cvc).length !== (isAmex ? 4 : 3)) add('cvc', 'incomplete_cvc', words.incompleteCvc);
  if (values.postcode !== undefined && values.postcode.trim().length < 3) {
    add('postcode', 'incomplete_zip', words.incompletePostcode);
  }
  return problems;
}

/** Old Visa and Diners cards have fewer digits. */
function isShort(number: string): boolean {
  return /^(4|30|36|38)/.test(number);
}
