import { sql } from 'kysely';
import { type Context, currentUserId } from '../kernel/index.ts';
import { keyOfAccount, leased } from './cart-cache.ts';

/**
 * The cart of who is logged in, on whatever device: the active one, or, until they begin another, the one that they bought last, so
 * that pages of its checkout find it. At most one statement.
 *
 * @throws DomainError `unauthenticated`
 */
export async function accountCart(ctx: Context): Promise<string | null> {
  const userId = currentUserId(ctx);
  return leased(
    ctx,
    keyOfAccount(userId),
    (cached) => (cached === null || typeof cached === 'string' ? cached : undefined),
    async () => {
      const { rows } = await sql<{ id: string }>`
        select id from carts where user_id = ${userId}::uuid and status in ('active', 'ordered')
        order by status = 'active' desc, updated_at desc limit 1
      `.execute(ctx.db);
      return rows[0]?.id ?? null;
    },
  );
}
