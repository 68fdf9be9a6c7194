import { sql } from 'kysely';
import { anyOf, type Context, momentOf, type Read, read, readOf } from '../kernel/index.ts';
import { PLENTY, type SellingPolicy, type Stock } from './model.ts';
import { stockStrategy } from './strategy.ts';

const DAY_MS = 86_400_000;

interface StockRow {
  readonly variant_id: string;
  readonly free: number;
  readonly available: number;
  readonly policy: SellingPolicy;
  readonly lead_min_days: number | null;
  readonly lead_max_days: number | null;
  readonly release_at: Date | string | null;
  readonly low_threshold: number | null;
}

/**
 * What can be sold of variants now, over all locations that sell, by variant id. Variants without stock are left out. One statement.
 *
 * @param holderId a cart: what is held for it already counts as available to it
 * @param destination leaves out locations that do not deliver there
 */
export async function stockOf(
  ctx: Context,
  variantIds: readonly string[],
  holderId: string | null = null,
  destination: { country: string } | null = null,
): Promise<Map<string, Stock>> {
  if (variantIds.length === 0) return new Map();
  return read(ctx, stockQuestion(ctx, variantIds, holderId, destination));
}

/** The same as a question, to be asked together with others. */
export function stockQuestion(
  ctx: Context,
  variantIds: readonly string[],
  holderId: string | null,
  destination: { country: string } | null,
): Read<Map<string, Stock>> {
  const country = destination?.country ?? null;
  const query = sql`
    with own as (
      select line.variant_id, line.location_id, sum(line.quantity) as quantity
      from reservations reservation join reservation_lines line on line.reservation_id = reservation.id
      where reservation.holder_id = ${holderId}::uuid and reservation.status = 'held'
      group by line.variant_id, line.location_id
    ), level as (
      select level.*, level.on_hand - level.reserved - level.allocated + coalesce(own.quantity, 0) as balance
      from stock_levels level
      join locations location on location.id = level.location_id
      left join own on own.variant_id = level.variant_id and own.location_id = level.location_id
      where level.variant_id = ${anyOf(variantIds)} and location.is_active
        and (${country}::text is null or location.countries = '{}' or ${country}::text = any(location.countries))
    )
    select level.variant_id,
      sum(greatest(0, level.balance))::int as free,
      least(${PLENTY}::int, sum(greatest(0, case
        when not level.allows_backorder then level.balance
        when level.backorder_limit is null then ${PLENTY}::int
        else level.balance + level.backorder_limit
      end)))::int as available,
      coalesce(policy.policy, case
        when bool_or(level.allows_backorder and level.backorder_limit is null) then 'backorder' else 'deny'
      end) as policy,
      policy.lead_min_days, policy.lead_max_days, policy.release_at, policy.low_threshold
    from level left join stock_policies policy on policy.variant_id = level.variant_id
    group by level.variant_id, policy.variant_id
  `;
  const now = ctx.clock.now();
  return readOf<StockRow, Map<string, Stock>>(
    query,
    (rows) => new Map(rows.map((row) => [row.variant_id, stockIn(row, now)])),
  );
}

function stockIn(row: StockRow, now: Date): Stock {
  const { available, policy, lead_min_days: min, lead_max_days: max } = row;
  const releaseAt = momentOf(row.release_at);
  const isAwaited = releaseAt !== null && releaseAt > now;
  return {
    available,
    // what lies there before its release is not sent either
    onHandAvailable: isAwaited ? 0 : Math.min(row.free, available),
    policy,
    shipsAt:
      releaseAt ?? (policy === 'backorder' && max !== null ? new Date(now.getTime() + max * DAY_MS) : null),
    leadDays: policy === 'backorder' && min !== null && max !== null ? { min, max } : null,
    isLow: !isAwaited && row.free > 0 && row.free <= (row.low_threshold ?? stockStrategy.lowThreshold),
  };
}

/** The units of variants that can be sold now, by variant id; see `stockOf`. One statement. */
export async function availabilityOf(
  ctx: Context,
  variantIds: readonly string[],
  holderId: string | null = null,
): Promise<Map<string, number>> {
  const stock = await stockOf(ctx, variantIds, holderId);
  return new Map([...stock].map(([variantId, { available }]) => [variantId, available]));
}
