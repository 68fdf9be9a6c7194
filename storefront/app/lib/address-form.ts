import type { Submission, SubmissionResult } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { z } from 'zod';
import type {
  Address,
  AddressCountry,
  AddressFormat,
  AddressForms,
  AddressInput,
  Checkout,
} from './bff-types.ts';
import { type CheckoutAccount, chosenAddress } from './checkout-account.ts';
import { fitsPhone, phoneMessage } from './form-phone.ts';
import { fitsPostcode } from './postcode.ts';

const needed = (message: string, max: number) => z.string({ error: message }).trim().min(1, message).max(max);
const optional = (max: number) => z.string().trim().max(max).default('');

/** What addresses of the checkout are checked against. */
export interface AddressRules {
  /** Of the countries that the shop delivers to. */
  readonly formats: AddressForms;
  /** Of others that a bill may go to, as far as they are known here: the bff knows all. */
  readonly billingFormats: AddressForms;
  /** Where a bill may go: anywhere. */
  readonly countries: readonly AddressCountry[];
}

/**
 * Two fields for the region: a list of states for the US, another field elsewhere; the one that fits the country counts.
 *
 * @param codes the countries that may be chosen
 */
function addressFields(formats: AddressForms, codes: ReadonlySet<string>) {
  const fields = z.object({
    fullName: needed('Enter the full name', 120),
    country: z
      .string({ error: 'Choose a country' })
      .refine((code) => codes.has(code), { error: 'Choose a country' }),
    line1: needed('Enter the street and house number', 120),
    line2: optional(120),
    city: optional(80),
    state: optional(80),
    region: optional(80),
    postcode: optional(20),
    phone: optional(40),
  });
  // Asked although other fields are missing, so that one try tells of all that is.
  return fields.superRefine(
    (values, check) => {
      const format = formats.find(({ country }) => country === values.country);
      for (const { name, label, isRequired } of format?.fields ?? []) {
        const field = name === 'region' && values.country === 'US' ? 'state' : name;
        if (name === 'line1' || !isRequired || values[field]) continue;
        check.addIssue({ code: 'custom', path: [field], message: askFor(label, format, name) });
      }
      if (format && values.postcode && !fitsPostcode(format, values.postcode)) {
        check.addIssue({ code: 'custom', path: ['postcode'], message: postcodeMessage(format) });
      }
      if (values.phone && !fitsPhone(values.country, values.phone)) {
        check.addIssue({ code: 'custom', path: ['phone'], message: phoneMessage(values.country) });
      }
    },
    { when: () => true },
  );
}

/** As the shop says it once the form is sent. */
function postcodeMessage({ fields, postcode }: AddressFormat): string {
  const label = fields.find(({ name }) => name === 'postcode')?.label ?? 'Postcode';
  const words = /^(ZIP|PIN|Eircode)/.test(label) ? label : label.toLowerCase();
  const article = /^[aeio]/i.test(words) ? 'an' : 'a';
  return `Enter ${article} ${words}${postcode?.example ? ` such as ${postcode.example}` : ''}`;
}

function askFor(label: string, format: AddressFormat | undefined, name: string): string {
  const words = /^(ZIP|PIN|Eircode)/.test(label) ? label : label.toLowerCase();
  const isChosen = name === 'region' && (format?.regions.length ?? 0) > 0;
  return isChosen ? `Choose ${/^[aeio]/i.test(words) ? 'an' : 'a'} ${words}` : `Enter the ${words}`;
}

function addressForm({ formats, billingFormats, countries }: AddressRules) {
  const address = addressFields(formats, new Set(formats.map(({ country }) => country)));
  const billing = addressFields([...formats, ...billingFormats], new Set(countries.map(({ code }) => code)));
  const contact = {
    email: z.email({ error: 'Enter an e-mail address, such as name@example.com' }).max(254),
    shippingAddress: address,
    savedAddress: z.string().optional(),
    saveAddress: z.literal('on').optional(),
    cartReminder: z.literal('on').optional(),
    vatId: optional(30),
  };
  return {
    sameBilling: z.object({
      ...contact,
      billingSame: z.literal('on'),
      billingAddress: billing.optional(),
    }),
    ownBilling: z.object({
      ...contact,
      billingSame: z.literal('on').optional(),
      billingAddress: billing,
    }),
  };
}

type AddressFields = z.infer<ReturnType<typeof addressFields>>;
export interface AddressForm {
  email: string;
  shippingAddress: AddressFields;
  /** The id of one in the address book, or `new`; missing for guests. */
  savedAddress?: string | undefined;
  /** Whether a new one is to be kept in the address book. */
  saveAddress?: 'on' | undefined;
  /** Whether a mail with a link to the cart is wanted if it is left. */
  cartReminder?: 'on' | undefined;
  /** Empty for who buys for themselves. */
  vatId: string;
  billingSame?: 'on' | undefined;
  /** Missing while it is the same. */
  billingAddress?: AddressFields | undefined;
}

/** Parses the address form. While billing is the same as shipping, what stands in its hidden fields is nobody's business. */
export function parseAddressForm(form: FormData, rules: AddressRules): Submission<AddressForm> {
  const { ownBilling, sameBilling } = addressForm(rules);
  if (form.get('billingSame') !== 'on') return parseWithZod(form, { schema: ownBilling });
  const shipping = new FormData();
  for (const [name, value] of form) if (!name.startsWith('billingAddress')) shipping.append(name, value);
  return parseWithZod(shipping, { schema: sameBilling });
}

/** What the form is shown with again. Should another bill be wanted after all, it is asked for in the country of the parcel. */
export function shownAgain(result: SubmissionResult, form: FormData): SubmissionResult {
  if (form.get('billingSame') !== 'on' || !result.initialValue) return result;
  const country = String(form.get('shippingAddress.country') ?? '');
  return { ...result, initialValue: { ...result.initialValue, billingAddress: { country } } };
}

/** An address of the form as the bff takes it. */
export function toAddress({ state, region, ...rest }: AddressFields): Address {
  return { ...rest, region: rest.country === 'US' ? state : region };
}

/** The form's values as the bff takes them. */
export function toAddressInput(values: AddressForm): AddressInput {
  return {
    email: values.email,
    shippingAddress: toAddress(values.shippingAddress),
    billingAddress: values.billingAddress ? toAddress(values.billingAddress) : null,
    vatId: values.vatId,
  };
}

function toFields(address: Address | null, usual: Checkout['usualPlace']) {
  if (address === null) {
    const { country = 'US', region = '', postcode = '' } = usual ?? {};
    return { country, postcode, region, state: country === 'US' ? region : '' };
  }
  return { ...address, state: address.country === 'US' ? address.region : '' };
}

const bareCountry = ({ country }: Address) => ({ country, region: '', postcode: '' });

/** What the form starts with: what the checkout knows, else what the account does. */
export function addressDefaults(checkout: Checkout, account?: CheckoutAccount) {
  const billing = checkout.email === null ? (account?.billing ?? null) : checkout.billingAddress;
  return {
    email: checkout.email ?? account?.email ?? '',
    shippingAddress: toFields(checkout.shippingAddress, checkout.usualPlace),
    savedAddress: account ? chosenAddress(checkout, account) : '',
    billingSame: billing === null ? 'on' : '',
    billingAddress: toFields(billing, checkout.shippingAddress && bareCountry(checkout.shippingAddress)),
    vatId: checkout.vatId,
  };
}

/** The bff's messages by the names of the form's fields: its `region` is our `state` for the US. */
export function fieldErrors(
  fields: Readonly<Record<string, string>>,
  input: AddressInput,
): Record<string, string[]> {
  const entries = Object.entries(fields).map(([path, message]): [string, string[]] => {
    const [address] = path.split('.');
    const country =
      address === 'billingAddress' ? input.billingAddress?.country : input.shippingAddress.country;
    return [country === 'US' ? path.replace(/\.region$/, '.state') : path, [message]];
  });
  return Object.fromEntries(entries);
}
