import { describe, expect, it } from 'vitest';
import { fieldErrors, parseAddressForm, toAddressInput } from './address-form.ts';
import type { AddressForms } from './bff-types.ts';

const filled = {
  email: 'ada@example.com',
  'shippingAddress.fullName': 'Ada Lovelace',
  'shippingAddress.country': 'US',
  'shippingAddress.line1': '1 Analytical Way',
  'shippingAddress.city': 'Portland',
  'shippingAddress.state': 'OR',
  'shippingAddress.region': 'left over',
  'shippingAddress.postcode': '97201',
  billingSame: 'on',
};

const line1 = { name: 'line1' as const, label: 'Street and house number', isRequired: true };
const city = { name: 'city' as const, label: 'Town or city', isRequired: true };
const formats: AddressForms = [
  {
    country: 'US',
    countryName: 'United States',
    fields: [
      line1,
      city,
      { name: 'region', label: 'State', isRequired: true },
      { name: 'postcode', label: 'ZIP code', isRequired: true },
    ],
    regions: [{ code: 'OR', name: 'Oregon' }],
    postcode: { example: '95014', isNumeric: true, pattern: '(\\d{5})(?:[ \\-](\\d{4}))?' },
  },
  {
    country: 'GB',
    countryName: 'United Kingdom',
    fields: [line1, city, { name: 'postcode', label: 'Postcode', isRequired: true }],
    regions: [],
    postcode: { example: 'EC1Y 8SY', isNumeric: false, pattern: '[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}' },
  },
  {
    country: 'PL',
    countryName: 'Poland',
    fields: [line1, { name: 'postcode', label: 'Postcode', isRequired: true }, city],
    regions: [],
    postcode: { example: '00-950', isNumeric: true, pattern: '\\d{2}-\\d{3}' },
  },
];

const rules = {
  formats,
  billingFormats: [],
  countries: [
    ...formats.map(({ country, countryName }) => ({ code: country, name: countryName })),
    { code: 'BR', name: 'Brazil' },
  ],
};

function parse(changes: Record<string, string | null>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...filled, ...changes }))
    if (value !== null) form.append(name, value);
  return parseAddressForm(form, rules);
}

function inputOf(changes: Record<string, string | null>) {
  const submission = parse(changes);
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error));
  return toAddressInput(submission.value);
}

describe('the address form', () => {
  it('takes the state for the US, and leaves the other region field alone', () => {
    expect(inputOf({}).shippingAddress).toMatchObject({ region: 'OR', country: 'US' });
    expect(inputOf({}).shippingAddress).not.toHaveProperty('state');
  });

  it('takes the region elsewhere', () => {
    const changes = {
      'shippingAddress.country': 'GB',
      'shippingAddress.region': 'Kent',
      'shippingAddress.state': 'OR',
      'shippingAddress.postcode': 'tn1 1aa',
    };
    expect(inputOf(changes).shippingAddress).toMatchObject({ region: 'Kent', country: 'GB' });
  });

  it('lets pass what the shop will put right in a postcode', () => {
    const poland = { 'shippingAddress.country': 'PL', 'shippingAddress.state': '' };
    const postcodes = ['00-950', '00950', '00 950'];
    for (const postcode of postcodes) inputOf({ ...poland, 'shippingAddress.postcode': postcode });
    expect(parse({ ...poland, 'shippingAddress.postcode': '0095' }).status).toBe('error');
    inputOf({ 'shippingAddress.postcode': '972011234' });
  });

  it('tells of a postcode of another country together with the rest', () => {
    const { error } = parse({ email: 'nobody', 'shippingAddress.postcode': 'TN1 1AA' }).reply();
    expect(Object.keys(error ?? {}).sort()).toEqual(['email', 'shippingAddress.postcode']);
  });

  it('ignores the billing fields while billing is the same', () => {
    expect(
      inputOf({ 'billingAddress.fullName': 'Half', 'billingAddress.country': 'US' }).billingAddress,
    ).toBeNull();
  });

  it('asks for a billing address otherwise', () => {
    const { error } = parse({ billingSame: null, 'billingAddress.country': 'US' }).reply();
    expect(Object.keys(error ?? {})).toEqual(
      expect.arrayContaining(['billingAddress.fullName', 'billingAddress.state', 'billingAddress.postcode']),
    );
  });

  it('tells of all that is missing at once', () => {
    const nothing = Object.fromEntries(Object.keys(filled).map((name) => [name, '']));
    const { error } = parse({ ...nothing, 'shippingAddress.country': 'US', billingSame: 'on' }).reply();
    expect(Object.keys(error ?? {}).sort()).toEqual([
      'email',
      'shippingAddress.city',
      'shippingAddress.fullName',
      'shippingAddress.line1',
      'shippingAddress.postcode',
      'shippingAddress.state',
    ]);
  });

  it('shows the messages of the bff at the fields of the form', () => {
    const errors = fieldErrors(
      { 'shippingAddress.region': 'Choose a state', 'shippingAddress.postcode': 'No' },
      inputOf({}),
    );
    expect(errors).toEqual({
      'shippingAddress.state': ['Choose a state'],
      'shippingAddress.postcode': ['No'],
    });
  });
});
