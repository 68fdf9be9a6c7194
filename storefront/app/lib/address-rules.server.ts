import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import type { AddressRules } from './address-form.ts';
import { bffFor } from './bff.server.ts';
import { failPage, refusalOf } from './bff-errors.server.ts';
import type { Address, AddressCheck } from './bff-types.ts';

type Asking = LoaderFunctionArgs | ActionFunctionArgs;

/** What the addresses of the checkout are asked for by and checked against. */
export async function addressRules(args: Asking): Promise<AddressRules> {
  const { shipping } = bffFor(args);
  try {
    const [formats, countries] = await Promise.all([
      shipping.addressForms.query(),
      shipping.countries.query(),
    ]);
    return { formats, billingFormats: [], countries };
  } catch (error) {
    failPage(args.context, error);
  }
}

/** The rules with those of a country beside, wherever it is: a bill goes there. What is no country changes nothing. */
export async function withBillingCountry(
  args: Asking,
  rules: AddressRules,
  country: string | undefined,
): Promise<AddressRules> {
  const isOneOf = (formats: AddressRules['formats']) => formats.some((format) => format.country === country);
  if (country === undefined || !rules.countries.some(({ code }) => code === country)) return rules;
  if (isOneOf(rules.formats) || isOneOf(rules.billingFormats)) return rules;
  try {
    const format = await bffFor(args).shipping.addressForm.query({ country });
    return { ...rules, billingFormats: [...rules.billingFormats, format] };
  } catch (error) {
    failPage(args.context, error);
  }
}

/** What stands out about an address; null when that cannot be told: it is only a comfort. */
export async function reviewOf(args: Asking, address: Address): Promise<AddressCheck | null> {
  try {
    return await bffFor(args).shipping.checkAddress.query({ address });
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    return null;
  }
}
