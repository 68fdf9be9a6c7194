import type { Context } from '../kernel/index.ts';
import type { Parcel, ShippingOption } from './options.ts';
import { tableOptions } from './table-options.ts';

/** The ways to get a parcel, in the shop's order; none where the shop does not deliver. */
export async function shippingOptions(ctx: Context, parcel: Parcel): Promise<ShippingOption[]> {
  return tableOptions(ctx, parcel);
}
