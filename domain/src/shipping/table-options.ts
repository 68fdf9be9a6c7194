import type { Context } from '../kernel/index.ts';
import { storedAddress } from './model.ts';
import type { Parcel, ShippingOption } from './options.ts';
import { loadZones, type Method, type Rate, zoneOf } from './rate-book.ts';
import { arrivalOf } from './working-days.ts';

/** What the tables say of a parcel. */
export interface TableOptions {
  readonly options: readonly ShippingOption[];
  /** When parcels to there are handed over, and when carriers there work; null where the shop does not deliver. */
  readonly pace: Pick<Method, 'handling' | 'carrier' | 'handlingDays'> | null;
}

/**
 * The built-in engine: the methods of the parcel's zone that have a rate for its weight and sum, deliveries before pick-up, as the
 * shop has put them in order. One statement.
 */
export async function tableOptions(ctx: Context, parcel: Parcel): Promise<TableOptions> {
  const { country } = parcel.destination;
  const zone = zoneOf(await loadZones(ctx, country, parcel.currency), parcel.destination);
  const now = ctx.clock.now();
  const options = (zone?.methods ?? []).flatMap((method) => {
    const rate = method.rates.find((candidate) => isFor(candidate, parcel));
    return rate ? [optionOf(method, rate, parcel, now)] : [];
  });
  const delivery = zone?.methods.find((method) => method.kind === 'delivery');
  return {
    options: options.toSorted((a, b) => Number(a.kind === 'pickup') - Number(b.kind === 'pickup')),
    pace: delivery ?? null,
  };
}

function isFor(rate: Rate, parcel: Parcel): boolean {
  const isWithin = (value: number, from: number, below: number | null) =>
    from <= value && (below === null || value < below);
  return (
    isWithin(parcel.weightGrams, rate.minWeightGrams, rate.maxWeightGrams) &&
    isWithin(parcel.subtotalAmount, rate.minSubtotalAmount, rate.maxSubtotalAmount)
  );
}

/** What a rate asks for a parcel; each kilogram that is begun beyond the rate's lowest weight counts whole. */
function priceOf(rate: Rate, weightGrams: number): number {
  return rate.amount + rate.amountPerKg * Math.ceil((weightGrams - rate.minWeightGrams) / 1_000);
}

function optionOf(method: Method, rate: Rate, parcel: Parcel, now: Date): ShippingOption {
  const minDays = rate.minDays ?? method.minDays;
  const maxDays = rate.maxDays ?? method.maxDays;
  const transit = { ...method, minDays, maxDays };
  return {
    id: method.id,
    formerIds: method.rates.map(({ id }) => id).filter((id) => id !== method.id),
    code: method.code,
    kind: method.kind,
    name: method.name,
    description: rate.description ?? method.description,
    amount: priceOf(rate, parcel.weightGrams),
    currency: parcel.currency,
    minDays: method.handlingDays + minDays,
    maxDays: method.handlingDays + maxDays,
    ...arrivalOf(transit, now, parcel.readyAt ?? null),
    taxClass: 'shipping',
    pickup: method.pickup && { ...method.pickup, address: storedAddress.parse(method.pickup.address) },
    source: 'table',
  };
}
