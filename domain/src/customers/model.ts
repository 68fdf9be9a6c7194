import { z } from 'zod';
import { personName } from '../identity/index.ts';
import { currencyCode } from '../kernel/index.ts';

/** The most addresses that one customer may keep. */
export const MAX_ADDRESSES = 50;

/** Languages that mails and pages can be had in. */
export const locales = ['en', 'de'] as const;

/** News by mail that somebody can ask for. Nobody gets them unasked; mails about orders and the account are none of them. */
export const mailOptIns = ['news', 'recommendations', 'back-in-stock'] as const;

export const profileView = z.object({
  name: z.string(),
  email: z.string(),
  /** E.164, or empty. */
  phone: z.string(),
  /** As dialled within its country, and from everywhere; empty without one. */
  phoneNational: z.string(),
  phoneInternational: z.string(),
  /** The country that a number without + is taken for: that of the default shipping address, else the shop's first. */
  phoneCountry: z.string(),
});
export type ProfileView = z.infer<typeof profileView>;

export const profileInput = z.strictObject({
  name: personName,
  /** As people write it, or empty. */
  phone: z.string().trim().max(40, 'A phone number has at most 40 characters').default(''),
});
export type ProfileInput = z.infer<typeof profileInput>;

export const preferences = z.strictObject({
  locale: z.enum(locales),
  /** Null: the shop's own. */
  currency: currencyCode.nullable(),
  mailOptIns: z
    .array(z.enum(mailOptIns))
    .max(mailOptIns.length)
    .transform((chosen) => mailOptIns.filter((known) => chosen.includes(known))),
});
export type Preferences = z.infer<typeof preferences>;

export const savedAddress = z.object({
  id: z.uuid(),
  fullName: z.string(),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  /** The code where the country has a list of regions. */
  region: z.string(),
  postcode: z.string(),
  country: z.string(),
  /** E.164, or empty. */
  phone: z.string(),
  /** As dialled from everywhere. */
  phoneInternational: z.string(),
  /** As on an envelope, the country last. */
  lines: z.array(z.string()),
  isDefaultShipping: z.boolean(),
  isDefaultBilling: z.boolean(),
  /** Whether the shop sends parcels there. */
  canShipTo: z.boolean(),
});
export type SavedAddress = z.infer<typeof savedAddress>;

export const addressUse = z.enum(['shipping', 'billing']);
export type AddressUse = z.infer<typeof addressUse>;
