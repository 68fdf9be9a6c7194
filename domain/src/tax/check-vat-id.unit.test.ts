import { describe, expect, test } from 'vitest';
import { checkVatId } from './check-vat-id.ts';

/** Numbers that authorities and companies publish. */
const known = [
  ...['ATU13585627', 'BE0403019261', 'BG175074752', 'CY10259033P', 'CZ25123891', 'DE136695976', 'DK13585628'],
  ...[
    'EE100931558',
    'EL094259216',
    'ES54362315K',
    'ESB58378431',
    'FI20774740',
    'FR40303265045',
    'GB980780684',
  ],
  ...[
    'HR33392005961',
    'HU12892312',
    'IE6433435F',
    'IE6433435OA',
    'IT00743110157',
    'LT119511515',
    'LU15027442',
  ],
  ...['LV40003521600', 'MT11679112', 'NL004495445B01', 'NL002455799B11', 'PL8567346215', 'PT501964843'],
  ...['RO18547290', 'SE123456789701', 'SI50223054', 'SK2022749619', 'XI980780684'],
];

test.each(known)('%s is well formed', (id) => {
  const country = id.startsWith('EL') ? 'GR' : id.slice(0, 2);
  expect(checkVatId(id)).toEqual({ country, normalised: id });
});

test('every country of the EU is known', () => {
  const countries = new Set(known.map((id) => checkVatId(id)?.country));
  expect(countries.size).toBe(27 + 2);
});

test.each(known)('%s with a digit mistyped is not', (id) => {
  const wrong = [...id].flatMap((sign, place) =>
    place > 1 && /\d/.test(sign)
      ? [`${id.slice(0, place)}${(Number(sign) + 1) % 10}${id.slice(place + 1)}`]
      : [],
  );
  // Some algorithms let a mistake of one place in some tens pass, the format only tells of length.
  const noticed = wrong.filter((candidate) => checkVatId(candidate) === null);
  expect(noticed.length).toBeGreaterThan(wrong.length / 2);
});

describe('as people write it', () => {
  test.each([
    ['de 136 695 976', 'DE136695976'],
    ['ATU 13585627', 'ATU13585627'],
    ['NL0044.95.445.B.01', 'NL004495445B01'],
    ['GR 094259216', 'EL094259216'],
    ['CHE-123', null],
    ['136695976', null],
    ['DE', null],
    ['', null],
    ['DE1366959760000000000000000', null],
    ['US123456789', null],
    ['constructor', null],
  ])('%s: %s', (typed, normalised) => {
    expect(checkVatId(typed)?.normalised ?? null).toBe(normalised);
  });
});
