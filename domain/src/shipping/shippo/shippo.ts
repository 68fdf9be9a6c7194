import { z } from 'zod';
import {
  type Context,
  type CurrencyCode,
  currencyCode,
  OutsideError,
  type ShippoConfig,
} from '../../kernel/index.ts';

/** A decimal of Shippo in major units, as minor ones; all our currencies have two places. */
const minorUnits = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,4})?$/)
  .transform((text) => Math.round(Number(text) * 100));

const rate = z.object({
  object_id: z.string().min(1),
  amount: minorUnits,
  currency: z.string(),
  amount_local: minorUnits.nullish(),
  currency_local: z.string().nullish(),
  provider: z.string(),
  servicelevel: z.object({ name: z.string(), token: z.string().min(1).max(80) }),
  estimated_days: z.int().min(0).nullish(),
  duration_terms: z.string().nullish(),
});

/** A rate that a carrier offers, priced in our currency. */
export interface CarrierRate {
  /** Of this very offer: what a label is bought by. */
  readonly rateId: string;
  /** Of the service, such as `usps_priority`: the same from one offer to the next. */
  readonly service: string;
  readonly name: string;
  readonly terms: string;
  readonly amount: number;
  readonly currency: CurrencyCode;
  /** Null where the carrier does not say. */
  readonly days: number | null;
}

export const carrierRate = z.object({
  rateId: z.string(),
  service: z.string(),
  name: z.string(),
  terms: z.string(),
  amount: z.int(),
  currency: currencyCode,
  days: z.int().nullable(),
});

const shipment = z.object({ status: z.string(), rates: z.array(z.unknown()) });

/** Somebody at a place, in Shippo's words. */
export interface ShippoAddress {
  readonly name: string;
  readonly street1: string;
  readonly street2?: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone?: string;
  readonly email?: string;
}

/** The body that asks for rates. */
export function shipmentOf(config: ShippoConfig, to: ShippoAddress, weightGrams: number) {
  const from = config.shipFrom;
  const [length, width, height] = config.boxCm.map(String);
  return {
    address_from: {
      ...{ name: from.name, street1: from.line1, city: from.city, state: from.region },
      ...{ zip: from.postcode, country: from.country, phone: from.phone, email: from.email },
    },
    address_to: to,
    parcels: boxesOf(weightGrams, config.maxParcelGrams).map((grams) => ({
      ...{ length, width, height, distance_unit: 'cm' },
      ...{ weight: String(grams), mass_unit: 'g' },
    })),
    async: false,
  };
}

/** No carrier prices what weighs nothing: things without a weight count as a letter. */
const LEAST_GRAMS = 50;

/** The weights of the boxes that a weight goes in: as few as may be, and about as heavy as each other. */
function boxesOf(weightGrams: number, maxGrams: number): number[] {
  const grams = Math.max(weightGrams, LEAST_GRAMS);
  const count = Math.ceil(grams / maxGrams);
  return Array.from({ length: count }, (_, box) => Math.floor((grams + box) / count));
}

/**
 * The rates for a shipment, the cheapest first, each service once; those in other currencies, or that make no sense, are left out.
 *
 * @throws OutsideError
 */
export async function askRates(
  ctx: Context,
  body: ReturnType<typeof shipmentOf>,
  currency: CurrencyCode,
): Promise<CarrierRate[]> {
  const { shippo: api } = ctx.services;
  if (api === null) throw new OutsideError('shippo', { kind: 'refused', code: 'off' });
  const { rates } = await api.call({
    method: 'POST',
    path: '/shipments/',
    body,
    answer: shipment,
    // A shipment costs nothing until a label is bought.
    isSafe: true,
  });
  const priced = rates.flatMap((one): CarrierRate[] => {
    const parsed = rate.safeParse(one);
    const amount = parsed.success ? amountIn(parsed.data, currency) : null;
    if (!parsed.success || amount === null) return [];
    const {
      object_id: rateId,
      provider,
      servicelevel,
      estimated_days: days,
      duration_terms: terms,
    } = parsed.data;
    return [
      {
        ...{ rateId, amount, currency, service: servicelevel.token, days: days ?? null },
        ...{ name: `${provider} ${servicelevel.name}`, terms: terms ?? '' },
      },
    ];
  });
  const cheapest = priced.toSorted((a, b) => a.amount - b.amount || (a.service < b.service ? -1 : 1));
  return [...new Map(cheapest.toReversed().map((one) => [one.service, one])).values()].toReversed();
}

function amountIn(offer: z.infer<typeof rate>, currency: CurrencyCode): number | null {
  if (offer.currency === currency) return offer.amount;
  return offer.currency_local === currency ? (offer.amount_local ?? null) : null;
}
