import { expect, test } from 'vitest';
import { comparedLines, doubtOf } from './address-check.ts';

const typed = {
  fullName: 'Ada',
  line1: '12 Main Stret',
  line2: '',
  city: 'Oakland',
  region: 'NY',
  postcode: '94601',
  country: 'US',
  phone: '',
};
const meant = { ...typed, line1: '12 Main Street', region: 'CA' };
const check = {
  verdict: 'suspicious' as const,
  suggestion: meant,
  notes: [
    { field: 'region' as const, code: 'region_of_postcode' as const },
    { field: 'line1' as const, code: 'typing_error' as const },
    { field: 'city' as const, code: 'casing' as const },
  ],
};

test('a doubtful address is asked about once, and again when it was changed', () => {
  const doubt = doubtOf(typed, check, null);
  expect(doubt?.suggestion).toBe(meant);
  expect(doubt?.reasons).toHaveLength(2);
  expect(doubtOf(typed, check, doubt?.asked ?? '')).toBeNull();
  expect(doubtOf({ ...typed, city: 'Albany' }, check, doubt?.asked ?? '')).not.toBeNull();
});

test('capitals alone are no reason to ask', () => {
  expect(doubtOf(typed, { ...check, verdict: 'fine' }, null)).toBeNull();
});

test('what would change is told line by line', () => {
  expect(comparedLines(meant, typed)).toEqual([
    { text: 'Ada', isChanged: false },
    { text: '12 Main Street', isChanged: true },
    { text: 'Oakland, CA 94601', isChanged: true },
  ]);
});
