import { sql } from 'kysely';
import { addSeconds, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { type LevelChange, tellAvailability } from './level-changes.ts';
import {
  inLockOrder,
  MAIN_LOCATION_ID,
  RESERVATION_SECONDS,
  type Reservation,
  type StockLine,
} from './model.ts';

/**
 * Holds units for a shopper who is paying: all lines or none. Four statements.
 *
 * @param input.holderId the cart that they are held for
 * @param input.lines at most one a variant
 * @returns the reservation; it lapses at `expiresAt` unless extended or allocated
 * @throws DomainError `out_of_stock` with `{ variantId, available }` of the first line that is short
 */
export async function reserveStock(
  tx: TransactionContext,
  input: { holderId: string; lines: readonly StockLine[] },
): Promise<Reservation> {
  const now = tx.clock.now();
  const reservation = { id: tx.ids.next(), expiresAt: addSeconds(now, RESERVATION_SECONDS) };
  const lines = inLockOrder(input.lines);
  await tx.db
    .insertInto('reservations')
    .values({
      id: reservation.id,
      holder_id: input.holderId,
      status: 'held',
      expires_at: reservation.expiresAt,
      created_at: now,
      updated_at: now,
    })
    .execute();
  const held = await holdUnits(tx, lines);
  const short = lines.find((line) => !held.some((level) => level.variant_id === line.variantId));
  if (short) throw await outOfStock(tx, short);
  await recordLines(tx, reservation.id, lines);
  await tellAvailability(tx, held);
  return reservation;
}

/** One conditional update for all lines, rows locked in id order first; rows that are short are left alone. */
async function holdUnits(tx: TransactionContext, lines: readonly StockLine[]): Promise<LevelChange[]> {
  const { rows } = await sql<LevelChange>`
    with wanted as (
      select row."variantId" as variant_id, row.quantity
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as row ("variantId" uuid, quantity integer)
    ), locked as (
      select level.variant_id, wanted.quantity
      from stock_levels level join wanted using (variant_id)
      where level.location_id = ${MAIN_LOCATION_ID}
      order by level.variant_id
      for update of level
    )
    update stock_levels level
    set reserved = level.reserved + locked.quantity, updated_at = ${tx.clock.now()}::timestamptz
    from locked
    where level.variant_id = locked.variant_id and level.location_id = ${MAIN_LOCATION_ID}
      and (level.allows_backorder or level.reserved + level.allocated + locked.quantity <= level.on_hand)
    returning level.variant_id, level.on_hand - level.reserved - level.allocated as available,
      level.on_hand - level.reserved - level.allocated + locked.quantity as previous
  `.execute(tx.db);
  return rows;
}

async function outOfStock(tx: TransactionContext, line: StockLine): Promise<DomainError> {
  const level = await tx.db
    .selectFrom('stock_levels')
    .select(sql<number>`on_hand - reserved - allocated`.as('available'))
    .where('variant_id', '=', line.variantId)
    .where('location_id', '=', MAIN_LOCATION_ID)
    .executeTakeFirst();
  const available = Math.max(0, level?.available ?? 0);
  return new DomainError(
    'out_of_stock',
    `variant ${line.variantId}: ${line.quantity} wanted, ${available} left`,
    {
      variantId: line.variantId,
      available,
    },
  );
}

async function recordLines(tx: TransactionContext, reservationId: string, lines: readonly StockLine[]) {
  await sql`
    with wanted as (
      select row."variantId" as variant_id, row.quantity
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as row ("variantId" uuid, quantity integer)
    ), held as (
      insert into reservation_lines (reservation_id, variant_id, location_id, quantity)
      select ${reservationId}::uuid, variant_id, ${MAIN_LOCATION_ID}, quantity from wanted
    )
    insert into stock_movements
      (variant_id, location_id, kind, reserved_delta, reference_id, actor, occurred_at)
    select variant_id, ${MAIN_LOCATION_ID}, 'reserve', quantity, ${reservationId}::uuid,
      ${tx.actor.id}, ${tx.clock.now()}::timestamptz
    from wanted
  `.execute(tx.db);
}

/**
 * Gives more time to a reservation that is still held. One statement.
 *
 * @returns whether it was
 */
export async function extendReservation(tx: TransactionContext, id: string): Promise<boolean> {
  const now = tx.clock.now();
  const { numUpdatedRows } = await tx.db
    .updateTable('reservations')
    .set({ expires_at: addSeconds(now, RESERVATION_SECONDS), updated_at: now })
    .where('id', '=', id)
    .where('status', '=', 'held')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Until when a reservation is held, or null when it is held no longer. One statement. */
export async function heldUntil(ctx: Context, id: string): Promise<Date | null> {
  const row = await ctx.db
    .selectFrom('reservations')
    .select('expires_at')
    .where('id', '=', id)
    .where('status', '=', 'held')
    .executeTakeFirst();
  return row?.expires_at ?? null;
}
