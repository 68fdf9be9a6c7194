import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

/**
 * Tells whether somebody has an order that was not called off, by account or by e-mail address. One statement.
 *
 * @param customer.since only of orders that were placed after it
 */
export async function hasOrdered(
  ctx: Context,
  customer: { userId: string | null; email: string | null; since?: Date },
): Promise<boolean> {
  const email = customer.email?.trim().toLowerCase() ?? null;
  const counts = sql`
    status <> 'cancelled' and placed_at > coalesce(${customer.since ?? null}::timestamptz, '-infinity')
  `;
  const { rows } = await sql<{ has_ordered: boolean }>`
    select exists (
      select from orders where ${counts} and user_id = ${customer.userId}::uuid
      union all
      select from orders where ${counts} and lower(email) = ${email}
    ) as has_ordered
  `.execute(ctx.db);
  return rows[0]?.has_ordered ?? false;
}
