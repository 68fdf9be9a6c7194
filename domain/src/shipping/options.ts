import { z } from 'zod';
import { type CurrencyCode, currencyCode } from '../kernel/index.ts';
import type { Place } from './areas.ts';
import { storedAddress } from './model.ts';

/** Where a parcel goes; the more is known, the more exactly a carrier can tell its price. */
export interface Destination extends Place {
  readonly city?: string | undefined;
  readonly line1?: string | undefined;
}

/** What is to be sent. Amounts are minor units of `currency`, after discounts. */
export interface Parcel {
  readonly destination: Destination;
  readonly currency: CurrencyCode;
  readonly weightGrams: number;
  readonly subtotalAmount: number;
  readonly items: readonly {
    readonly variantId: string;
    readonly quantity: number;
    readonly weightGrams: number;
    readonly amount: number;
  }[];
  /** When the last of what is back-ordered or not yet out will be there; null or missing when all of it is in stock. */
  readonly readyAt?: Date | null | undefined;
}

const day = z.iso.date();

/** A way to get a parcel, with what it costs for the parcel at hand. */
export const shippingOption = z.object({
  /** Stable while the shopper decides: the method's id, or the carrier's service. */
  id: z.string().max(100),
  /** Ids that an older checkout may know it by; see `findShippingOption`. */
  formerIds: z.array(z.string()),
  /** The method's own word, such as `standard`. */
  code: z.string(),
  kind: z.enum(['delivery', 'pickup']),
  name: z.string(),
  description: z.string(),
  /** Minor units. */
  amount: z.int().min(0),
  currency: currencyCode,
  /** Working days until it is there, from the day that it is begun. */
  minDays: z.int().min(0),
  maxDays: z.int().min(0),
  earliest: day,
  latest: day,
  taxClass: z.literal('shipping'),
  /** Where and when to fetch it; its address is also the place that tax is due at. Null for deliveries. */
  pickup: z.object({ name: z.string(), address: storedAddress, hours: z.array(z.string()) }).nullable(),
  /** Who priced it: the shop's own tables, or Shippo. */
  source: z.enum(['table', 'shippo']),
});
export type ShippingOption = z.infer<typeof shippingOption>;

/** The option that was chosen, by its id or one that it had before; null when it is offered no more. */
export function findShippingOption(
  options: readonly ShippingOption[],
  id: string | null,
): ShippingOption | null {
  if (id === null) return null;
  return options.find((option) => option.id === id || option.formerIds.includes(id)) ?? null;
}
