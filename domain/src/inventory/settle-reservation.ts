import { sql } from 'kysely';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { type LevelChange, tellAvailability } from './level-changes.ts';

/**
 * Gives back the units of a reservation that is still held; one that is not is left alone. Three statements.
 *
 * @param as why: the shopper changed something, or time ran out
 */
export async function releaseReservation(
  tx: TransactionContext,
  id: string,
  as: 'released' | 'expired' = 'released',
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('reservations')
    .set({ status: as, expires_at: null, updated_at: tx.clock.now() })
    .where('id', '=', id)
    .where('status', '=', 'held')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await moveUnits(tx, id, { kind: 'release', reserved: -1, allocated: 0 });
  return true;
}

/**
 * Turns a held reservation into an allocation: the units now belong to an order until they ship. Three statements.
 *
 * @returns false when the reservation is held no longer: nothing changed
 */
export async function allocateReservation(tx: TransactionContext, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('reservations')
    .set({ status: 'allocated', expires_at: null, updated_at: tx.clock.now() })
    .where('id', '=', id)
    .where('status', '=', 'held')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await moveUnits(tx, id, { kind: 'allocate', reserved: -1, allocated: 1 });
  return true;
}

/** Moves the units of a reservation between the columns of their levels, with the ledger, in one statement. */
async function moveUnits(
  tx: TransactionContext,
  reservationId: string,
  move: { kind: 'release' | 'allocate'; reserved: -1; allocated: 0 | 1 },
): Promise<void> {
  const now = tx.clock.now();
  const { rows } = await sql<LevelChange>`
    with locked as (
      select line.variant_id, line.location_id, line.quantity
      from reservation_lines line join stock_levels level using (variant_id, location_id)
      where line.reservation_id = ${reservationId}::uuid
      order by line.variant_id
      for update of level
    ), moved as (
      insert into stock_movements
        (variant_id, location_id, kind, reserved_delta, allocated_delta, reference_id, actor, occurred_at)
      select variant_id, location_id, ${move.kind}, quantity * ${move.reserved}::int,
        quantity * ${move.allocated}::int, ${reservationId}::uuid, ${tx.actor.id}, ${now}::timestamptz
      from locked
    )
    update stock_levels level
    set reserved = level.reserved + locked.quantity * ${move.reserved}::int,
      allocated = level.allocated + locked.quantity * ${move.allocated}::int,
      updated_at = ${now}::timestamptz
    from locked
    where level.variant_id = locked.variant_id and level.location_id = locked.location_id
    returning level.variant_id, level.on_hand - level.reserved - level.allocated as available,
      level.on_hand - level.reserved - level.allocated
        + locked.quantity * (${move.reserved}::int + ${move.allocated}::int) as previous
  `.execute(tx.db);
  await tellAvailability(tx, rows);
}

/**
 * Releases reservations whose time ran out. Each in a transaction of its own, so that one that fails does not hold up others.
 *
 * @returns how many
 */
export async function sweepReservations(ctx: Context): Promise<number> {
  const lapsed = await ctx.db
    .selectFrom('reservations')
    .select('id')
    .where('status', '=', 'held')
    .where('expires_at', '<', ctx.clock.now())
    .orderBy('expires_at')
    .limit(1_000)
    .execute();
  let swept = 0;
  for (const { id } of lapsed) {
    const released = await ctx.transaction(async (tx) => {
      const still = await tx.db
        .selectFrom('reservations')
        .select('id')
        .where('id', '=', id)
        .where('status', '=', 'held')
        .where('expires_at', '<', tx.clock.now())
        .forUpdate()
        .executeTakeFirst();
      return still ? releaseReservation(tx, id, 'expired') : false;
    });
    if (released) swept += 1;
  }
  return swept;
}
