import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCaller } from './testing/caller.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

test('address forms come for the countries that the shopper’s currency is delivered in', async () => {
  const forms = await testCaller(shop.domain.context()).shipping.addressForms();
  expect(forms.map(({ country }) => country)).toEqual(['CA', 'FR', 'DE', 'GB', 'US']);
  const us = forms.find(({ country }) => country === 'US');
  expect(us?.regions.map(({ code }) => code)).toEqual(expect.arrayContaining(['CA', 'PR', 'AE']));
  expect(us?.postcode).toMatchObject({ example: '95014', isNumeric: true });

  const origin = { ...shop.domain.context().origin, region: 'eu' };
  const european = await testCaller(shop.domain.context({ origin })).shipping.addressForms();
  expect(european).toHaveLength(27);
  expect(JSON.stringify(european).length).toBeLessThan(30_000);
});

test('an address is looked at, by its mended form, and never refused for what stands out', async () => {
  const address = {
    fullName: 'Ada',
    line1: '12 Main Stret',
    city: 'Oakland',
    region: 'ny',
    postcode: '946O1',
    country: 'us',
  };
  const { verdict, suggestion, notes } = await testCaller(shop.domain.context()).shipping.checkAddress({
    address,
  });
  expect(verdict).toBe('suspicious');
  expect(suggestion).toMatchObject({ line1: '12 Main Street', region: 'CA', postcode: '94601' });
  expect(notes.map(({ code }) => code)).toEqual(['region_of_postcode', 'typing_error']);
});
