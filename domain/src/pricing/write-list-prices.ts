import { sql } from 'kysely';
import { recordAudit } from '../identity/index.ts';
import { DomainError, type TransactionContext } from '../kernel/index.ts';
import { changesOf } from './price-windows.ts';

/**
 * Sets prices of a list, audited. Those that are as they were are not written; lists change one after the other.
 *
 * @param prices by the id of a variant that exists; null takes the price out of the list
 * @returns how many are others now
 * @throws DomainError `not_found`
 */
export async function writeListPrices(
  tx: TransactionContext,
  priceListId: string,
  prices: ReadonlyMap<string, number | null>,
): Promise<number> {
  const list = await tx.db
    .selectFrom('price_lists')
    .select('group_id')
    .where('id', '=', priceListId)
    .forUpdate()
    .executeTakeFirst();
  if (!list) throw new DomainError('not_found', `no price list ${priceListId}`);
  const before = await pricesNow(tx, priceListId, [...prices.keys()]);
  const changed = [...prices].filter(([id, amount]) => (before.get(id) ?? null) !== amount);
  if (changed.length === 0) return 0;
  await write(tx, priceListId, changed);
  await recordAudit(tx, {
    action: 'price-list.prices-set',
    target: { kind: 'price-list', id: priceListId },
    before: Object.fromEntries(changed.map(([id]) => [id, before.get(id) ?? null])),
    after: Object.fromEntries(changed),
  });
  const changedIds = changed.map(([id]) => id).sort();
  if (list.group_id === null) await tx.emit(...changesOf(priceListId, changedIds));
  return changed.length;
}

async function pricesNow(tx: TransactionContext, priceListId: string, variantIds: readonly string[]) {
  const rows = await tx.db
    .selectFrom('price_list_prices')
    .select(['variant_id', 'amount'])
    .where('price_list_id', '=', priceListId)
    .where('variant_id', '=', sql<string>`any(${[...variantIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.variant_id, row.amount]));
}

async function write(
  tx: TransactionContext,
  priceListId: string,
  changed: readonly (readonly [variantId: string, amount: number | null])[],
): Promise<void> {
  const rows = changed.map(([variantId, amount]) => ({ variantId, amount }));
  await sql`
    with row as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("variantId" uuid, amount bigint)
    ), removed as (
      delete from price_list_prices price using row
      where row.amount is null and price.price_list_id = ${priceListId}::uuid and price.variant_id = row."variantId"
    )
    insert into price_list_prices (price_list_id, variant_id, amount)
    select ${priceListId}::uuid, "variantId", amount from row where amount is not null
    on conflict (price_list_id, variant_id) do update set amount = excluded.amount
  `.execute(tx.db);
}
