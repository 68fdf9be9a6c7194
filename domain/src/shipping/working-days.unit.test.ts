import { describe, expect, test } from 'vitest';
import { arrivalOf, type WorkCalendar } from './working-days.ts';

const berlin: WorkCalendar = {
  timeZone: 'Europe/Berlin',
  cutoffTime: '14:00:00',
  workingDays: [1, 2, 3, 4, 5],
  holidays: ['01-01', 'easter-2', 'easter+1', '05-01', '12-25', '12-26'],
};
const parcels: WorkCalendar = { ...berlin, workingDays: [1, 2, 3, 4, 5, 6] };
const transit = { handling: berlin, carrier: parcels, handlingDays: 0, minDays: 1, maxDays: 2 };

describe('arrival', () => {
  test.each([
    // Tuesday before and after the cut-off, in Berlin's winter and summer
    ['2026-03-03T12:59:00Z', '2026-03-04', '2026-03-05'],
    ['2026-03-03T13:00:00Z', '2026-03-05', '2026-03-06'],
    ['2026-06-02T11:59:00Z', '2026-06-03', '2026-06-04'],
    ['2026-06-02T12:00:00Z', '2026-06-04', '2026-06-05'],
    // Friday: the carrier works on Saturday, the warehouse does not
    ['2026-03-06T08:00:00Z', '2026-03-07', '2026-03-09'],
    ['2026-03-06T20:00:00Z', '2026-03-10', '2026-03-11'],
    // over Easter, and over the turn of the year
    ['2026-04-02T20:00:00Z', '2026-04-08', '2026-04-09'],
    ['2026-12-31T20:00:00Z', '2027-01-05', '2027-01-06'],
    // past midnight in Berlin, while it is Monday still in London
    ['2026-03-02T23:30:00Z', '2026-03-04', '2026-03-05'],
  ])('ordered at %s: from %s to %s', (orderedAt, earliest, latest) => {
    expect(arrivalOf(transit, new Date(orderedAt), null)).toEqual({ earliest, latest });
  });

  test('waits for handling and for what is not there yet', () => {
    const monday = new Date('2026-03-02T08:00:00Z');
    expect(arrivalOf({ ...transit, handlingDays: 2 }, monday, null).earliest).toBe('2026-03-05');
    expect(arrivalOf(transit, monday, new Date('2026-03-14T09:00:00Z')).earliest).toBe('2026-03-17');
    expect(arrivalOf(transit, monday, new Date('2026-01-01T09:00:00Z')).earliest).toBe('2026-03-03');
  });

  test('ends for who never works', () => {
    const closed = { ...berlin, workingDays: [] };
    expect(arrivalOf({ ...transit, handling: closed }, new Date('2026-03-02T08:00:00Z'), null).earliest).toBe(
      '2026-03-03',
    );
  });
});
