import { type CurrencyCode, currencyCode, currencyCodes } from '../../kernel/index.ts';
import { MAX_PRICE_AMOUNT, MAX_STOCK } from '../model.ts';

/** A parsed cell, or why it cannot be. */
export type Parsed<Value> = { value: Value } | { reason: string };

/**
 * An amount of money in minor units. Thousands separators are refused: `1,299` means two things in two countries.
 *
 * @param unit whether the cell says `12.50` or `1250`
 */
export function parseAmount(text: string, unit: 'decimal' | 'minor'): Parsed<number> {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined)
    return { reason: `is not an amount: expected ${unit === 'minor' ? '1250' : '12.50'}` };
  if (sign === '-') return { reason: 'is negative' };
  const digits = (fraction ?? '').replace(/0+$/, '');
  if (digits.length > (unit === 'minor' ? 0 : 2)) return { reason: 'has more decimals than the currency' };
  const amount = unit === 'minor' ? Number(whole) : Number(whole + digits.padEnd(2, '0'));
  if (amount > MAX_PRICE_AMOUNT) return { reason: 'is higher than any price' };
  return { value: amount };
}

/** A currency that the shop can sell in, in whatever case. */
export function parseCurrency(text: string): Parsed<CurrencyCode> {
  const { data } = currencyCode.safeParse(text.trim().toUpperCase());
  return data
    ? { value: data }
    : { reason: `is no currency of the shop: expected ${currencyCodes.join(', ')}` };
}

/** A count of units. */
export function parseCount(text: string): Parsed<number> {
  if (!/^\d+(\.0+)?$/.test(text.trim())) return { reason: 'is not a whole number of units' };
  const value = Number(text);
  return value > MAX_STOCK ? { reason: 'is more than any stock' } : { value };
}

/** A number, as JSON writes one. */
export function parseNumber(text: string): Parsed<number> {
  const value = /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? { value } : { reason: 'is not a number' };
}

/** Yes or no, as spreadsheets write it. */
export function parseBoolean(text: string): Parsed<boolean> {
  const word = text.trim().toLowerCase();
  if (['true', 'yes', 'y', '1'].includes(word)) return { value: true };
  if (['false', 'no', 'n', '0'].includes(word)) return { value: false };
  return { reason: 'is neither true nor false' };
}

/** An address on the web. */
export function parseWebAddress(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return isWeb ? { value: text } : { reason: 'is not an http or https address' };
}
