import { describe, expect, it } from 'vitest';
import { fieldErrors, parseAddressForm, toAddressInput } from './address-form.ts';

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

const parts = { regionLabel: 'Region', postcodeLabel: 'Postcode', needsRegion: false };
const countries = [
  { ...parts, code: 'US' as const, name: 'United States', postcodePattern: '^\\d{5}(-\\d{4})?$' },
  {
    ...parts,
    code: 'GB' as const,
    name: 'United Kingdom',
    postcodePattern: '^[a-z]{1,2}\\d.* ?\\d[a-z]{2}$',
  },
];

function parse(changes: Record<string, string | null>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...filled, ...changes }))
    if (value !== null) form.append(name, value);
  return parseAddressForm(form, countries);
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
