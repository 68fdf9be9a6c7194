import type { Money } from '../kernel/index.ts';

/** Writes what is not words in the reader's way. */
export interface Format {
  money(money: Money): string;
  /** A date with the time of day, in UTC and saying so: where the reader is, is not known. */
  moment(moment: Date): string;
  /** A day, in UTC. */
  day(day: Date): string;
  count(count: number): string;
  /** The name of a country by its code of ISO 3166-1; what is no code stays as it is. */
  country(code: string): string;
}

export function formatIn(tag: string): Format {
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(tag, { type: 'region' });
  const counts = new Intl.NumberFormat(tag);
  return {
    money({ amount, currency }) {
      const formatter = new Intl.NumberFormat(tag, { style: 'currency', currency });
      return formatter.format(amount / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2));
    },
    moment: (moment) => `${moments.format(moment)} UTC`,
    day: (day) => days.format(day),
    count: (count) => counts.format(count),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  };
}
