import { sql } from 'kysely';
import { authorise, type TransactionContext } from '../kernel/index.ts';
import { availabilityChanged } from './events.ts';
import { inLockOrder, MAIN_LOCATION_ID } from './model.ts';

/**
 * Sets the counted units on hand of variants, with a movement in the ledger for each difference. A count below what is
 * already promised to buyers is refused by the database (constraint `stock_levels_not_oversold`). Three statements at most.
 *
 * @param rows at most one a variant
 */
export async function setStock(
  tx: TransactionContext,
  rows: readonly { variantId: string; onHand: number }[],
): Promise<void> {
  authorise(tx, 'stock:update');
  if (rows.length === 0) return;
  const now = tx.clock.now();
  const counts = JSON.stringify(inLockOrder(rows));
  await sql`
    insert into stock_levels (variant_id, location_id, updated_at)
    select row."variantId", ${MAIN_LOCATION_ID}, ${now}::timestamptz
    from jsonb_to_recordset(${counts}::jsonb) as row ("variantId" uuid)
    order by row."variantId"
    on conflict do nothing
  `.execute(tx.db);
  const { rows: changes } = await sql<{ variant_id: string; was_available: boolean; is_available: boolean }>`
    with locked as (
      select level.variant_id, counted."onHand" as on_hand, level.on_hand as previous
      from stock_levels level
      join jsonb_to_recordset(${counts}::jsonb) as counted ("variantId" uuid, "onHand" integer)
        on counted."variantId" = level.variant_id
      where level.location_id = ${MAIN_LOCATION_ID}
      order by level.variant_id
      for update of level
    ), moved as (
      insert into stock_movements (variant_id, location_id, kind, on_hand_delta, actor, occurred_at)
      select variant_id, ${MAIN_LOCATION_ID}, 'count', on_hand - previous, ${tx.actor.id}, ${now}::timestamptz
      from locked where on_hand <> previous
    )
    update stock_levels level
    set on_hand = locked.on_hand, updated_at = ${now}::timestamptz
    from locked
    where level.variant_id = locked.variant_id and level.location_id = ${MAIN_LOCATION_ID}
      and locked.on_hand <> locked.previous
    returning level.variant_id,
      locked.previous - level.reserved - level.allocated > 0 as was_available,
      level.on_hand - level.reserved - level.allocated > 0 as is_available
  `.execute(tx.db);
  await tx.emit(
    ...changes
      .filter((change) => change.was_available !== change.is_available)
      .map((change) => availabilityChanged(change.variant_id, { isAvailable: change.is_available })),
  );
}
