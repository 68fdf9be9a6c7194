import { expect, test } from 'vitest';
import { readSeller } from './seller-config.ts';

test('without settings the shop sells by its own name, and takes no transfers', () => {
  expect(readSeller({ SHOP_BANK_IBAN: '' }, 'Souk')).toEqual({
    legalName: 'Souk',
    address: [],
    vatId: '',
    registration: '',
    email: '',
    bank: null,
  });
});

test('an IBAN is taken as people write it, and the account is the seller’s', () => {
  const seller = readSeller(
    {
      SHOP_LEGAL_NAME: 'Souk GmbH',
      SHOP_ADDRESS: 'Marktstraße 1; 10115 Berlin;',
      SHOP_BANK_IBAN: 'de89 3704 0044 0532 0130 00',
    },
    'Souk',
  );
  expect(seller).toMatchObject({
    legalName: 'Souk GmbH',
    address: ['Marktstraße 1', '10115 Berlin'],
    bank: { holder: 'Souk GmbH', iban: 'DE89370400440532013000', bic: '', bank: '' },
  });
});

test.each(['DE89 3704 0044 0532 0130 01', 'DE00', '1234', 'GB33BUKB20205155555555'])(
  '%s is no IBAN: money must not go astray',
  (iban) => {
    expect(() => readSeller({ SHOP_BANK_IBAN: iban }, 'Souk')).toThrow(/SHOP_BANK_IBAN is wrong/);
  },
);
