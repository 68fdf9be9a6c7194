import { expect, test } from 'vitest';
import { normalPassword, passwordFlaw } from './password-rules.ts';

const ada = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace', shopName: 'Marketplace' };

test.each([
  ['Zx9!abc', 'too_short'],
  ['😀😀😀😀😀😀😀', 'too_short'],
  ['a'.repeat(129), 'too_long'],
  ['password1', 'too_common'],
  ['PASSWORD1', 'too_common'],
  ['iloveyou', 'too_common'],
  ['ada.lovelace@example.com', 'too_common'],
  ['AdaLovelace1815!', 'too_common'],
  ['lovelace', 'too_common'],
  ['marketplace2026', 'too_common'],
])('%j is %s', (password, flaw) => {
  expect(passwordFlaw(password, ada)).toBe(flaw);
});

test.each([
  'correct horse battery',
  'only letters please',
  '83920174829103',
  '        x        ',
  '😀😀😀😀😀😀😀😀',
  'пароль из слов',
  `${'long '.repeat(25)}end`,
])('%j is fine: no rules about what it is made of', (password) => {
  expect(passwordFlaw(password, ada)).toBeNull();
});

test('the same letters typed on another keyboard are the same password', () => {
  expect(normalPassword('cafe\u0301 ﬁn')).toBe(normalPassword('café fin'));
});
