import { sql } from 'kysely';
import { addSeconds, type Context, type TransactionContext } from '../kernel/index.ts';
import { currentBuyer } from '../pricing/index.ts';
import { changing } from './cart-cache.ts';
import { accountOf, keysTouched, type LockedCart, makeCart, touchCart } from './cart-rows.ts';
import { grown, notedRequest, offerOf, putLine, requestKey } from './grow-line.ts';
import { CART_TTL_SECONDS } from './model.ts';

/** What a change left in a cart. */
export interface ChangedCart {
  readonly id: string;
  /** Units of all lines. */
  readonly itemCount: number;
}

export interface AddToCart {
  readonly cartId: string | null;
  readonly variantId: string;
  /** From 1 to MAX_QUANTITY. */
  readonly quantity: number;
  /** The same twice within ten seconds adds once, so that a double click or a retry does no harm. */
  readonly requestId?: string | undefined;
}

/**
 * Puts units of a variant into a cart, which is made when there is none. A line that exists grows; the sum may not pass what
 * is in stock. A guest's first thing takes two statements, others four or five.
 *
 * @param input.cartId null, unknown, expired or not theirs: a new cart, or the one of their account
 * @throws DomainError `product_unavailable`, `out_of_stock` with `{ variantId, available, inCart }`, `quantity_limit`
 */
export async function addToCart(ctx: Context, input: AddToCart): Promise<{ cart: ChangedCart }> {
  const isKnown = input.cartId !== null || accountOf(ctx) !== null;
  const changed = isKnown
    ? await changing(ctx, keysTouched(ctx, input.cartId), async (tx) => {
        const cart = (await touchCart(tx, input.cartId)) ?? (accountOf(tx) && (await makeCart(tx)));
        return cart ? growCart(tx, cart, input) : null;
      })
    : null;
  return { cart: changed ?? (await beginCart(ctx, input)) };
}

async function growCart(tx: TransactionContext, cart: LockedCart, input: AddToCart): Promise<ChangedCart> {
  const { variantId, quantity } = input;
  const { isRepeated, lines } = await noteRequest(tx, cart.id, input);
  const itemCount = lines.reduce((sum, line) => sum + line.quantity, 0);
  if (isRepeated) return { id: cart.id, itemCount };
  const offer = await offerOf(tx, { variantId, buyer: cart.buyer, cartId: cart.id });
  await putLine(tx, { cartId: cart.id, ...offer, quantity: grown(lines, offer, quantity) });
  return { id: cart.id, itemCount: itemCount + quantity };
}

async function noteRequest(
  tx: TransactionContext,
  cartId: string,
  { requestId, variantId }: AddToCart,
): Promise<{ isRepeated: boolean; lines: readonly { variantId: string; quantity: number }[] }> {
  const noted =
    requestId === undefined
      ? sql`select null`
      : notedRequest(tx, { key: requestKey(tx, requestId), variantId, cartId });
  const { rows } = await sql<{ isRepeated: boolean; lines: { variantId: string; quantity: number }[] }>`
    with noted as (${noted})
    select not exists (select from noted) as "isRepeated", coalesce((
      select jsonb_agg(jsonb_build_object('variantId', line.variant_id, 'quantity', line.quantity))
      from cart_lines line where line.cart_id = ${cartId}::uuid
    ), '[]') as lines
  `.execute(tx.db);
  return rows[0] ?? { isRepeated: false, lines: [] };
}

/** A guest's cart with its first thing. Nothing is locked while it is looked at, as nobody else can know of it. */
async function beginCart(ctx: Context, input: AddToCart): Promise<ChangedCart> {
  const { variantId, quantity, requestId } = input;
  const buyer = await currentBuyer(ctx);
  const offer = await offerOf(ctx, { variantId, buyer, cartId: null });
  const now = ctx.clock.now();
  const cart = { id: ctx.ids.next(), itemCount: grown([], offer, quantity) };
  const key = requestId === undefined ? null : requestKey(ctx, requestId);
  const noted = key === null ? sql`select null` : notedRequest(ctx, { key, variantId, cartId: cart.id });
  const { rows } = await sql`
    with noted as (${noted}), cart as (
      insert into carts (id, region_id, currency, status, created_at, updated_at, expires_at)
      select ${cart.id}::uuid, ${buyer.regionId}::uuid, ${buyer.currency}::bpchar, 'active', ${now}::timestamptz,
        ${now}::timestamptz, ${addSeconds(now, CART_TTL_SECONDS.guest)}::timestamptz
      from noted
    )
    insert into cart_lines (id, cart_id, variant_id, quantity, seen_amount, added_at)
    select ${ctx.ids.next()}::uuid, ${cart.id}::uuid, ${variantId}::uuid, ${quantity}::int,
      ${offer.amount}::bigint, ${now}::timestamptz
    from noted
    returning id
  `.execute(ctx.db);
  if (rows.length > 0 || key === null) return cart;
  return (await cartOfRequest(ctx, key, variantId)) ?? beginCart(ctx, { ...input, requestId: undefined });
}

/** The cart that the same request has just made: of two clicks, the browser keeps the answer to the second. */
async function cartOfRequest(ctx: Context, key: string, variantId: string): Promise<ChangedCart | null> {
  const row = await ctx.db
    .selectFrom('cart_requests as request')
    .innerJoin('carts as cart', 'cart.id', 'request.cart_id')
    .innerJoin('cart_lines as line', 'line.cart_id', 'cart.id')
    .select((eb) => ['cart.id', eb.fn.sum<number>('line.quantity').as('itemCount')])
    .where('request.id', '=', key)
    .where('request.variant_id', '=', variantId)
    .where('cart.user_id', 'is', null)
    .where('cart.status', '=', 'active')
    .groupBy('cart.id')
    .executeTakeFirst();
  return row ?? null;
}
