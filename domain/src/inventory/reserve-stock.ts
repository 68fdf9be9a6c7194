import { sql } from 'kysely';
import { addSeconds, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { availabilityChanged } from './events.ts';
import { inLockOrder, MAIN_LOCATION_ID, RESERVATION_SECONDS, type Reservation, type StockLine } from './model.ts';

interface LevelChange {
  variant_id: string;
  available: number;
  previous: number;
}

/**
 * Holds units for a shopper who is paying: all lines or none. Four statements.
 *
 * @param lines at most one a variant
 * @returns the reservation; it lapses at `expiresAt` unless extended or allocated
 * @throws DomainError `out_of_stock` with `{ variantId, available }` of the first line that is short
 */
export async function reserveStock(
  tx: TransactionContext,
  input: { lines: readonly StockLine[] },
): Promise<Reservation> {
  const now = tx.clock.now();
  const reservation = { id: tx.ids.next(), expiresAt: addSeconds(now, RESERVATION_SECONDS) };
  const lines = inLockOrder(input.lines);
  await tx.db
    .insertInto('reservations')
    .values({
      id: reservation.id,
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
  return new DomainError('out_of_stock', `variant ${line.variantId}: ${line.quantity} wanted, ${available} left`, {
    variantId: line.variantId,
    available,
  });
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

async function tellAvailability(tx: TransactionContext, changes: readonly LevelChange[]): Promise<void> {
  await tx.emit(
    ...changes
      .filter((change) => change.available > 0 !== change.previous > 0)
      .map((change) => availabilityChanged(change.variant_id, { isAvailable: change.available > 0 })),
  );
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
