import { addSeconds, type TransactionContext } from '../kernel/index.ts';
import { CART_TTL_SECONDS } from './model.ts';

/** Locks an active cart for a change and gives it a new lease of life. */
export async function touchCart(tx: TransactionContext, cartId: string | null) {
  if (cartId === null) return undefined;
  const now = tx.clock.now();
  return tx.db
    .updateTable('carts')
    .set({ updated_at: now, expires_at: addSeconds(now, CART_TTL_SECONDS) })
    .where('id', '=', cartId)
    .where('status', '=', 'active')
    .where('expires_at', '>', now)
    .returning(['id', 'currency'])
    .executeTakeFirst();
}

/** Makes an empty cart. One statement. */
export async function insertCart(tx: TransactionContext) {
  const now = tx.clock.now();
  const cart = { id: tx.ids.next(), currency: tx.config.shop.currency };
  await tx.db
    .insertInto('carts')
    .values({
      ...cart,
      status: 'active',
      created_at: now,
      updated_at: now,
      expires_at: addSeconds(now, CART_TTL_SECONDS),
    })
    .execute();
  return cart;
}
