import { sql } from 'kysely';
import { addSeconds, type Context } from '../kernel/index.ts';
import { cartAbandoned } from './events.ts';

/** For how long nobody touched a cart that counts as abandoned. */
export const ABANDONED_SECONDS = 4 * 3600;
const BATCH = 500;

/**
 * Tells of carts that somebody left with things in them, by `cart.abandoned`: once each time that they are left. Two statements for each
 * of some hundreds; workers that do it at once do not get into each other's way.
 *
 * @returns how many
 */
export async function tellAbandonedCarts(ctx: Context): Promise<number> {
  let told = 0;
  for (;;) {
    const batch = await tellSome(ctx);
    told += batch;
    if (batch < BATCH) return told;
  }
}

function tellSome(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  return ctx.transaction(async (tx) => {
    const { rows } = await sql<{ id: string; userId: string | null }>`
      update carts set abandoned_at = ${now}::timestamptz
      where id in (
        select cart.id from carts cart
        where cart.status = 'active' and cart.abandoned_at is null
          and cart.updated_at < ${addSeconds(now, -ABANDONED_SECONDS)}::timestamptz
          and cart.expires_at > ${now}::timestamptz
          and exists (select from cart_lines line where line.cart_id = cart.id)
        order by cart.updated_at limit ${BATCH}::int
        for update skip locked
      )
      returning id, user_id as "userId"
    `.execute(tx.db);
    if (rows.length > 0) await tx.emit(...rows.map(({ id, userId }) => cartAbandoned(id, { userId })));
    return rows.length;
  });
}
