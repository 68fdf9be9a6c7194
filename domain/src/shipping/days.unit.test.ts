import { expect, test } from 'vitest';
import { dayNumberOf, dayOf, holidayIn, weekdayOf } from './days.ts';

test.each([
  ['12-25', '2031-12-25', true],
  ['2026-03-14', '2027-03-14', false],
  ['easter', '2026-04-05', true],
  ['easter-2', '2026-04-03', true],
  ['easter+39', '2027-05-06', true],
  ['easter', '2038-04-25', true],
  ['easter', '2024-03-31', true],
  ['11/4/4', '2026-11-26', true],
  ['11/4/4', '2026-11-19', false],
  ['5/-1/1', '2026-05-25', true],
  ['5/-1/1', '2027-05-31', true],
  ['5/-1/1', '2027-05-24', false],
  ['5/5/1', '2027-05-31', true],
  ['5/5/1', '2026-06-01', false],
  ['02-29', '2028-02-29', true],
  ['02-29', '2027-03-01', false],
])('rule %s on %s: %s', (rule, day, holds) => {
  expect(holidayIn(Number(day.slice(0, 4)), rule) === dayNumberOf(day)).toBe(holds);
});

test.each([
  ['1969-12-31', 3],
  ['1970-01-01', 4],
  ['2026-03-01', 7],
  ['2028-02-29', 2],
])('%s is weekday %s', (day, weekday) => {
  expect(weekdayOf(dayNumberOf(day))).toBe(weekday);
  expect(dayOf(dayNumberOf(day))).toBe(day);
});
