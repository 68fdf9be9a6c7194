/** A day as shoppers read it, without a time zone: `2026-03-02`. */
export type Day = string;

/** When somebody works. */
export interface WorkCalendar {
  /** IANA, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** `14:00` or `14:00:00`: what comes from this minute on waits for the next working day. */
  readonly cutoffTime: string;
  /** ISO: 1 is Monday. */
  readonly workingDays: readonly number[];
  /** Rules of holidays, see `isHoliday`. */
  readonly holidays: readonly string[];
}

const DAY_MS = 86_400_000;

const utcOf = (day: Day) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))));
const dayOf = (date: Date): Day => date.toISOString().slice(0, 10);
const weekdayOf = (date: Date) => date.getUTCDay() || 7;

const laterOf = (a: Day, b: Day): Day => [a, b].toSorted()[1] ?? a;

/** The day that is `count` days after another. */
function addDays(day: Day, count: number): Day {
  return dayOf(new Date(utcOf(day).getTime() + count * DAY_MS));
}

/** Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher). */
function easterOf(year: number): Day {
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
  return dayOf(new Date(Date.UTC(year, Math.floor(march / 31) - 1, (march % 31) + 1)));
}

/**
 * Tells whether a day is the holiday of a rule: `12-25` each year, `2026-03-14` once, `easter-2` Good Friday, `11/4/4` the fourth
 * Thursday in November, `5/-1/1` the last Monday in May.
 */
export function isHoliday(rule: string, day: Day): boolean {
  if (rule[4] === '-') return rule === day;
  if (rule[2] === '-' && rule[1] !== '/') return day.endsWith(rule);
  if (rule.startsWith('easter')) {
    return addDays(easterOf(utcOf(day).getUTCFullYear()), Number(rule.slice(6) || 0)) === day;
  }
  const [month, nth, weekday] = rule.split('/').map(Number);
  const date = utcOf(day);
  if (date.getUTCMonth() + 1 !== month || weekdayOf(date) !== weekday) return false;
  if (nth !== -1) return Math.ceil(date.getUTCDate() / 7) === nth;
  return utcOf(addDays(day, 7)).getUTCMonth() !== date.getUTCMonth();
}

function isWorkingDay(calendar: WorkCalendar, day: Day): boolean {
  return (
    calendar.workingDays.includes(weekdayOf(utcOf(day))) &&
    !calendar.holidays.some((rule) => isHoliday(rule, day))
  );
}

/** The longest that anybody closes: a calendar without a working day in it is wrong, and must not hang the shop. */
const LONGEST_CLOSURE_DAYS = 92;

/** The day itself when it is a working day, else the next one. */
function workingDayFrom(calendar: WorkCalendar, day: Day): Day {
  for (let offset = 0; offset < LONGEST_CLOSURE_DAYS; offset += 1) {
    const candidate = addDays(day, offset);
    if (isWorkingDay(calendar, candidate)) return candidate;
  }
  return day;
}

/** The working day that is `count` of them after a day; the day itself is moved to a working one first. */
function addWorkingDays(calendar: WorkCalendar, day: Day, count: number): Day {
  let reached = workingDayFrom(calendar, day);
  for (let left = count; left > 0; left -= 1) reached = workingDayFrom(calendar, addDays(reached, 1));
  return reached;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Made once for each time zone: making one takes longer than all that is done with it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, clock);
  return clock;
}

/** The day and the time of day somewhere. */
function localTime(timeZone: string, at: Date): { day: Day; time: string } {
  const [day = '', time = ''] = clockOf(timeZone).format(at).split(' ');
  return { day, time };
}

/** How long a delivery takes. */
export interface Transit {
  readonly handling: WorkCalendar;
  readonly carrier: WorkCalendar;
  /** Working days of who hands the parcel over. */
  readonly handlingDays: number;
  /** Working days of the carrier, from the hand-over. */
  readonly minDays: number;
  readonly maxDays: number;
}

/**
 * When a parcel arrives: an order after the cut-off is begun on the next working day, takes its handling days, and moves on the carrier's
 * working days.
 *
 * @param readyAt when what is back-ordered or not yet out will be there; null when all of it is in stock
 */
export function arrivalOf(
  transit: Transit,
  orderedAt: Date,
  readyAt: Date | null,
): { earliest: Day; latest: Day } {
  const { handling, carrier } = transit;
  const { day, time } = localTime(handling.timeZone, orderedAt);
  const isLate = time >= handling.cutoffTime.slice(0, 5);
  const begun = workingDayFrom(handling, isLate ? addDays(day, 1) : day);
  const ready = readyAt === null ? day : localTime(handling.timeZone, readyAt).day;
  const handedOver = addWorkingDays(handling, laterOf(begun, ready), transit.handlingDays);
  return {
    earliest: addWorkingDays(carrier, handedOver, transit.minDays),
    latest: addWorkingDays(carrier, handedOver, transit.maxDays),
  };
}
