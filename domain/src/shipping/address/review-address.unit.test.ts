import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { postalAddress } from './address-input.ts';
import { reviewAddress } from './review-address.ts';

const check = (changes: Record<string, string>) =>
  reviewAddress(
    postalAddress.parse({
      ...{ fullName: 'Ada Lovelace', line1: '12 Analytical Way', city: 'Oakland' },
      ...{ region: 'CA', postcode: '94601', country: 'US' },
      ...changes,
    }),
  );
const german = { country: 'DE', region: '', city: 'Berlin', postcode: '10115' };

test('what is right is left alone', () => {
  const fine = { verdict: 'fine', suggestion: null, notes: [] };
  expect(check({})).toEqual(fine);
  expect(check({ ...german, line1: 'Straße des 17. Juni 135' })).toEqual(fine);
  expect(check({ ...german, line1: 'Unter den Linden 77' })).toEqual(fine);
  expect(check({ line1: '1600 Avenue of the Stars', line2: 'Suite 5', fullName: 'O’Neil McDonald' })).toEqual(
    fine,
  );
  expect(check({ region: 'GU', city: 'Hagåtña', postcode: '96910' })).toEqual(fine);
  expect(check({ region: 'AE', city: 'APO', line1: 'PSC 1234 Box 56', postcode: '09204' })).toEqual(fine);
});

describe('what stands out', () => {
  test('a postcode of another state', () => {
    expect(check({ region: 'NY' })).toMatchObject({
      verdict: 'suspicious',
      suggestion: { region: 'CA' },
      notes: [{ field: 'region', code: 'region_of_postcode' }],
    });
    expect(
      check({ country: 'CA', region: 'ON', city: 'Montréal', postcode: 'H2Y 1C6' }).suggestion?.region,
    ).toBe('QC');
    expect(
      check({ country: 'ES', region: 'M', city: 'Barcelona', postcode: '08002' }).suggestion?.region,
    ).toBe('B');
  });

  test.each([
    [{ line1: 'Analytical Way' }, 'line1', 'house_number_missing'],
    [{ ...german, line1: 'Lindenallee' }, 'line1', 'house_number_missing'],
    [{ line1: 'P.O. Box 12' }, 'line1', 'post_box'],
    [{ line2: 'PO BOX 12' }, 'line2', 'post_box'],
    [{ ...german, line1: 'Postfach 12 34 56' }, 'line1', 'post_box'],
  ])('%o: %s %s', (changes, field, code) => {
    const { verdict, notes } = check(changes);
    expect(verdict).toBe('suspicious');
    expect(notes).toContainEqual({ field, code });
  });

  test.each([
    [{ line1: '12 Main Stret' }, { line1: '12 Main Street' }],
    [{ line1: '12 Fifth Aveune' }, { line1: '12 Fifth Avenue' }],
    [{ line1: '12 Main Main Street' }, { line1: '12 Main Street' }],
    [{ ...german, line1: 'Hauptstrase 5' }, { line1: 'Hauptstraße 5' }],
    [{ ...german, line1: 'Lange Strase 5' }, { line1: 'Lange Straße 5' }],
    [{ ...german, line1: 'Gasse 5', city: '10115 Berlin' }, { city: 'Berlin' }],
  ])('a slip of the keys: %o', (changes, meant) => {
    const { verdict, suggestion } = check(changes);
    expect(verdict).toBe('suspicious');
    expect(suggestion).toMatchObject(meant);
  });

  test('capitals, which are a matter of looks alone', () => {
    expect(check({ fullName: 'ADA LOVELACE', line1: '12 5TH AVE NW', city: 'oakland' })).toEqual({
      verdict: 'fine',
      suggestion: expect.objectContaining({
        fullName: 'Ada Lovelace',
        line1: '12 5th Ave NW',
        city: 'Oakland',
      }),
      notes: ['fullName', 'line1', 'city'].map((field) => ({ field, code: 'casing' })),
    });
    expect(check({ ...german, line1: 'gasse 5', city: 'frankfurt am main' }).suggestion?.city).toBe(
      'Frankfurt am Main',
    );
  });
});

const stores = new URL('../../../../../shared/data/address/bestbuy_stores.json.gz', import.meta.url);
/** Some of their ZIP codes have lost the noughts that they begin with. */
const store = z.object({
  ...{ name: z.string(), address: z.string(), address2: z.string().nullable(), city: z.string() },
  ...{ state: z.string(), zip: z.string().transform((zip) => zip.padStart(5, '0')) },
});

test.runIf(existsSync(stores))('real addresses of shops pass, and with another state they do not', () => {
  const addresses = z.array(store).parse(JSON.parse(gunzipSync(readFileSync(stores)).toString()));
  const results = addresses.map(({ name, address, address2, city, state, zip }) => {
    const sent = {
      fullName: name,
      line1: address,
      line2: address2 ?? '',
      city,
      region: state,
      postcode: zip,
      country: 'US',
    };
    const wrong = { ...sent, region: state === 'CA' ? 'TX' : 'CA' };
    return {
      fine: reviewAddress(postalAddress.parse(sent)),
      wrong: reviewAddress(postalAddress.parse(wrong)),
      state,
    };
  });
  expect(results).toHaveLength(1_565);
  const suspicious = results.filter(({ fine }) => fine.verdict === 'suspicious');
  expect(suspicious.length / results.length).toBeLessThan(0.01);
  expect(results.every(({ wrong, state }) => wrong.suggestion?.region === state)).toBe(true);
});
if (!existsSync(stores)) console.info('left out: there are no real addresses at shared/data');
