import { expect, test } from 'vitest';
import { readAvalara, readShippo } from './outside-config.ts';

const SHIP_FROM = JSON.stringify({
  ...{ name: 'Souk', line1: '2000 Frontage Road', city: 'Oakland' },
  ...{ region: 'CA', postcode: '94607', country: 'US' },
});

test('both are off until their key is set', () => {
  expect(readShippo({ SHIP_FROM, SHIPPO_API_TOKEN: ' ' })).toBeNull();
  expect(readAvalara({ SHIP_FROM })).toBeNull();
});

test('what is set is read, what is not has a default', () => {
  expect(
    readShippo({ SHIPPO_API_TOKEN: 'shippo_test_x', SHIP_FROM, SHIPPO_BOX_CM: '10x20x5' }),
  ).toMatchObject({
    ...{ apiToken: 'shippo_test_x', apiBase: 'https://api.goshippo.com', timeoutMs: 900 },
    ...{ boxCm: [10, 20, 5], shipFrom: { city: 'Oakland' } },
  });
  const avalara = {
    AVALARA_ACCOUNT_ID: '1',
    AVALARA_LICENSE_KEY: 'k',
    AVALARA_COMPANY_CODE: 'SOUK',
    SHIP_FROM,
  };
  expect(
    readAvalara({
      ...avalara,
      AVALARA_API_BASE: 'https://sandbox-rest.avatax.com/',
      AVALARA_TAX_CODES: '{"books":"PB100000"}',
    }),
  ).toMatchObject({
    apiBase: 'https://sandbox-rest.avatax.com',
    taxCodes: { standard: 'P0000000', shipping: 'FR', exempt: 'NT', books: 'PB100000' },
  });
});

test('what is missing or wrong is named', () => {
  expect(() => readShippo({ SHIPPO_API_TOKEN: 'x' })).toThrow(
    'SHIP_FROM is missing: SHIPPO_API_TOKEN is set',
  );
  expect(() => readShippo({ SHIPPO_API_TOKEN: 'x', SHIP_FROM: 'Oakland' })).toThrow(
    'SHIP_FROM is wrong: expected JSON',
  );
  expect(() => readAvalara({ AVALARA_LICENSE_KEY: 'k', SHIP_FROM })).toThrow(
    /AVALARA_ACCOUNT_ID is missing[\s\S]*AVALARA_COMPANY_CODE is missing/,
  );
});
