import { sql } from 'kysely';
import { sellableVariants } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { type Buyer, currentBuyer, pricesOf } from '../pricing/index.ts';
import { insertCart, touchCart } from './cart-rows.ts';
import { MAX_LINES } from './model.ts';

export interface AddedAll {
  /** Null when nothing could be added and there was no cart. */
  readonly cartId: string | null;
  /** The variants that are in the cart now, those included that were in it before. */
  readonly inCart: readonly string[];
  /** Those that cannot be bought now, or that found no room: a cart holds MAX_LINES lines. */
  readonly left: readonly string[];
}

/**
 * Puts one unit of each variant that can be bought now into a cart, which is made when there is none. What is in the cart
 * already stays as it is, so that a form sent twice does no harm. Seven statements, however many variants.
 */
export async function addAllToCart(
  ctx: Context,
  input: { cartId: string | null; variantIds: readonly string[] },
): Promise<AddedAll> {
  return ctx.transaction(async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    const buyer = cart?.buyer ?? (await currentBuyer(tx));
    const offered = await offersOf(tx, input.variantIds, buyer, cart?.id ?? null);
    const held = cart ? await heldVariants(tx, cart.id) : new Set<string>();
    const wanted = input.variantIds.filter((variantId) => !held.has(variantId) && offered.has(variantId));
    const added = wanted.slice(0, MAX_LINES - held.size);
    const inCart = input.variantIds.filter((variantId) => held.has(variantId) || added.includes(variantId));
    const left = input.variantIds.filter((variantId) => !inCart.includes(variantId));
    if (added.length === 0) return { cartId: cart?.id ?? null, inCart, left };
    const { id: cartId } = cart ?? (await insertCart(tx));
    await insertLines(tx, cartId, added, offered);
    return { cartId, inCart, left };
  });
}

/** What each variant costs that can be bought now. Three statements. */
async function offersOf(
  tx: TransactionContext,
  variantIds: readonly string[],
  buyer: Buyer,
  cartId: string | null,
): Promise<Map<string, number>> {
  const variants = await sellableVariants(tx, variantIds);
  const prices = await pricesOf(tx, variantIds, buyer);
  const stock = await availabilityOf(tx, variantIds, cartId);
  const offers = new Map<string, number>();
  for (const { variantId, isForSale } of variants) {
    const price = prices.get(variantId);
    if (isForSale && price && (stock.get(variantId) ?? 0) > 0) offers.set(variantId, price.amount);
  }
  return offers;
}

async function heldVariants(tx: TransactionContext, cartId: string): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('cart_lines')
    .select('variant_id')
    .where('cart_id', '=', cartId)
    .execute();
  return new Set(rows.map((row) => row.variant_id));
}

async function insertLines(
  tx: TransactionContext,
  cartId: string,
  variantIds: readonly string[],
  offers: ReadonlyMap<string, number>,
): Promise<void> {
  const lines = variantIds.map((variantId) => ({
    id: tx.ids.next(),
    variantId,
    amount: offers.get(variantId),
  }));
  await sql`
    insert into cart_lines (id, cart_id, variant_id, quantity, seen_amount, added_at)
    select line.id, ${cartId}::uuid, line."variantId", 1, line.amount, ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (id uuid, "variantId" uuid, amount bigint)
    on conflict (cart_id, variant_id) do nothing
  `.execute(tx.db);
}
