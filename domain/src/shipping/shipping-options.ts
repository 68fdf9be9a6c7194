import type { Context } from '../kernel/index.ts';
import type { Parcel, ShippingOption } from './options.ts';
import { liveOptions } from './shippo/live-options.ts';
import { tableOptions } from './table-options.ts';

/**
 * The ways to get a parcel, in the shop's order; none where the shop does not deliver. The shop's own tables tell them; where Shippo is
 * on and answers, its rates stand in place of what the tables would charge for. What the tables give for nothing stays: it was promised.
 * It may call out, so never ask within a transaction. One statement.
 */
export async function shippingOptions(ctx: Context, parcel: Parcel): Promise<ShippingOption[]> {
  const { options, pace } = await tableOptions(ctx, parcel);
  const live = pace === null ? null : await liveOptions(ctx, parcel, pace);
  if (live === null) return [...options];
  const free = options.filter((option) => option.kind === 'delivery' && option.amount === 0);
  const pickups = options.filter((option) => option.kind === 'pickup');
  return [...free, ...live, ...pickups];
}
