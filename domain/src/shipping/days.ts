/** A day as shoppers read it, without a time zone: `2026-03-02`. */
export type Day = string;

/** The same to reckon with: how many days after the first of January 1970 it is. */
export type DayNumber = number;

const DAY_MS = 86_400_000;

export function dayNumberOf(day: Day): DayNumber {
  return numbered(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

export function dayOf(number: DayNumber): Day {
  return dateOf(number).toISOString().slice(0, 10);
}

/** ISO: 1 is Monday. */
export function weekdayOf(number: DayNumber): number {
  return dateOf(number).getUTCDay() || 7;
}

export function yearOf(number: DayNumber): number {
  return dateOf(number).getUTCFullYear();
}

const dateOf = (number: DayNumber) => new Date(number * DAY_MS);
/** @param month 1 is January */
const numbered = (year: number, month: number, date: number): DayNumber =>
  Date.UTC(year, month - 1, date) / DAY_MS;

/** Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher). */
function easterOf(year: number): DayNumber {
  const century = Math.floor(year / 100);
  const metonic = year % 19;
  const moon =
    (19 * metonic +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const week = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - moon - ((year % 100) % 4)) % 7;
  const late = Math.floor((metonic + 11 * moon + 22 * week) / 451);
  const march = moon + week - 7 * late + 114;
  return numbered(year, Math.floor(march / 31), (march % 31) + 1);
}

/**
 * The day of a year that a rule makes a holiday: `12-25` each year, `2026-03-14` once, `easter-2` Good Friday, `11/4/4` the fourth
 * Thursday in November, `5/-1/1` the last Monday in May.
 *
 * @returns null when the year has no such day
 */
export function holidayIn(year: number, rule: string): DayNumber | null {
  if (rule.startsWith('easter')) return within(year, null, easterOf(year) + Number(rule.slice(6) || 0));
  if (rule.includes('/')) {
    const [month = 0, nth = 0, weekday = 0] = rule.split('/').map(Number);
    return within(year, month, nth === -1 ? lastOf(year, month, weekday) : nthOf(year, month, nth, weekday));
  }
  const [date = 0, month = 0, only = year] = rule.split('-').map(Number).toReversed();
  return only === year ? within(year, month, numbered(year, month, date)) : null;
}

function nthOf(year: number, month: number, nth: number, weekday: number): DayNumber {
  const first = numbered(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
}

function lastOf(year: number, month: number, weekday: number): DayNumber {
  const last = numbered(year, month + 1, 0);
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

/** The day if it is one of the year (and month) that it was sought in: not each year has a 29th of February, or each May a fifth Monday. */
function within(year: number, month: number | null, number: DayNumber): DayNumber | null {
  const date = dateOf(number);
  const isOfMonth = month === null || date.getUTCMonth() + 1 === month;
  return isOfMonth && date.getUTCFullYear() === year ? number : null;
}
