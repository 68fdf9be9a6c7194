import { expect, test } from 'vitest';
import { suggestEmail } from './form-email.ts';

test.each([
  ['ada@gmial.com', 'ada@gmail.com'],
  ['ada@GMAIL.CO', 'ada@gmail.com'],
  ['ada@gmail.con', 'ada@gmail.com'],
  ['ada@hotmial.com', 'ada@hotmail.com'],
  ['ada@outlok.com', 'ada@outlook.com'],
  ['ada@yaho.com', 'ada@yahoo.com'],
  ['ada.king@iclould.com', 'ada.king@icloud.com'],
  ['ada@gmx.dee', 'ada@gmx.de'],
])('%s was probably meant as %s', (typed, meant) => expect(suggestEmail(typed)).toBe(meant));

test.each([
  'ada@gmail.com',
  'ada@Gmail.com',
  'ada@example.com',
  'ada@mail.com',
  'ada@gmx.at',
  'ada@me.uk',
  'ada@',
  'ada',
  '@gmial.com',
  'a@b@gmial.com',
])('%s is left as it is', (typed) => expect(suggestEmail(typed)).toBeNull());
