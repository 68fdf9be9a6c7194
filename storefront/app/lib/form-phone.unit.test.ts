import { expect, test } from 'vitest';
import { fitsPhone } from './form-phone.ts';

test.each([
  ['US', ''],
  ['US', '(415) 555-2671'],
  ['US', '1 415 555 2671'],
  ['US', '+49 30 901820'],
  ['DE', '030/901 820'],
  ['DE', '0049 30 901820'],
  ['GB', '020 7946 0958'],
  ['GB', '+44 (0)20 7946 0958'],
])('in %s, %s may be a phone number', (country, typed) => expect(fitsPhone(country, typed)).toBe(true));

test.each([
  ['US', '12'],
  ['US', '555-2671'],
  ['US', 'call me'],
  ['DE', '0301'],
  ['DE', '+49'],
  ['GB', '123456789012345678'],
])('in %s, %s is none', (country, typed) => expect(fitsPhone(country, typed)).toBe(false));
