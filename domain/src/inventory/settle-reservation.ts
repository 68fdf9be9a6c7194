import { type RawBuilder, sql } from 'kysely';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { type MovementKind, moveUnits } from './move-units.ts';

/** How a reservation may end, or go on. */
const ends = {
  release: { from: 'held', reserved: -1, allocated: 0 },
  allocate: { from: 'held', reserved: -1, allocated: 1 },
  deallocate: { from: 'allocated', reserved: 0, allocated: -1 },
} as const satisfies Partial<Record<MovementKind, object>>;

/**
 * Gives back the units of a reservation that is still held; one that is not is left alone. One statement, or a few more when that
 * makes a difference to others.
 *
 * @param as why: the shopper changed something, or time ran out
 */
export function releaseReservation(
  tx: TransactionContext,
  id: string,
  as: 'released' | 'expired' = 'released',
): Promise<boolean> {
  return settle(tx, id, 'release', as).then(({ hasMoved }) => hasMoved);
}

/**
 * Turns a held reservation into an allocation: the units now belong to an order until they ship. One statement.
 *
 * @returns false when the reservation is held no longer: nothing changed
 */
export function allocateReservation(tx: TransactionContext, id: string): Promise<boolean> {
  return settle(tx, id, 'allocate', 'allocated').then(({ hasMoved }) => hasMoved);
}

/**
 * The same, where a row of the caller's stands as it must: it is locked before the levels are. One statement.
 *
 * @param given finds and locks it; its only column is what is returned
 * @returns null where it is not found, or the reservation is held no longer: nothing changed
 */
export async function allocateGiven<Told>(
  tx: TransactionContext,
  id: string,
  given: RawBuilder<{ told: Told }>,
): Promise<Told | null> {
  const { told } = await settle(tx, id, 'allocate', 'allocated', given);
  return told as Told | null;
}

/**
 * Gives back the units of an order that was cancelled before they shipped. Doing it again does no harm. One statement, or a few more
 * when that makes a difference to others.
 *
 * @param reservationId that of the order
 * @returns false when they do not belong to an order any more: nothing changed
 */
export function releaseAllocation(tx: TransactionContext, reservationId: string): Promise<boolean> {
  return settle(tx, reservationId, 'deallocate', 'released').then(({ hasMoved }) => hasMoved);
}

function settle(
  tx: TransactionContext,
  id: string,
  kind: keyof typeof ends,
  status: 'released' | 'expired' | 'allocated',
  given?: RawBuilder<unknown>,
) {
  const { from, reserved, allocated } = ends[kind];
  const ctes = sql`
    ${given ? sql`given (told) as materialized (${given}),` : sql``} ended as (
      update reservations set status = ${status}, expires_at = null, updated_at = ${tx.clock.now()}::timestamptz
      where id = ${id}::uuid and status = ${from} ${given ? sql`and exists (select from given)` : sql``}
      returning id
    )
  `;
  const moves = sql`
    select line.variant_id, line.location_id, null::int as on_hand_to, 0 as on_hand_delta,
      line.quantity * ${reserved}::int as reserved_delta, line.quantity * ${allocated}::int as allocated_delta
    from reservation_lines line join ended on ended.id = line.reservation_id
  `;
  const tells = given ? { tells: sql`(select told from given)` } : {};
  return moveUnits(tx, moves, { kind, referenceId: id }, { ctes, ...tells });
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
