import { sql } from 'kysely';
import { type Context, DomainError } from '../kernel/index.ts';
import { pricesOf, regionOrUsual } from '../pricing/index.ts';
import { regionOfPostcode } from '../shipping/index.ts';
import { changing, keyOfCart } from './cart-cache.ts';
import type { EstimatePlace } from './cart-content.ts';
import { touchCart } from './cart-rows.ts';

/**
 * Keeps where a cart goes to, as far as the shopper told, for estimates of shipping and tax; null forgets it. Where the postcode tells the
 * region, nobody is asked for it. Two statements.
 *
 * @throws DomainError `cart_empty`
 */
export async function setEstimatePlace(
  ctx: Context,
  input: { cartId: string; place: EstimatePlace | null },
): Promise<void> {
  const place = input.place && {
    ...input.place,
    region: input.place.region || (regionOfPostcode(input.place.country, input.place.postcode) ?? ''),
  };
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    if (!cart) throw new DomainError('cart_empty', `cart ${input.cartId} is gone`);
    await tx.db
      .updateTable('carts')
      .set({ destination: place === null ? null : JSON.stringify(place) })
      .where('id', '=', cart.id)
      .execute();
  });
}

/**
 * Moves a cart to another region: its lines cost what they do there from now on, which is no change of price to be warned of, and what is
 * not sold there shows as unavailable. A cart that is gone is no error. Five statements.
 */
export async function chooseCartRegion(
  ctx: Context,
  input: { cartId: string; regionCode: string },
): Promise<void> {
  const region = await regionOrUsual(ctx, input.regionCode);
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    if (!cart || cart.buyer.regionId === region.id) return;
    await tx.db
      .updateTable('carts')
      .set({ region_id: region.id, currency: region.currency, destination: null })
      .where('id', '=', cart.id)
      .execute();
    const lines = await tx.db
      .selectFrom('cart_lines')
      .select(['id', 'variant_id'])
      .where('cart_id', '=', cart.id)
      .execute();
    const buyer = { ...cart.buyer, regionId: region.id, currency: region.currency };
    const prices = await pricesOf(
      tx,
      lines.map((line) => line.variant_id),
      buyer,
    );
    const seen = lines.flatMap((line) => {
      const amount = prices.get(line.variant_id)?.amount;
      return amount === undefined ? [] : [{ id: line.id, amount }];
    });
    await sql`
      update cart_lines line set seen_amount = row.amount
      from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as row (id uuid, amount bigint)
      where line.id = row.id
    `.execute(tx.db);
  });
}
