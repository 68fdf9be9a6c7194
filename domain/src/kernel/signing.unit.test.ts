import { expect, test } from 'vitest';
import { signValue, verifyValue } from './signing.ts';

const secret = 'the-newest-secret-of-at-least-32-chars';
const older = 'an-older-secret-that-is-also-32-chars-long';

test('a token tells its value, to who has the secret and for the purpose that it was made for', () => {
  const token = signValue([secret], 'cart', 'abc');
  expect(verifyValue([secret], 'cart', token)).toBe('abc');
  expect(verifyValue([secret], 'order', token)).toBeNull();
  expect(verifyValue([older], 'cart', token)).toBeNull();
});

test('a secret that was replaced still verifies', () => {
  const token = signValue([older], 'cart', 'abc');
  expect(verifyValue([secret, older], 'cart', token)).toBe('abc');
});

test.each(['', '.', 'abc', 'abc.', '.abc', 'abc.def', `${'x'.repeat(10_000)}.y`])(
  '%j is no token',
  (token) => {
    expect(verifyValue([secret], 'cart', token)).toBeNull();
  },
);

test('one changed character is enough to fail', () => {
  const token = signValue([secret], 'cart', 'abc');
  expect(verifyValue([secret], 'cart', token.replace('abc', 'abd'))).toBeNull();
  expect(verifyValue([secret], 'cart', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
});
