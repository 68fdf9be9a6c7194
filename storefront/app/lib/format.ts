import type { Currency, Money } from './bff-types.ts';

const LOCALE = 'en-US';

/** How those write amounts in English who pay with the currency. */
const localeOf: Record<Currency, string> = { USD: 'en-US', EUR: 'en-IE', GBP: 'en-GB' };

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: Currency): Intl.NumberFormat {
  const known = moneyFormats.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat(localeOf[currency], { style: 'currency', currency });
  moneyFormats.set(currency, made);
  return made;
}

/** `$`, `€`: what stands for the currency where amounts are short of room. */
export function currencySign(currency: Currency): string {
  const parts = moneyFormat(currency).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

const currencyNames = new Intl.DisplayNames('en', { type: 'currency' });

/** `Euro`, `US Dollar`. */
export function currencyName(currency: Currency): string {
  return currencyNames.of(currency) ?? currency;
}

/** How many minor units make one of the currency: 100 for USD, 1 for JPY. */
export function minorUnits(currency: Currency): number {
  return 10 ** (moneyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2);
}

/** `$12.50` for 1250 minor units, `€1,234.50` for 123450: by the amount's own currency. */
export function formatMoney(money: Money): string {
  return moneyFormat(money.currency).format(money.amount / minorUnits(money.currency));
}

/** `$40` for 4000 minor units, `$12.50` for 1250: where a price is a limit rather than a price. */
export function formatLimit(money: Money): string {
  const format = new Intl.NumberFormat(localeOf[money.currency], {
    style: 'currency',
    currency: money.currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  return format.format(money.amount / minorUnits(money.currency));
}

/** `12.50` for 1250 minor units: for markup that machines read. */
export function decimalAmount(money: Money): string {
  const units = minorUnits(money.currency);
  return (money.amount / units).toFixed(Math.log10(units));
}

/** Minor units of what a shopper typed, such as `12` or `12.5`; null for anything that is no amount. */
export function parseAmount(text: string, currency: Currency): number | null {
  const amount = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(amount) || amount < 0) return null;
  return Math.min(Math.round(amount * minorUnits(currency)), Number.MAX_SAFE_INTEGER);
}

/** `4 products`, `1 product`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString(LOCALE)} ${amount === 1 ? one : many}`;
}

const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

export function formatDay(date: Date): string {
  return dayFormat.format(date);
}

/** The last day on which something still stands that ends at a moment. */
export function formatLastDay(end: Date): string {
  return formatDay(new Date(end.getTime() - 1));
}

/** Date and time, in UTC so that server and browser write the same. */
export function formatMoment(date: Date): string {
  return `${momentFormat.format(date)} UTC`;
}

/** `2–4 days`, `1 day`. */
export function formatDays(min: number, max: number): string {
  return min === max ? count(min, 'day') : `${min}–${max} days`;
}

const weekdayFormat = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** `Arrives Tue, Mar 3 – Thu, Mar 5`, `Ready on Tue, Mar 3`: when a parcel is there, of days such as `2026-03-03`. */
export function formatArrival(option: {
  kind: 'delivery' | 'pickup';
  earliest: string;
  latest: string;
}): string {
  const from = weekdayFormat.format(new Date(option.earliest));
  const to = weekdayFormat.format(new Date(option.latest));
  if (option.kind === 'pickup') return `Ready on ${from}`;
  return from === to ? `Arrives ${from}` : `Arrives ${from} – ${to}`;
}

const cardBrands = new Map(
  Object.entries({
    amex: 'American Express',
    diners: 'Diners Club',
    discover: 'Discover',
    jcb: 'JCB',
    mastercard: 'Mastercard',
    unionpay: 'UnionPay',
    visa: 'Visa',
  }),
);

/** `Visa ending in 4242`. */
export function cardName(card: { brand: string; last4: string }): string {
  return `${cardBrands.get(card.brand) ?? 'Card'} ending in ${card.last4}`;
}
