import { sql } from 'kysely';
import {
  addSeconds,
  anyOf,
  type Context,
  DomainError,
  type Given,
  type Read,
  read,
  readOf,
  type TransactionContext,
} from '../kernel/index.ts';
import { aheadAt, freeAt, type Level, tellChanges } from './locked-levels.ts';
import {
  type Allocation,
  type Hold,
  inLockOrder,
  type Location,
  RESERVATION_SECONDS,
  type Reservation,
  type Source,
  type StockLine,
} from './model.ts';
import { releaseReservation } from './settle-reservation.ts';
import { stockStrategy } from './strategy.ts';

export interface ReserveStock {
  /** The cart that they are held for. */
  readonly holderId: string;
  /** At most one a variant. */
  readonly lines: readonly StockLine[];
  /** Where they go: locations that do not deliver there are left out. */
  readonly destination?: { readonly country: string } | null;
  /** A reservation that is given back for this one, if it is still held. */
  readonly replaces?: string | null;
  /** What was seen of the levels a moment ago. */
  readonly seen?: SeenLevels | null;
}

/** The levels of some variants as they were, for `reserveStock` to choose from. */
export type SeenLevels = readonly PlacedLevel[];

/** A level with the location that it is at, and when its variant counts as low. */
interface PlacedLevel extends Level {
  readonly country: string;
  readonly countries: readonly string[];
  readonly priority: number;
  readonly is_active: boolean;
  readonly low_threshold: number | null;
}

/** What became of an attempt, at a level that is locked now; all levels of a variant come together. */
interface Attempted extends Level {
  readonly has_held: boolean;
  /** What was wanted of it and fits; null when nothing. */
  readonly quantity: number | null;
  readonly backordered: number | null;
}

/**
 * Holds units for a shopper who is paying: all lines or none. Chooses the locations by the shop's strategy without a lock; then one
 * statement locks the levels of these variants in id order, and takes the units if they are still there. If not, the choice is made
 * again inside the lock, where it stands. Two statements, or three; one less where the levels were seen, one more when something sold
 * out, and those of a release.
 *
 * Who calls it in a greater transaction calls it late: others wait for the same variant until it commits.
 *
 * @returns the reservation; it lapses at `expiresAt` unless extended or allocated
 * @throws DomainError `out_of_stock` with `{ variantId, available }` of the first line that is short
 */
export async function reserveStock(tx: TransactionContext, input: ReserveStock): Promise<Reservation> {
  const id = tx.ids.next();
  const expiresAt = addSeconds(tx.clock.now(), RESERVATION_SECONDS);
  const attempt = { id, expiresAt, holderId: input.holderId };
  if (input.replaces) await giveBack(tx, input.replaces, input.lines);
  const seen =
    seenBefore(input) ?? (await read(tx, levelsQuestion(input.lines.map((line) => line.variantId))));
  let outcome = await holdUnits(tx, attempt, chooseFrom(seen, input));
  if (!hasHeld(outcome)) outcome = await holdUnits(tx, attempt, chooseFrom(placed(outcome, seen), input));
  if (!hasHeld(outcome)) throw new Error(`locked levels changed under reservation ${id}`);
  await tellChanges(
    tx,
    placed(outcome, seen).map((level) => ({
      ...level,
      on_hand_delta: 0,
      promised_delta: level.quantity ?? 0,
    })),
  );
  return { id, expiresAt, lines: heldLines(outcome) };
}

/** The levels of both are locked first: whoever locks some, and then others, waits in a circle sooner or later. */
async function giveBack(
  tx: TransactionContext,
  reservationId: string,
  lines: readonly StockLine[],
): Promise<void> {
  await sql`
    select level.reserved from stock_levels level
    where level.variant_id = any(${lines.map((line) => line.variantId)}::uuid[]) or level.variant_id in (
      select variant_id from reservation_lines where reservation_id = ${reservationId}::uuid
    )
    order by level.variant_id, level.location_id
    for update
  `.execute(tx.db);
  await releaseReservation(tx, reservationId);
}

/** What was seen of the levels, if it is of all of them, and no reservation was given back since. */
function seenBefore({ seen, replaces, lines }: ReserveStock): SeenLevels | null {
  if (!seen || replaces) return null;
  const isAll = lines.every((line) => seen.some((level) => level.variant_id === line.variantId));
  return isAll ? seen : null;
}

/** How the levels of variants stand, to be asked together with others. */
export function levelsQuestion(variantIds: Given<readonly string[]>): Read<SeenLevels> {
  const query = sql`
    select level.variant_id, level.location_id, level.on_hand, level.reserved, level.allocated, level.allows_backorder,
      level.backorder_limit, location.country, location.countries, location.priority, location.is_active,
      policy.low_threshold
    from stock_levels level
    join locations location on location.id = level.location_id
    left join stock_policies policy on policy.variant_id = level.variant_id
    where level.variant_id = ${anyOf(variantIds)}
  `;
  return readOf<PlacedLevel, SeenLevels>(query, (rows) => rows);
}

/** Levels as they are now, with what was seen before of where they are; a level that is newer waits for the next sale. */
function placed<Found extends Level>(
  levels: readonly Found[],
  seen: readonly PlacedLevel[],
): (Found & PlacedLevel)[] {
  return levels.flatMap((level) => {
    const before = seen.find(
      ({ variant_id, location_id }) => variant_id === level.variant_id && location_id === level.location_id,
    );
    return before ? [{ ...before, ...level }] : [];
  });
}

/** Where each line is to come from. @throws DomainError `out_of_stock` */
function chooseFrom(levels: readonly PlacedLevel[], input: ReserveStock): readonly Allocation[] {
  const destination = input.destination ?? null;
  const sources = levels.filter((level) => level.is_active && delivers(level, destination)).map(sourceAt);
  for (const line of inLockOrder(input.lines)) {
    const available = sources
      .filter((source) => source.variantId === line.variantId)
      .reduce((sum, { free, ahead }) => sum + free + ahead, 0);
    if (available < line.quantity) throw outOfStock(line, available);
  }
  const locations = new Map<string, Location>();
  for (const { location_id: id, country, countries, priority } of levels) {
    if (sources.some((source) => source.locationId === id))
      locations.set(id, { id, country, countries, priority });
  }
  return stockStrategy.allocate({
    lines: input.lines,
    destination,
    locations: [...locations.values()],
    sources,
  });
}

function delivers(level: PlacedLevel, destination: { country: string } | null): boolean {
  return (
    destination === null || level.countries.length === 0 || level.countries.includes(destination.country)
  );
}

function sourceAt(level: Level): Source {
  return {
    variantId: level.variant_id,
    locationId: level.location_id,
    free: freeAt(level),
    ahead: aheadAt(level),
  };
}

function outOfStock(line: StockLine, available: number): DomainError {
  const { variantId, quantity } = line;
  return new DomainError('out_of_stock', `variant ${variantId}: ${quantity} wanted, ${available} left`, {
    variantId,
    available,
  });
}

/**
 * Takes units from levels, all or none, in one statement, so that the locks are held no longer than its commit takes. Units that
 * were to be taken from the shelf are never turned into a back-order: that is for the choice made again.
 */
async function holdUnits(
  tx: TransactionContext,
  reservation: { id: string; expiresAt: Date; holderId: string },
  allocations: readonly Allocation[],
): Promise<Attempted[]> {
  const now = tx.clock.now();
  const { rows } = await sql<Attempted>`
    with wanted as materialized (
      select * from unnest(
        ${allocations.map(({ variantId }) => variantId)}::uuid[], ${allocations.map(({ locationId }) => locationId)}::uuid[],
        ${allocations.map(({ quantity }) => quantity)}::int[], ${allocations.map(({ ahead }) => ahead)}::int[]
      ) as row (variant_id, location_id, quantity, ahead)
    ), locked as materialized (
      select level.variant_id, level.location_id, level.on_hand, level.reserved, level.allocated,
        level.allows_backorder, level.backorder_limit
      from stock_levels level
      where level.variant_id = any(${[...new Set(allocations.map(({ variantId }) => variantId))]}::uuid[])
      order by level.variant_id, level.location_id
      for update
    ), fitting as materialized (
      select wanted.variant_id, wanted.location_id, wanted.quantity,
        greatest(0, wanted.quantity - greatest(0, locked.on_hand - locked.reserved - locked.allocated)) as backordered
      from wanted join locked on locked.variant_id = wanted.variant_id and locked.location_id = wanted.location_id
      where wanted.quantity - greatest(0, locked.on_hand - locked.reserved - locked.allocated) <= wanted.ahead
        and (wanted.ahead = 0 or locked.allows_backorder)
        and (wanted.ahead = 0 or locked.backorder_limit is null or
          locked.reserved + locked.allocated + wanted.quantity <= locked.on_hand + locked.backorder_limit)
    ), verdict as materialized (
      select (select count(*) from fitting) = (select count(*) from wanted) as has_held
    ), reservation as (
      insert into reservations (id, holder_id, status, expires_at, created_at, updated_at)
      select ${reservation.id}::uuid, ${reservation.holderId}::uuid, 'held', ${reservation.expiresAt}::timestamptz,
        ${now}::timestamptz, ${now}::timestamptz
      from verdict where has_held
    ), line as (
      insert into reservation_lines (reservation_id, variant_id, location_id, quantity, backordered)
      select ${reservation.id}::uuid, variant_id, location_id, quantity, backordered
      from fitting cross join verdict where has_held
    ), movement as (
      insert into stock_movements (variant_id, location_id, kind, reserved_delta, reference_id, actor, occurred_at)
      select variant_id, location_id, 'reserve', quantity, ${reservation.id}::uuid, ${tx.actor.id}, ${now}::timestamptz
      from fitting cross join verdict where has_held
    ), held as (
      update stock_levels level
      set reserved = level.reserved + fitting.quantity, updated_at = ${now}::timestamptz
      from fitting cross join verdict
      where verdict.has_held
        and level.variant_id = fitting.variant_id and level.location_id = fitting.location_id
    )
    select locked.*, verdict.has_held, fitting.quantity, fitting.backordered
    from locked cross join verdict
    left join fitting on fitting.variant_id = locked.variant_id and fitting.location_id = locked.location_id
  `.execute(tx.db);
  return rows;
}

function hasHeld(outcome: readonly Attempted[]): boolean {
  return outcome[0]?.has_held ?? false;
}

function heldLines(outcome: readonly Attempted[]): Reservation['lines'] {
  const byVariant = Map.groupBy(outcome, (level) => level.variant_id);
  return [...byVariant].map(([variantId, levels]) => ({
    variantId,
    quantity: levels.reduce((sum, level) => sum + (level.quantity ?? 0), 0),
    backordered: levels.reduce((sum, level) => sum + (level.backordered ?? 0), 0),
  }));
}

/**
 * Gives more time to a reservation that is still held. One statement.
 *
 * @returns null when it is not
 */
export async function extendReservation(tx: TransactionContext, id: string): Promise<Hold | null> {
  const now = tx.clock.now();
  const expiresAt = addSeconds(now, RESERVATION_SECONDS);
  const { numUpdatedRows } = await tx.db
    .updateTable('reservations')
    .set({ expires_at: expiresAt, updated_at: now })
    .where('id', '=', id)
    .where('status', '=', 'held')
    .executeTakeFirst();
  return numUpdatedRows > 0n ? { id, expiresAt } : null;
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
