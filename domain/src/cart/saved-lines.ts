import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { changing, keyOfCart } from './cart-cache.ts';
import { type LockedCart, touchCart } from './cart-rows.ts';
import { grown, linesOf, offerOf, putLine } from './grow-line.ts';
import { MAX_LINES, MAX_QUANTITY } from './model.ts';
import { saveVariants } from './save-variants.ts';

/** Moves a line out of what is bought, and keeps it for later. Four statements. @throws DomainError `not_found`, `limit_reached` */
export async function saveForLater(ctx: Context, input: { cartId: string; lineId: string }): Promise<void> {
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await lockOrMissing(tx, input.cartId);
    const line = await tx.db
      .deleteFrom('cart_lines')
      .where('id', '=', input.lineId)
      .where('cart_id', '=', cart.id)
      .returning(['variant_id as variantId', 'quantity'])
      .executeTakeFirst();
    if (!line) throw new DomainError('not_found', `cart ${cart.id} has no line ${input.lineId}`);
    await refuseWhenFull(tx, cart.id);
    await saveVariants(tx, cart.id, [line]);
  });
}

/**
 * Moves something that was kept for later back among what is bought: as many as there are, and as a line may hold. What is left over
 * stays. Eight statements.
 *
 * @throws DomainError `not_found`, `product_unavailable`, `out_of_stock`, `quantity_limit`
 */
export async function moveToCart(ctx: Context, input: { cartId: string; savedId: string }): Promise<void> {
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await lockOrMissing(tx, input.cartId);
    const saved = await tx.db
      .deleteFrom('cart_saved_lines')
      .where('id', '=', input.savedId)
      .where('cart_id', '=', cart.id)
      .returning(['variant_id as variantId', 'quantity'])
      .executeTakeFirst();
    if (!saved) throw new DomainError('not_found', `cart ${cart.id} keeps no ${input.savedId}`);
    const { variantId } = saved;
    const held = await linesOf(tx, cart.id);
    const offer = await offerOf(tx, { variantId, buyer: cart.buyer, cartId: cart.id });
    const inCart = held.find((line) => line.variantId === variantId)?.quantity ?? 0;
    const room = Math.min(offer.available, MAX_QUANTITY) - inCart;
    const moved = Math.max(1, Math.min(saved.quantity, room));
    await putLine(tx, { cartId: cart.id, ...offer, quantity: grown(held, offer, moved) });
    if (moved < saved.quantity) {
      await saveVariants(tx, cart.id, [{ variantId, quantity: saved.quantity - moved }]);
    }
  });
}

/** Forgets something that was kept for later; what is gone already is no error. Two statements. */
export async function removeSaved(ctx: Context, input: { cartId: string; savedId: string }): Promise<void> {
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    if (!cart) return;
    await tx.db
      .deleteFrom('cart_saved_lines')
      .where('id', '=', input.savedId)
      .where('cart_id', '=', cart.id)
      .execute();
  });
}

async function lockOrMissing(tx: TransactionContext, cartId: string): Promise<LockedCart> {
  const cart = await touchCart(tx, cartId);
  if (!cart) throw new DomainError('not_found', `no cart ${cartId}`);
  return cart;
}

async function refuseWhenFull(tx: TransactionContext, cartId: string): Promise<void> {
  const { kept } = await tx.db
    .selectFrom('cart_saved_lines')
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .where('cart_id', '=', cartId)
    .executeTakeFirstOrThrow();
  if (kept >= MAX_LINES) throw new DomainError('limit_reached', 'too much is kept', { limit: MAX_LINES });
}
