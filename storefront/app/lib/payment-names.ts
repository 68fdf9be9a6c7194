import type { Address, Checkout } from './bff-types.ts';
import { cardName } from './format.ts';
import type { BillingDetails, Shipping } from './stripe.ts';

type Payment = NonNullable<Checkout['payment']>;

const methodNames: Record<Payment['method'], string> = {
  card: 'Card',
  hosted: 'On the page of our payment service',
  bank_transfer: 'Bank transfer',
  invoice: 'Invoice',
  pay_link: 'By a link that we mail you',
  cash_on_collection: 'In cash, when you fetch it',
  gift_card: 'Nothing left to pay',
};

const typeNames = new Map(
  Object.entries({
    link: 'Link',
    klarna: 'Klarna',
    afterpay_clearpay: 'Afterpay',
    paypal: 'PayPal',
    apple_pay: 'Apple Pay',
    google_pay: 'Google Pay',
  }),
);

/** `Visa ending in 4242`, `Klarna`, `Bank transfer`: how somebody pays, in their words. */
export function paymentName({ method, detail }: Payment): string {
  if (detail === null) return methodNames[method];
  const { type, brand, last4 } = detail;
  if (type === 'card' && last4 !== null) return cardName({ brand: brand ?? '', last4 });
  return typeNames.get(type) ?? methodNames[method];
}

/** What is known of who pays and where it goes, so that the provider need not ask. */
export function billingOf(checkout: Checkout): { billing?: BillingDetails; shipping?: Shipping } {
  const { email, shippingAddress, billingAddress } = checkout;
  const payer = billingAddress ?? shippingAddress;
  if (email === null || shippingAddress === null || payer === null) return {};
  return {
    billing: {
      name: payer.fullName,
      email,
      ...(payer.phone === '' ? {} : { phone: payer.phone }),
      address: postal(payer),
    },
    shipping: { name: shippingAddress.fullName, address: postal(shippingAddress) },
  };
}

function postal(address: Address) {
  return {
    line1: address.line1,
    line2: address.line2,
    city: address.city,
    state: address.region,
    postal_code: address.postcode,
    country: address.country,
  };
}
