import type { Context, TransactionContext } from '../kernel/index.ts';

/** Marks a cart as bought, in the transaction that places its order: nothing more goes into it. */
export async function closeCart(tx: TransactionContext, cartId: string): Promise<void> {
  await tx.db
    .updateTable('carts')
    .set({ status: 'ordered', updated_at: tx.clock.now() })
    .where('id', '=', cartId)
    .execute();
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
        .where('status', '=', 'active')
        .where('expires_at', '<', ctx.clock.now())
        .limit(5_000),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
