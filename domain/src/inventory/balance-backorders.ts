import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';
import { backorderCovered } from './events.ts';

interface Imbalance {
  readonly variant_id: string;
  readonly location_id: string;
  /** Units that no longer have to wait; below zero: units that have to and do not know. */
  readonly surplus: number;
}

/**
 * Makes the units of reservations that are noted as waiting as many as are missing at each level. Stock that came, or was given back,
 * goes to orders before shoppers who are still paying, and to the oldest first. Where units went missing (a count), or were held by
 * a release that does not note it, the newest wait. The levels must be locked. Two statements while all is in balance.
 */
export async function balanceBackorders(
  tx: TransactionContext,
  variantIds: readonly string[],
): Promise<void> {
  const variants = [...new Set(variantIds)];
  await sql`
    update reservation_lines line set backordered = 0
    from reservations reservation
    where reservation.id = line.reservation_id and reservation.status not in ('held', 'allocated')
      and line.variant_id = any(${variants}::uuid[]) and line.backordered > 0
  `.execute(tx.db);
  const { rows } = await sql<Imbalance>`
    select level.variant_id, level.location_id,
      (coalesce(waiting.units, 0) - greatest(0, level.reserved + level.allocated - level.on_hand))::int as surplus
    from stock_levels level
    left join lateral (
      select sum(line.backordered) as units from reservation_lines line
      where line.variant_id = level.variant_id and line.location_id = level.location_id and line.backordered > 0
    ) waiting on true
    where level.variant_id = any(${variants}::uuid[]) and level.allows_backorder
  `.execute(tx.db);
  await coverOldest(
    tx,
    rows.filter((level) => level.surplus > 0),
  );
  await letNewestWait(
    tx,
    rows.filter((level) => level.surplus < 0),
  );
}

interface CoveredLine {
  readonly reservation_id: string;
  readonly variant_id: string;
  readonly location_id: string;
  readonly status: string;
  readonly units: number;
  readonly backordered: number;
}

async function coverOldest(tx: TransactionContext, levels: readonly Imbalance[]): Promise<void> {
  if (levels.length === 0) return;
  const { rows } = await sql<CoveredLine>`
    with queue as (
      select line.reservation_id, line.variant_id, line.location_id, reservation.status, line.backordered,
        level.surplus, sum(line.backordered) over (
          partition by line.variant_id, line.location_id
          order by reservation.status = 'allocated' desc, reservation.created_at, reservation.id
        ) - line.backordered as before
      from ${levelsIn(levels)}
      join reservation_lines line
        on line.variant_id = level.variant_id and line.location_id = level.location_id and line.backordered > 0
      join reservations reservation on reservation.id = line.reservation_id
    ), covered as (
      select reservation_id, variant_id, location_id, status, least(backordered, surplus - before)::int as units
      from queue where before < surplus
    )
    update reservation_lines line set backordered = line.backordered - covered.units
    from covered
    where line.reservation_id = covered.reservation_id
      and line.variant_id = covered.variant_id and line.location_id = covered.location_id
    returning line.reservation_id, line.variant_id, line.location_id, covered.status, covered.units, line.backordered
  `.execute(tx.db);
  await tx.emit(
    ...rows
      .filter((line) => line.status === 'allocated')
      .map((line) =>
        backorderCovered(line.reservation_id, {
          variantId: line.variant_id,
          locationId: line.location_id,
          quantity: line.units,
          waiting: line.backordered,
        }),
      ),
  );
}

async function letNewestWait(tx: TransactionContext, levels: readonly Imbalance[]): Promise<void> {
  if (levels.length === 0) return;
  await sql`
    with queue as (
      select line.reservation_id, line.variant_id, line.location_id, line.quantity - line.backordered as covered,
        -level.surplus as missing, sum(line.quantity - line.backordered) over (
          partition by line.variant_id, line.location_id
          order by reservation.status = 'allocated', reservation.created_at desc, reservation.id desc
        ) - (line.quantity - line.backordered) as before
      from ${levelsIn(levels)}
      join reservation_lines line on line.variant_id = level.variant_id and line.location_id = level.location_id
      join reservations reservation on reservation.id = line.reservation_id
      where reservation.status in ('held', 'allocated')
    )
    update reservation_lines line
    set backordered = line.backordered + least(queue.covered, queue.missing - queue.before)::int
    from queue
    where queue.before < queue.missing and line.reservation_id = queue.reservation_id
      and line.variant_id = queue.variant_id and line.location_id = queue.location_id
  `.execute(tx.db);
}

function levelsIn(levels: readonly Imbalance[]) {
  return sql`jsonb_to_recordset(${JSON.stringify(levels)}::jsonb)
    as level (variant_id uuid, location_id uuid, surplus integer)`;
}
