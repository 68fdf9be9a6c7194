import { sql } from 'kysely';
import { readUser } from '../identity/index.ts';
import { type Context, isDomainError } from '../kernel/index.ts';

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
  const { numUpdatedRows } = await ctx.db
    .updateTable('orders')
    .set({ user_id: user.id, updated_at: ctx.clock.now() })
    .where('user_id', 'is', null)
    .where(sql<boolean>`lower(email) = ${user.email}`)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
