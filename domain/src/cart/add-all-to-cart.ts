import { sql } from 'kysely';
import { sellableVariants } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { type Buyer, currentBuyer, pricesOf } from '../pricing/index.ts';
import { changing } from './cart-cache.ts';
import { keysTouched, makeCart, touchCart } from './cart-rows.ts';
import { linesOf } from './grow-line.ts';
import { MAX_LINES, MAX_QUANTITY } from './model.ts';

export interface AddedAll {
  /** Null when nothing could be added and there was no cart. */
  readonly cartId: string | null;
  /** The variants that are in the cart now, those included that were in it before. */
  readonly inCart: readonly string[];
  /** Those that cannot be bought now, or that found no room: a cart holds MAX_LINES lines. */
  readonly left: readonly string[];
}

/** Some units of a variant. */
export interface Wanted {
  readonly variantId: string;
  readonly quantity: number;
}

/** Puts one unit of each variant that can be bought now into a cart; see `addWanted`. */
export function addAllToCart(
  ctx: Context,
  input: { cartId: string | null; variantIds: readonly string[] },
): Promise<AddedAll> {
  const wanted = input.variantIds.map((variantId) => ({ variantId, quantity: 1 }));
  return addWanted(ctx, { cartId: input.cartId, wanted });
}

/**
 * Puts what can be bought now into a cart, which is made when there is none; of what is scarce as much as there is. What is in the
 * cart already stays as it is, so that a form sent twice does no harm. Seven statements, however many variants.
 *
 * @param input.wanted at most one of a variant
 */
export async function addWanted(
  ctx: Context,
  input: { cartId: string | null; wanted: readonly Wanted[] },
): Promise<AddedAll> {
  return changing(ctx, keysTouched(ctx, input.cartId), async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    const buyer = cart?.buyer ?? (await currentBuyer(tx));
    const variantIds = input.wanted.map(({ variantId }) => variantId);
    const offered = await offersOf(tx, variantIds, buyer, cart?.id ?? null);
    const held = new Set((cart ? await linesOf(tx, cart.id) : []).map(({ variantId }) => variantId));
    const wanted = input.wanted.filter(({ variantId }) => !held.has(variantId) && offered.has(variantId));
    const added = wanted.slice(0, MAX_LINES - held.size);
    const inCart = variantIds.filter((id) => held.has(id) || added.some(({ variantId }) => variantId === id));
    const left = variantIds.filter((variantId) => !inCart.includes(variantId));
    if (added.length === 0) return { cartId: cart?.id ?? null, inCart, left };
    const { id: cartId } = cart ?? (await makeCart(tx));
    await insertLines(tx, cartId, added, offered);
    return { cartId, inCart, left };
  });
}

interface Offered {
  readonly amount: number;
  readonly available: number;
}

/** What each variant costs that can be bought now, and how much there is of it. Three statements. */
async function offersOf(
  tx: TransactionContext,
  variantIds: readonly string[],
  buyer: Buyer,
  cartId: string | null,
): Promise<Map<string, Offered>> {
  const variants = await sellableVariants(tx, variantIds);
  const prices = await pricesOf(tx, variantIds, buyer);
  const stock = await availabilityOf(tx, variantIds, cartId);
  const offers = new Map<string, Offered>();
  for (const { variantId, isForSale } of variants) {
    const price = prices.get(variantId);
    const available = stock.get(variantId) ?? 0;
    if (isForSale && price && available > 0) offers.set(variantId, { amount: price.amount, available });
  }
  return offers;
}

async function insertLines(
  tx: TransactionContext,
  cartId: string,
  wanted: readonly Wanted[],
  offers: ReadonlyMap<string, Offered>,
): Promise<void> {
  const lines = wanted.map(({ variantId, quantity }) => {
    const offer = offers.get(variantId);
    return {
      id: tx.ids.next(),
      variantId,
      quantity: Math.min(quantity, offer?.available ?? 0, MAX_QUANTITY),
      amount: offer?.amount,
    };
  });
  await sql`
    insert into cart_lines (id, cart_id, variant_id, quantity, seen_amount, added_at)
    select line.id, ${cartId}::uuid, line."variantId", line.quantity, line.amount, ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as line (id uuid, "variantId" uuid, quantity integer, amount bigint)
    on conflict (cart_id, variant_id) do nothing
  `.execute(tx.db);
}
