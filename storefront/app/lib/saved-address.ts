import type { Submission } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { z } from 'zod';
import type { SavedAddress, SavedAddressInput } from './bff-types.ts';

const text = z.string().default('');
const tick = z.literal('on').optional();

/** The form of an address in the book. What it must be like its country decides, and the bff tells. */
const savedAddressForm = z.object({
  fullName: text,
  line1: text,
  line2: text,
  city: text,
  region: text,
  postcode: text,
  country: text,
  phone: text,
  defaultShipping: tick,
  defaultBilling: tick,
});
export type SavedAddressForm = z.infer<typeof savedAddressForm>;

export function parseSavedAddress(form: FormData): Submission<SavedAddressForm> {
  return parseWithZod(form, { schema: savedAddressForm });
}

/** The form's values as the bff takes them. */
export function toSavedInput(values: SavedAddressForm): SavedAddressInput {
  const { defaultShipping, defaultBilling, ...address } = values;
  return {
    address,
    defaultFor: [
      ...(defaultShipping ? (['shipping'] as const) : []),
      ...(defaultBilling ? (['billing'] as const) : []),
    ],
  };
}

/** The bff's messages by the names of the form's fields. */
export function savedAddressErrors(fields: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, message]) => [path.replace(/^address\./, ''), [message]]),
  );
}

/** What the form starts with when an address is changed; another country has other regions and postcodes. */
export function savedAddressValues(address: SavedAddress, country: string): Partial<SavedAddressForm> {
  const { fullName, line1, line2, city, region, postcode, phoneInternational: phone } = address;
  const place = country === address.country ? { region, postcode } : {};
  return { fullName, line1, line2, city, phone, ...place };
}
