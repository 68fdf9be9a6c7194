import { type Context, type TransactionContext, type Write, writeTogether } from '../kernel/index.ts';
import { keyOfAccount, keyOfCart, markChanging } from './cart-cache.ts';

/**
 * Marks a cart as bought, in the transaction that places its order: nothing more goes into it. One statement.
 *
 * @param others changes to other tables that are made with it
 */
export async function closeCart(
  tx: TransactionContext,
  cartId: string,
  others: readonly Write[] = [],
): Promise<void> {
  const closing = tx.db
    .updateTable('carts')
    .set({ status: 'ordered', updated_at: tx.clock.now() })
    .where('id', '=', cartId)
    .returning('user_id');
  const { rows } = await writeTogether<Awaited<ReturnType<typeof closing.execute>>[number]>(
    tx,
    others,
    closing,
  );
  const userId = rows[0]?.user_id;
  await markChanging(tx, [keyOfCart(cartId), ...(userId ? [keyOfAccount(userId)] : [])]);
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
