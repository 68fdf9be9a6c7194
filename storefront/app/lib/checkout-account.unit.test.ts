import { describe, expect, it } from 'vitest';
import type { Checkout, SavedAddress } from './bff-types.ts';
import {
  type CheckoutAccount,
  checkoutAccount,
  chosenAddress,
  withChosenAddress,
} from './checkout-account.ts';

const formats = [{ country: 'US' }, { country: 'DE' }];

const saved = (id: string, changes: Partial<SavedAddress> = {}): SavedAddress => ({
  id,
  fullName: 'Ada Lovelace',
  line1: `${id} Street`,
  line2: '',
  city: 'Oakland',
  region: 'CA',
  postcode: '94601',
  country: 'US',
  phone: '',
  phoneInternational: '',
  lines: [],
  isDefaultShipping: false,
  isDefaultBilling: false,
  canShipTo: true,
  ...changes,
});

const accountOf = (...book: SavedAddress[]) => checkoutAccount('ada@example.com', book, formats);
const checkoutWith = (shippingAddress: Checkout['shippingAddress']): Checkout => ({
  id: null,
  status: 'open',
  nextStep: 'address',
  email: null,
  shippingAddress,
  billingAddress: null,
  vatId: '',
  note: '',
  giftMessage: '',
  shippingOptions: [],
  chosenShipping: null,
  lines: [],
  totals: {
    subtotal: { amount: 0, currency: 'USD' },
    discount: { amount: 0, currency: 'USD' },
    shipping: null,
    tax: null,
    taxName: null,
    discounts: [],
    shippingDiscount: { amount: 0, currency: 'USD' },
    taxes: [],
    isTaxIncluded: false,
    giftCards: [],
    due: { amount: 0, currency: 'USD' },
    total: { amount: 0, currency: 'USD' },
  },
  totalsVersion: 0,
  reservedUntil: null,
  methods: [],
  payment: null,
  paymentError: null,
  entered: { currency: 'USD', codes: [], rejectedCodes: [], giftCards: [] },
  usualPlace: null,
});

describe('what the checkout offers of an address book', () => {
  it('leaves out what the shop does not ship to', () => {
    const { choices } = accountOf(
      saved('1'),
      saved('2', { canShipTo: false }),
      saved('3', { country: 'IN' }),
    );
    expect(choices.map(({ id }) => id)).toEqual(['1']);
  });

  it('bills elsewhere only when the default for bills is another address', () => {
    const home = saved('home', { isDefaultShipping: true });
    const office = saved('office', { isDefaultBilling: true });
    expect(accountOf(home, office).billing?.line1).toBe('office Street');
    expect(accountOf({ ...home, isDefaultBilling: true }).billing).toBeNull();
    // a bill may go where no parcel does
    expect(accountOf(home, { ...office, canShipTo: false }).billing?.line1).toBe('office Street');
  });

  it('starts with the default, with what the checkout has, or with a new one', () => {
    const account: CheckoutAccount = accountOf(saved('1'), saved('2'));
    const second = account.choices[1]?.address ?? null;
    expect(chosenAddress(checkoutWith(null), account)).toBe('1');
    expect(chosenAddress(checkoutWith(second), account)).toBe('2');
    expect(chosenAddress(checkoutWith(second && { ...second, city: 'Elsewhere' }), account)).toBe('new');
    expect(chosenAddress(checkoutWith(null), accountOf())).toBe('new');
  });
});

describe('the address that was chosen', () => {
  const formOf = (choice: string | null) => {
    const form = new FormData();
    form.set('email', 'ada@example.com');
    form.set('shippingAddress.line1', 'left over');
    form.set('shippingAddress.region', 'left over');
    if (choice !== null) form.set('savedAddress', choice);
    return form;
  };
  const { choices } = accountOf(
    saved('us'),
    saved('de', { country: 'DE', region: '', phone: '+4930901820' }),
  );

  it('takes the place of what stands in the hidden fields', () => {
    const us = withChosenAddress(formOf('us'), choices);
    expect(us.get('shippingAddress.line1')).toBe('us Street');
    expect(us.get('shippingAddress.state')).toBe('CA');
    expect(us.has('shippingAddress.region')).toBe(false);
    expect(us.get('email')).toBe('ada@example.com');
    const de = withChosenAddress(formOf('de'), choices);
    expect(de.get('shippingAddress.region')).toBe('');
    expect(de.get('shippingAddress.phone')).toBe('+4930901820');
  });

  it('leaves the form alone when it is a new one, none of theirs, or a guest’s', () => {
    for (const choice of ['new', 'somebody else’s', null]) {
      expect(withChosenAddress(formOf(choice), choices).get('shippingAddress.line1')).toBe('left over');
    }
  });
});
