import type { Money } from '../kernel/index.ts';

/** Writes what is not words in the reader's way. */
export interface Format {
  money(money: Money): string;
  /** A date with the time of day, in UTC and saying so: where the reader is, is not known. */
  moment(moment: Date): string;
  count(count: number): string;
}

export function formatIn(tag: string): Format {
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const counts = new Intl.NumberFormat(tag);
  return {
    money({ amount, currency }) {
      const formatter = new Intl.NumberFormat(tag, { style: 'currency', currency });
      return formatter.format(amount / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2));
    },
    moment: (moment) => `${moments.format(moment)} UTC`,
    count: (count) => counts.format(count),
  };
}
