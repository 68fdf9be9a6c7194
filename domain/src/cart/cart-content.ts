import { sql } from 'kysely';
import { z } from 'zod';
import { type Context, currencyCode, type Read, read, readOf } from '../kernel/index.ts';
import { groupsOfActor } from '../pricing/index.ts';
import { keyOfCart, leased } from './cart-cache.ts';
import { isUsedBy, regionOfCart } from './cart-rows.ts';

/** Where a shopper told that it goes, for an estimate. */
export const estimatePlace = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  region: z.string().max(80).default(''),
  postcode: z.string().max(12).default(''),
});
export type EstimatePlace = z.infer<typeof estimatePlace>;

const lineRow = z.object({
  id: z.string(),
  variantId: z.string(),
  quantity: z.int(),
  seenAmount: z.int(),
});
export type LineRow = z.infer<typeof lineRow>;

const savedRow = z.object({ id: z.string(), variantId: z.string(), quantity: z.int() });
export type SavedRow = z.infer<typeof savedRow>;

const content = z.object({
  id: z.string(),
  /** Whose account it belongs to; null for a guest's. */
  userId: z.string().nullable(),
  /** Grows with each change: the same version holds the same things. */
  version: z.int(),
  expiresAt: z.coerce.date(),
  currency: currencyCode,
  regionId: z.string(),
  regionCode: z.string(),
  pricesIncludeTax: z.boolean(),
  usualCountry: z.string().nullable(),
  groupIds: z.array(z.string()),
  /** In the order that they were entered in. */
  codes: z.array(z.string()),
  giftCardIds: z.array(z.string()),
  destination: estimatePlace.nullable().catch(null),
  lines: z.array(lineRow),
  /** For later, the newest first. */
  saved: z.array(savedRow),
});

/** What a cart holds, by itself: no prices, no stock. */
export type CartContent = z.infer<typeof content>;

/**
 * What an active cart holds, from the database. One statement.
 *
 * @returns null when there is none, or it is not for who asks
 */
export async function loadContent(ctx: Context, cartId: string): Promise<CartContent | null> {
  return read(ctx, contentQuestion(ctx, cartId));
}

/** The same as a question, to be asked together with others. */
export function contentQuestion(ctx: Context, cartId: string): Read<CartContent | null> {
  const query = sql`
    select cart.id, cart.user_id as "userId", cart.version, cart.expires_at as "expiresAt", cart.currency,
      region.id as "regionId", region.code as "regionCode", region.prices_include_tax as "pricesIncludeTax",
      region.countries[1] as "usualCountry", ${groupsOfActor(ctx)} as "groupIds", cart.destination,
      array(
        select entered.code from cart_codes entered where entered.cart_id = cart.id
        order by entered.added_at, entered.code
      ) as codes,
      array(
        select card.gift_card_id::text from cart_gift_cards card where card.cart_id = cart.id
        order by card.added_at, card.gift_card_id
      ) as "giftCardIds",
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', line.id, 'variantId', line.variant_id, 'quantity', line.quantity, 'seenAmount', line.seen_amount
        ) order by line.added_at, line.id)
        from cart_lines line where line.cart_id = cart.id
      ), '[]') as lines,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', saved.id, 'variantId', saved.variant_id, 'quantity', saved.quantity
        ) order by saved.saved_at desc, saved.id)
        from cart_saved_lines saved where saved.cart_id = cart.id
      ), '[]') as saved
    from carts cart join regions region on region.id = ${regionOfCart}
    where cart.id = ${cartId}::uuid and cart.status = 'active' and cart.expires_at > ${ctx.clock.now()}::timestamptz
      and ${isUsedBy(ctx)}
  `;
  return readOf<unknown, CartContent | null>(query, (rows) => (rows[0] ? content.parse(rows[0]) : null));
}

/** The same as far as the cache holds it: for pages, never for what is paid. At most one statement. */
export async function shownContent(ctx: Context, cartId: string): Promise<CartContent | null> {
  const shown = await leased(
    ctx,
    keyOfCart(cartId),
    (cached) => content.nullable().safeParse(cached).data,
    () => loadContent(ctx, cartId),
  );
  if (shown === null || shown.expiresAt <= ctx.clock.now()) return null;
  return mayUse(ctx, shown) ? shown : null;
}

function mayUse(ctx: Pick<Context, 'actor'>, { userId }: CartContent): boolean {
  return (
    userId === null || ctx.actor.kind === 'system' || (ctx.actor.kind === 'user' && ctx.actor.id === userId)
  );
}
