import type { Context, CurrencyCode } from '../kernel/index.ts';
import type { Place } from './areas.ts';
import { loadZones, zoneOf } from './rate-book.ts';

/**
 * The sum of goods from which delivery to a place is free, whatever the parcel weighs, in minor units; null where it never is. For
 * “spend 12.00 more for free shipping”. One statement.
 */
export async function freeShippingFrom(
  ctx: Context,
  input: { destination: Place; currency: CurrencyCode },
): Promise<number | null> {
  const zones = await loadZones(ctx, input.destination.country, input.currency);
  const rates = (zoneOf(zones, input.destination)?.methods ?? [])
    .filter((method) => method.kind === 'delivery')
    .flatMap((method) => method.rates);
  const sums = rates
    .filter((rate) => rate.amount === 0 && rate.amountPerKg === 0)
    .filter((rate) => rate.minWeightGrams === 0 && rate.maxSubtotalAmount === null)
    .map((rate) => rate.minSubtotalAmount);
  return sums.length === 0 ? null : Math.min(...sums);
}
