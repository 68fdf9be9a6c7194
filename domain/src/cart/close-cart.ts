import type { Context, TransactionContext } from '../kernel/index.ts';
import { keyOfAccount, keyOfCart, markChanging } from './cart-cache.ts';

/** A cart that is bought, and whose account it has; null for a guest's. */
export interface Bought {
  readonly cartId: string;
  readonly userId: string | null;
}

/** Marks a cart as bought, to be written in the transaction that places its order: nothing more goes into it. `markClosing` goes with it. */
export function closingOf(tx: TransactionContext, { cartId }: Bought) {
  return tx.db
    .updateTable('carts')
    .set({ status: 'ordered', updated_at: tx.clock.now() })
    .where('id', '=', cartId);
}

/** Tells the cache that a cart is being closed. */
export async function markClosing(tx: TransactionContext, { cartId, userId }: Bought): Promise<void> {
  await markChanging(tx, [keyOfCart(cartId), ...(userId === null ? [] : [keyOfAccount(userId)])]);
}

/**
 * Drops carts that nobody touched in time.
 *
 * @returns how many
 */
export async function dropExpiredCarts(ctx: Context): Promise<number> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('carts')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('carts')
        .select('id')
        .where('status', 'in', ['active', 'merged'])
        .where('expires_at', '<', ctx.clock.now())
        .limit(5_000),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
