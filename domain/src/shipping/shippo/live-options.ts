import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Context, cached, OutsideError } from '../../kernel/index.ts';
import type { Parcel, ShippingOption } from '../options.ts';
import type { TableOptions } from '../table-options.ts';
import { arrivalOf } from '../working-days.ts';
import { askRates, type CarrierRate, carrierRate, shipmentOf } from './shippo.ts';

/** Carriers change their prices seldom; the shopper comes back to them on each step. */
const CACHE_SECONDS = 15 * 60;

/** What is promised where a carrier does not say how long it takes. */
const UNTOLD_DAYS = { min: 3, max: 14 };

/**
 * The rates of carriers by Shippo; null when it is off, away, unwilling, or knows none for the place, and the shop's own tables must
 * tell. Rates are kept for a while by all that they depend on.
 */
export async function liveOptions(
  ctx: Context,
  parcel: Parcel,
  pace: NonNullable<TableOptions['pace']>,
): Promise<ShippingOption[] | null> {
  const { shippo: config } = ctx.config;
  if (ctx.services.shippo === null || config === null) return null;
  const body = shipmentOf(config, recipientOf(parcel), parcel.weightGrams);
  const asked = JSON.stringify([body, parcel.currency]);
  const key = `shipping:shippo:${createHash('sha256').update(asked).digest('base64url')}`;
  try {
    const kept = await cached(ctx.cache, key, CACHE_SECONDS, () => askRates(ctx, body, parcel.currency));
    const rates = z.array(carrierRate).parse(kept);
    return rates.length === 0 ? null : rates.map((rate) => optionOf(ctx, rate, parcel, pace));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const { kind, status, code } = error;
    const note = { service: 'shippo', kind, status, code };
    if (kind === 'refused') ctx.logger.error(note, 'Shippo refuses a quote: the own tables tell the rates');
    else ctx.logger.warn(note, 'Shippo is away: the own tables tell the rates');
    return null;
  }
}

/** Rates ask for a place, not for a person: nobody is named. */
function recipientOf({ destination }: Parcel) {
  return {
    name: 'Recipient',
    street1: destination.line1 ?? '',
    city: destination.city ?? '',
    state: destination.region,
    zip: destination.postcode,
    country: destination.country,
  };
}

function optionOf(
  ctx: Context,
  rate: CarrierRate,
  parcel: Parcel,
  pace: NonNullable<TableOptions['pace']>,
): ShippingOption {
  const minDays = rate.days ?? UNTOLD_DAYS.min;
  const maxDays = rate.days ?? UNTOLD_DAYS.max;
  const transit = { ...pace, minDays, maxDays };
  return {
    id: `shippo:${rate.service}`,
    formerIds: [],
    code: rate.service,
    kind: 'delivery',
    name: rate.name,
    description: rate.terms,
    amount: rate.amount,
    currency: rate.currency,
    minDays: pace.handlingDays + minDays,
    maxDays: pace.handlingDays + maxDays,
    ...arrivalOf(transit, ctx.clock.now(), parcel.readyAt ?? null),
    taxClass: 'shipping',
    pickup: null,
    source: 'shippo',
  };
}
