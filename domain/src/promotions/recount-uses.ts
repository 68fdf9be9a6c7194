import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';

/**
 * Counts anew what is held or used of a promotion that the caller has locked by `lockPromotion`, in total and by customer: a limit that
 * is set, changed or lifted then finds true counters. Two statements; called before the new limits are written.
 */
export async function recountUses(
  tx: TransactionContext,
  input: { promotionId: string; maxUses: number | null; maxUsesPerCustomer: number | null },
): Promise<{ useCount: number }> {
  const { promotionId, maxUses, maxUsesPerCustomer } = input;
  const { rows } = await sql<{ count: number }>`
    with dropped as (
      delete from promotion_customer_uses where promotion_id = ${promotionId}::uuid
    )
    select count(*)::int as count
    from redemption_promotions line join redemptions redemption using (checkout_id)
    where line.promotion_id = ${promotionId}::uuid and redemption.status <> 'released'
  `.execute(tx.db);
  if (maxUsesPerCustomer !== null) {
    await sql`
      insert into promotion_customer_uses (promotion_id, customer_key, used_count, max_uses)
      select ${promotionId}::uuid, key, count(*), greatest(count(*), ${maxUsesPerCustomer}::int)
      from redemption_promotions line
      join redemptions redemption using (checkout_id) cross join unnest(redemption.customer_keys) as key
      where line.promotion_id = ${promotionId}::uuid and redemption.status <> 'released'
      group by key
    `.execute(tx.db);
  }
  const useCount = rows[0]?.count ?? 0;
  return { useCount: maxUses === null ? 0 : useCount };
}
