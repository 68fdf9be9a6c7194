import type { Context, TransactionContext } from '../kernel/index.ts';
import { keyOfAccount, keyOfCart, markChanging } from './cart-cache.ts';

/** Marks a cart as bought, in the transaction that places its order: nothing more goes into it. */
export async function closeCart(tx: TransactionContext, cartId: string): Promise<void> {
  const cart = await tx.db
    .updateTable('carts')
    .set({ status: 'ordered', updated_at: tx.clock.now() })
    .where('id', '=', cartId)
    .returning('user_id')
    .executeTakeFirst();
  await markChanging(tx, [keyOfCart(cartId), ...(cart?.user_id ? [keyOfAccount(cart.user_id)] : [])]);
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
