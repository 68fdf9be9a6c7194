import { describe, expect, it } from 'vitest';
import { safeReturnTo } from './return-to.ts';

describe('where to go after a log-in', () => {
  it.each(['/cart', '/c/coats?page=2', '/account/addresses#new', '/p/a%20b'])('keeps %s', (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '///evil.example',
    '/\\\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/.//evil.example',
    '/..//evil.example',
    '',
    ' /cart',
    '/login?returnTo=/cart',
    '/logout',
    `/${'a'.repeat(2_000)}`,
    null,
    undefined,
    7,
  ])('does not follow %j', (value) => {
    expect(safeReturnTo(value)).toBe('/account');
  });
});
