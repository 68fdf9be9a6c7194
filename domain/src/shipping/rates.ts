import { sql } from 'kysely';
import type { Context, CurrencyCode } from '../kernel/index.ts';

/** A way to send a parcel, with what it costs for the parcel at hand, in minor units. */
export interface ShippingRate {
  readonly id: string;
  readonly method: string;
  readonly name: string;
  readonly description: string;
  readonly amount: number;
  readonly currency: CurrencyCode;
  /** Working days until it is there. */
  readonly minDays: number;
  readonly maxDays: number;
}

/**
 * The ways to send a parcel, cheapest first as the table lists them: those whose country, weight and subtotal fit. One statement.
 *
 * @param parcel.subtotalAmount of the goods, in minor units of `currency`
 */
export async function quoteShipping(
  ctx: Context,
  parcel: { country: string; currency: CurrencyCode; weightGrams: number; subtotalAmount: number },
): Promise<ShippingRate[]> {
  const rows = await ctx.db
    .selectFrom('shipping_rates')
    .select(['id', 'method', 'name', 'description', 'amount', 'currency', 'min_days', 'max_days'])
    .where(sql<boolean>`${parcel.country} = any(countries)`)
    .where('currency', '=', parcel.currency)
    .where('min_weight_grams', '<=', parcel.weightGrams)
    .where((eb) =>
      eb.or([eb('max_weight_grams', 'is', null), eb('max_weight_grams', '>', parcel.weightGrams)]),
    )
    .where('min_subtotal_amount', '<=', parcel.subtotalAmount)
    .where((eb) =>
      eb.or([eb('max_subtotal_amount', 'is', null), eb('max_subtotal_amount', '>', parcel.subtotalAmount)]),
    )
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    method: row.method,
    name: row.name,
    description: row.description,
    amount: row.amount,
    currency: row.currency,
    minDays: row.min_days,
    maxDays: row.max_days,
  }));
}
