import { type Day, type DayNumber, dayNumberOf, dayOf, holidayIn, weekdayOf, yearOf } from './days.ts';

/** When somebody works. */
export interface WorkCalendar {
  /** IANA, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** `14:00` or `14:00:00`: what comes from this minute on waits for the next working day. */
  readonly cutoffTime: string;
  /** ISO: 1 is Monday. */
  readonly workingDays: readonly number[];
  /** Rules of holidays, see `holidayIn`. */
  readonly holidays: readonly string[];
}

/** The holidays of calendars by year: finding one out takes longer than looking whether a day is one. */
const holidays = new WeakMap<WorkCalendar, Map<number, ReadonlySet<DayNumber>>>();

function holidaysOf(calendar: WorkCalendar, year: number): ReadonlySet<DayNumber> {
  const years = holidays.get(calendar) ?? new Map<number, ReadonlySet<DayNumber>>();
  holidays.set(calendar, years);
  const known = years.get(year);
  if (known) return known;
  const found = new Set(calendar.holidays.map((rule) => holidayIn(year, rule)).filter((day) => day !== null));
  years.set(year, found);
  return found;
}

function isWorkingDay(calendar: WorkCalendar, day: DayNumber): boolean {
  return calendar.workingDays.includes(weekdayOf(day)) && !holidaysOf(calendar, yearOf(day)).has(day);
}

/** The longest that anybody closes: a calendar without a working day in it is wrong, and must not hang the shop. */
const LONGEST_CLOSURE_DAYS = 92;

/** The day itself when it is a working day, else the next one. */
function workingDayFrom(calendar: WorkCalendar, day: DayNumber): DayNumber {
  for (let offset = 0; offset < LONGEST_CLOSURE_DAYS; offset += 1) {
    if (isWorkingDay(calendar, day + offset)) return day + offset;
  }
  return day;
}

/** The working day that is `count` of them after a day; the day itself is moved to a working one first. */
function addWorkingDays(calendar: WorkCalendar, day: DayNumber, count: number): DayNumber {
  let reached = workingDayFrom(calendar, day);
  for (let left = count; left > 0; left -= 1) reached = workingDayFrom(calendar, reached + 1);
  return reached;
}

const MINUTE_MS = 60_000;

interface Clock {
  readonly format: Intl.DateTimeFormat;
  /** What it showed last, and in which minute: everybody who asks within it is told the same. */
  minute: number;
  shown: LocalTime;
}

const clocks = new Map<string, Clock>();

/** Made once for each time zone: making one takes longer than all that is done with it. */
function clockOf(timeZone: string): Clock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const clock = { format, minute: Number.NaN, shown: { day: 0, time: '' } };
  clocks.set(timeZone, clock);
  return clock;
}

interface LocalTime {
  readonly day: DayNumber;
  /** Such as `14:00`. */
  readonly time: string;
}

/** The day and the time of day somewhere. */
function localTime(timeZone: string, at: Date): LocalTime {
  const clock = clockOf(timeZone);
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  if (clock.minute !== minute) {
    const [day = '', time = ''] = clock.format.format(at).split(' ');
    clock.minute = minute;
    clock.shown = { day: dayNumberOf(day), time };
  }
  return clock.shown;
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
  const begun = workingDayFrom(handling, isLate ? day + 1 : day);
  const ready = readyAt === null ? day : localTime(handling.timeZone, readyAt).day;
  const handedOver = addWorkingDays(handling, Math.max(begun, ready), transit.handlingDays);
  return {
    earliest: dayOf(addWorkingDays(carrier, handedOver, transit.minDays)),
    latest: dayOf(addWorkingDays(carrier, handedOver, transit.maxDays)),
  };
}
