import { type RawBuilder, sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';
import { balanceBackorders } from './balance-backorders.ts';
import { type ChangedLevel, tellChanges } from './locked-levels.ts';

export type MovementKind =
  | 'count'
  | 'receive'
  | 'transfer'
  | 'adjust'
  | 'release'
  | 'allocate'
  | 'deallocate';

/** Why units move: stands at each movement in the ledger. */
export interface Movement {
  readonly kind: MovementKind;
  /** The reservation, or the request of staff. */
  readonly referenceId?: string;
  readonly reason?: string;
}

/**
 * Rows of (variant_id, location_id, on_hand_to, on_hand_delta, reserved_delta, allocated_delta), at most one a level; `on_hand_to` is
 * null, or what the units on hand become.
 */
export type Moves = RawBuilder<unknown>;

/**
 * What must be so for units to move: CTEs, the last of them an `ended` that the moves are made from, such as a change that finds its row
 * only once. Nothing moves where it is empty.
 */
export interface Precondition {
  readonly ctes: RawBuilder<unknown>;
  /** What of them is told; null when nothing moved. */
  readonly tells?: RawBuilder<unknown>;
}

/**
 * Moves units between the columns of levels, with the ledger, and tells what others want to hear of it. All levels of the variants
 * are locked in id order first. One statement, another for each of: units sold ahead, events.
 *
 * @returns whether there was anything to move, and what the precondition tells
 * @throws the database's refusal (constraint `stock_levels_not_oversold`, or a column below zero)
 */
export async function moveUnits(
  tx: TransactionContext,
  moves: Moves,
  movement: Movement,
  precondition?: Precondition,
): Promise<{ hasMoved: boolean; told: unknown }> {
  const now = tx.clock.now();
  const { rows } = await sql<ChangedLevel & { told: unknown }>`
    with ${precondition === undefined ? sql`` : sql`${precondition.ctes},`} moves as materialized (${moves}),
    locked as materialized (
      select level.variant_id, level.location_id, level.on_hand, level.reserved, level.allocated,
        level.allows_backorder, level.backorder_limit
      from stock_levels level
      where level.variant_id = any(array(select variant_id from moves))
      order by level.variant_id, level.location_id
      for update
    ), change as materialized (
      select locked.variant_id, locked.location_id, moves.reserved_delta, moves.allocated_delta,
        coalesce(moves.on_hand_to - locked.on_hand, moves.on_hand_delta) as on_hand_delta
      from moves join locked on locked.variant_id = moves.variant_id and locked.location_id = moves.location_id
      where moves.reserved_delta <> 0 or moves.allocated_delta <> 0
        or coalesce(moves.on_hand_to - locked.on_hand, moves.on_hand_delta) <> 0
    ), moved as (
      insert into stock_movements
        (variant_id, location_id, kind, on_hand_delta, reserved_delta, allocated_delta, reference_id, reason, actor, occurred_at)
      select variant_id, location_id, ${movement.kind}, on_hand_delta, reserved_delta, allocated_delta,
        ${movement.referenceId ?? null}::uuid, ${movement.reason ?? null}::text, ${tx.actor.id}, ${now}::timestamptz
      from change
    ), changed as (
      update stock_levels level
      set on_hand = level.on_hand + change.on_hand_delta, reserved = level.reserved + change.reserved_delta,
        allocated = level.allocated + change.allocated_delta, updated_at = ${now}::timestamptz
      from change
      where level.variant_id = change.variant_id and level.location_id = change.location_id
    )
    select locked.*, location.is_active, policy.low_threshold,
      coalesce(change.on_hand_delta, 0) as on_hand_delta,
      coalesce(change.reserved_delta + change.allocated_delta, 0) as promised_delta,
      ${precondition?.tells ?? sql`null`} as told
    from locked
    join locations location on location.id = locked.location_id
    left join stock_policies policy on policy.variant_id = locked.variant_id
    left join change on change.variant_id = locked.variant_id and change.location_id = locked.location_id
  `.execute(tx.db);
  const levels = rows.filter((level) => level.on_hand_delta !== 0 || level.promised_delta !== 0);
  const soldAhead = levels.filter((level) => level.allows_backorder).map((level) => level.variant_id);
  if (soldAhead.length > 0) await balanceBackorders(tx, soldAhead);
  await tellChanges(tx, rows);
  return { hasMoved: rows.length > 0, told: rows[0]?.told ?? null };
}

/** Moves that are given one by one. */
export function movesOf(
  rows: readonly { variantId: string; locationId: string; onHandTo?: number; onHandDelta?: number }[],
): Moves {
  return sql`
    select row."variantId" as variant_id, row."locationId" as location_id, row."onHandTo" as on_hand_to,
      coalesce(row."onHandDelta", 0) as on_hand_delta, 0 as reserved_delta, 0 as allocated_delta
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row ("variantId" uuid, "locationId" uuid, "onHandTo" integer, "onHandDelta" integer)
  `;
}

/** Makes the levels that are not there yet, empty. One statement. */
export async function openLevels(
  tx: TransactionContext,
  rows: readonly { variantId: string; locationId: string }[],
): Promise<void> {
  await sql`
    insert into stock_levels (variant_id, location_id, updated_at)
    select row."variantId", row."locationId", ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("variantId" uuid, "locationId" uuid)
    order by row."variantId", row."locationId"
    on conflict do nothing
  `.execute(tx.db);
}
