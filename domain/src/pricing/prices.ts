import { sql } from 'kysely';
import type { Context, CurrencyCode, TransactionContext } from '../kernel/index.ts';
import type { PriceRow, VariantPrice } from './model.ts';

/** The prices of variants in one currency, by variant id; those without a price in it are left out. One statement. */
export async function pricesOf(
  ctx: Context,
  variantIds: readonly string[],
  currency: CurrencyCode,
): Promise<Map<string, VariantPrice>> {
  if (variantIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('prices')
    .select(['variant_id', 'amount', 'compare_at_amount'])
    .where('variant_id', '=', sql<string>`any(${[...variantIds]}::uuid[])`)
    .where('currency', '=', currency)
    .execute();
  return new Map(
    rows.map((row) => [row.variant_id, { amount: row.amount, compareAtAmount: row.compare_at_amount }]),
  );
}

/** Sets prices, one row a variant and currency. One statement; rows that are as they were are not written. */
export async function setPrices(tx: TransactionContext, rows: readonly PriceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into prices as price (variant_id, currency, amount, compare_at_amount, updated_at)
    select row."variantId", row.currency, row.amount, row."compareAtAmount", ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row ("variantId" uuid, currency char(3), amount bigint, "compareAtAmount" bigint)
    order by row."variantId", row.currency
    on conflict (variant_id, currency) do update
      set amount = excluded.amount, compare_at_amount = excluded.compare_at_amount, updated_at = excluded.updated_at
      where (price.amount, price.compare_at_amount) is distinct from (excluded.amount, excluded.compare_at_amount)
  `.execute(tx.db);
}
