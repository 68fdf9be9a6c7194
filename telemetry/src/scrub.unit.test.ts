import { expect, test } from 'vitest';
import { scrub } from './scrub.ts';

test.each([
  [
    'duplicate key value violates unique constraint "customers_email_key"',
    'duplicate key value violates unique constraint …',
  ],
  ['Key (email)=(ada@example.com) already exists.', 'Key (…) already exists.'],
  ['invalid input syntax for type uuid: "Ada Lovelace"', 'invalid input syntax for type uuid: …'],
  [
    `Unexpected token 'A', "Ada Lovelace, 12 St" is not valid JSON`,
    'Unexpected token …, … is not valid JSON',
  ],
  ['mail to ada.lovelace+x@example.co.uk bounced', 'mail to … bounced'],
  [
    'GET https://shop.example/orders/SK-1?token=abc&email=x failed',
    'GET https://shop.example/orders/SK-1?… failed',
  ],
  ['card 4242 4242 4242 4242 declined', 'card … declined'],
  ['call +44 20 7946 0958 now', 'call … now'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIi is wrong', 'token … is wrong'],
  ['unterminated "Ada Lovelace', 'unterminated …'],
  [
    `Cannot read properties of undefined (reading 'name')`,
    `Cannot read properties of undefined (reading 'name')`,
  ],
  ["the cart's line is gone", "the cart's line is gone"],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED …:5432'],
])('%s', (message, scrubbed) => {
  expect(scrub(message)).toBe(scrubbed);
});
