import { expect, test } from 'vitest';
import { hashToken, randomToken, seal, unseal } from './sealing.ts';

const newest = 'the-newest-secret-of-at-least-32-chars';
const older = 'an-older-secret-that-is-also-32-chars-long';
const text = 'https://shop.example/reset-password/abc, for Zoë';

test('what is sealed opens with its secret and for its purpose alone', () => {
  const sealed = seal([newest], 'mail:1', text);
  expect(sealed).not.toContain('reset-password');
  expect(unseal([newest], 'mail:1', sealed)).toBe(text);
  expect(unseal([newest], 'mail:2', sealed)).toBeNull();
  expect(unseal([older], 'mail:1', sealed)).toBeNull();
});

test('a secret that was replaced still opens, and no longer seals', () => {
  const before = seal([older], 'mail', text);
  expect(unseal([newest, older], 'mail', before)).toBe(text);
  expect(unseal([older], 'mail', seal([newest, older], 'mail', text))).toBeNull();
});

test('the same text is never sealed the same', () => {
  expect(seal([newest], 'mail', text)).not.toBe(seal([newest], 'mail', text));
});

test('one changed bit anywhere is enough to fail', () => {
  const sealed = Buffer.from(seal([newest], 'mail', text), 'base64url');
  for (let at = 0; at < sealed.length; at += 1) {
    const forged = Buffer.from(sealed);
    forged[at] = (forged[at] ?? 0) ^ 1;
    expect(unseal([newest], 'mail', forged.toString('base64url'))).toBeNull();
  }
});

test.each(['', 'x', 'a'.repeat(37), '{}', 'é'])('%j is nothing of ours', (sealed) => {
  expect(unseal([newest, older], 'mail', sealed)).toBeNull();
});

test('tokens are of 256 bits, and their hashes do not tell them', () => {
  const tokens = new Set(Array.from({ length: 1_000 }, randomToken));
  expect(tokens.size).toBe(1_000);
  const [token = ''] = tokens;
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(hashToken(token)).toMatch(/^[\w-]{43}$/);
  expect(hashToken(token)).not.toBe(token);
});
