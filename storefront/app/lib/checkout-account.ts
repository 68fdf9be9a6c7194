import type { Address, Checkout, SavedAddress } from './bff-types.ts';

/** An address of the book that the shop ships to, as the checkout takes it. */
export interface AddressChoice {
  readonly id: string;
  readonly address: Address;
  /** As on an envelope. */
  readonly lines: readonly string[];
}

/** What the checkout knows of somebody who is logged in. */
export interface CheckoutAccount {
  readonly email: string;
  /** The default delivery address first. */
  readonly choices: readonly AddressChoice[];
  /** The default billing address, where it is another than the default delivery address; null: the same. */
  readonly billing: Address | null;
}

function addressOf({ fullName, line1, line2, city, region, postcode, country, phone }: Address): Address {
  return { fullName, line1, line2, city, region, postcode, country, phone };
}

/** What is chosen when it is none of the address book. */
export const NEW_ADDRESS = 'new';

const parts = ['fullName', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone'] as const;

/** Makes of the address book what the checkout can use. */
export function checkoutAccount(
  email: string,
  saved: readonly SavedAddress[],
  formats: readonly { readonly country: string }[],
): CheckoutAccount {
  const choices = saved.flatMap(({ id, lines, canShipTo, ...rest }): AddressChoice[] => {
    if (!canShipTo || !formats.some((format) => format.country === rest.country)) return [];
    return [{ id, lines, address: addressOf(rest) }];
  });
  const billing = saved.find(({ isDefaultBilling }) => isDefaultBilling);
  return {
    email,
    choices,
    billing: billing === undefined || billing.isDefaultShipping ? null : addressOf(billing),
  };
}

/** Which address the form starts with: the one that the checkout has, else the default one; `new` when that is none of the book. */
export function chosenAddress(checkout: Checkout, { choices }: CheckoutAccount): string {
  const { shippingAddress } = checkout;
  const found =
    shippingAddress === null
      ? choices[0]
      : choices.find(({ address }) => parts.every((part) => address[part] === shippingAddress[part]));
  return found?.id ?? NEW_ADDRESS;
}

/** The form with the address that was chosen from the book in place of what stands in the hidden fields. */
export function withChosenAddress(form: FormData, choices: readonly AddressChoice[]): FormData {
  const chosen = choices.find(({ id }) => id === form.get('savedAddress'));
  if (!chosen) return form;
  const filled = new FormData();
  for (const [name, value] of form) if (!name.startsWith('shippingAddress.')) filled.append(name, value);
  for (const part of parts) {
    const name = part === 'region' && chosen.address.country === 'US' ? 'state' : part;
    filled.set(`shippingAddress.${name}`, chosen.address[part]);
  }
  return filled;
}
