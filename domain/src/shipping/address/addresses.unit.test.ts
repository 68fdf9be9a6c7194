import { describe, expect, test } from 'vitest';
import { addressCountries, addressFormatOf, formatAddressLines, postalAddress } from '../index.ts';

const base = { fullName: 'Ada Lovelace', line1: '12 Analytical Way' };

function accepted(input: Record<string, string>) {
  const parsed = postalAddress.safeParse({ ...base, ...input });
  if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
  return parsed.data;
}

function refused(input: Record<string, unknown>): Record<string, string> {
  const issues = postalAddress.safeParse({ ...base, ...input }).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join('.'), issue.message]));
}

/** An address that has what the format asks for. */
function fullAddress(country: string): Record<string, string> {
  const format = addressFormatOf(country);
  const values = { city: 'Town', region: format.regions[0]?.code ?? 'Shire', line2: '' };
  const fields = format.fields.map(({ name }) => [
    name,
    name === 'line1' ? base.line1 : name === 'postcode' ? (format.postcode?.example ?? '') : values[name],
  ]);
  return { ...Object.fromEntries(fields), country };
}

test.each(addressCountries.map(({ code }) => code))('%s: what its format asks for is taken', (country) => {
  const address = accepted(fullAddress(country));
  expect(formatAddressLines(address)[0]).toBeTruthy();
  expect(accepted({ ...address }), 'taken again as it is kept').toEqual(address);
});

test('the US has its territories and military posts among its states', () => {
  const codes = addressFormatOf('US').regions.map(({ code }) => code);
  expect(codes).toHaveLength(62);
  expect(codes).toEqual(expect.arrayContaining(['CA', 'DC', 'PR', 'GU', 'VI', 'AS', 'MP', 'AA', 'AE', 'AP']));
});

test('fields, labels and their order follow the country', () => {
  const labels = (country: string) =>
    addressFormatOf(country).fields.map(({ label, isRequired }) => `${label}${isRequired ? '*' : ''}`);
  const street = ['Street and house number*', 'Flat, floor or company'];
  expect(labels('US')).toEqual([...street, 'Town or city*', 'State*', 'ZIP code*']);
  expect(labels('DE')).toEqual([...street, 'Postcode*', 'Town or city*']);
  expect(labels('IN')).toEqual([...street, 'Town or city*', 'PIN code*', 'State*']);
  expect(labels('JP')).toEqual([...street, 'Prefecture*', 'Postcode*']);
  expect(labels('HK')).toEqual([...street, 'District', 'Area*']);
  expect(labels('IE').slice(2)).toEqual(['Town or city*', 'County', 'Eircode']);
  expect(addressFormatOf('HK')).toMatchObject({
    postcode: null,
    regions: [{ name: 'Hong Kong Island' }, {}, {}],
  });
});

test.each([
  ['GB', 'sw1a1aa', 'SW1A 1AA'],
  ['GB', ' m2  5bq ', 'M2 5BQ'],
  ['CA', 'k1a0b1', 'K1A 0B1'],
  ['US', '946011234', '94601-1234'],
  ['JP', '〒１０７００５２', '107-0052'],
  ['BR', '40301110', '40301-110'],
  ['NL', '1012ab', '1012 AB'],
  ['SE', 'SE-114 55', '11455'],
  ['FR', '75 001', '75001'],
  ['US', '9O2l0', '90210'],
])('%s: the postcode %s is written %s', (country, typed, written) => {
  expect(accepted({ ...fullAddress(country), postcode: typed }).postcode).toBe(written);
});

describe('refused, with what was expected', () => {
  test('all that is missing at once', () => {
    expect(refused({ country: 'US', fullName: '' })).toEqual({
      fullName: 'Enter the name of the person who receives it',
      city: 'Enter the town or city',
      region: 'Choose a state',
      postcode: 'Enter a ZIP code such as 95014',
    });
    expect(refused({ ...fullAddress('AE'), region: '' })).toEqual({ region: 'Choose an emirate' });
  });

  test('what the country does not know', () => {
    expect(refused({ country: 'XX' })).toEqual({ country: 'Choose a country' });
    expect(refused({ ...fullAddress('CA'), region: 'Bavaria' })).toEqual({ region: 'Choose a province' });
    expect(refused({ ...fullAddress('IN'), postcode: '12' })).toEqual({
      postcode: 'Enter a PIN code such as 110034',
    });
    expect(refused({ ...fullAddress('IE'), postcode: '12' })).toEqual({
      postcode: 'Enter an Eircode such as A65 F4E2',
    });
    expect(refused({ ...fullAddress('SG'), city: 'Singapore' }).city).toContain('no line for the city');
    expect(refused({ ...fullAddress('US'), phone: '12' })).toEqual({
      phone: 'Enter a phone number such as +1 201 555 0123',
    });
  });

  test('keys that no address has', () => {
    expect(refused({ ...fullAddress('DE'), userId: 'x' })).toEqual({
      '': 'Unrecognized key: "userId"',
    });
  });
});

test('regions are known by name too, phones by their country, and what is not asked for is left out', () => {
  expect(accepted({ ...fullAddress('CA'), region: 'ontario', phone: '(613) 555-0123' })).toMatchObject({
    region: 'ON',
    phone: '+16135550123',
  });
  expect(accepted({ ...fullAddress('GB'), region: 'Kent', phone: '+49 30 901820' })).toMatchObject({
    region: '',
    phone: '+4930901820',
  });
  expect(accepted({ ...fullAddress('HK'), postcode: '0000' }).postcode).toBe('');
});

test('an envelope shows it as its country does, without what is empty', () => {
  const linesOf = (input: Record<string, string>) => formatAddressLines(accepted(input));
  expect(linesOf({ country: 'US', city: 'Oakland', region: 'CA', postcode: '94601' })).toEqual([
    ...[base.fullName, base.line1],
    ...['Oakland, CA 94601', 'United States'],
  ]);
  expect(linesOf({ country: 'DE', line2: 'Hof', city: 'Berlin', postcode: '10115' })).toEqual([
    ...[base.fullName, base.line1, 'Hof'],
    ...['10115 Berlin', 'Germany'],
  ]);
  expect(linesOf({ country: 'MX', city: 'Mérida', region: 'YUC', postcode: '97000' })).toContain(
    '97000 Mérida, Yucatán',
  );
  // An Irish address without its Eircode, a Chilean one without region and postcode: no joints stay behind.
  expect(linesOf({ country: 'IE', city: 'Cork' })).toEqual([base.fullName, base.line1, 'Cork', 'Ireland']);
  expect(linesOf({ country: 'CL', city: 'Arica' })).toEqual([base.fullName, base.line1, 'Arica', 'Chile']);
});

test('a Japanese address keeps the order of its script', () => {
  const postal = { country: 'JP', region: '13', postcode: '1070052' };
  expect(formatAddressLines(accepted({ ...postal, fullName: '山田太郎', line1: '港区赤坂1-2-3' }))).toEqual([
    '〒107-0052',
    '東京都',
    '港区赤坂1-2-3',
    '山田太郎',
    'Japan',
  ]);
  expect(
    formatAddressLines(accepted({ ...postal, fullName: 'Taro Yamada', line1: '1-2-3 Akasaka, Minato-ku' })),
  ).toEqual(['Taro Yamada', '1-2-3 Akasaka, Minato-ku, Tokyo', '107-0052', 'Japan']);
});
