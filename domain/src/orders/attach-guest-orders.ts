import { sql } from 'kysely';
import { readUser } from '../identity/index.ts';
import { type Context, isDomainError } from '../kernel/index.ts';
import { changeOrder } from './order-store.ts';

/**
 * Gives the orders that somebody placed as a guest to the account that has just proven to own their e-mail address. Repeating it
 * changes nothing; an account that is gone again gets none.
 *
 * @returns how many
 */
export async function attachGuestOrders(ctx: Context, userId: string): Promise<number> {
  const user = await readUser(ctx, userId).catch((error: unknown) => {
    if (isDomainError(error, 'not_found')) return null;
    throw error;
  });
  if (user === null) return 0;
  const theirs = await ctx.db
    .selectFrom('orders')
    .select('id')
    .where('user_id', 'is', null)
    .where(sql<boolean>`lower(email) = ${user.email}`)
    .orderBy('id')
    .execute();
  let attached = 0;
  for (const { id } of theirs) {
    const { before, after } = await ctx.transaction((tx) =>
      changeOrder(tx, id, (order) =>
        order.userId === null && order.created.email !== ''
          ? [{ type: 'ORDER_ATTACHED', data: { userId: user.id } }]
          : [],
      ),
    );
    if (before.version < after.version) attached += 1;
  }
  return attached;
}
