import { sql } from 'kysely';
import {
  anyOf,
  type Context,
  type Given,
  momentOf,
  type Read,
  read,
  readOf,
  sumAmounts,
} from '../kernel/index.ts';
import { PLENTY, type SellingPolicy, type Stock } from './model.ts';
import { stockStrategy } from './strategy.ts';

const DAY_MS = 86_400_000;

/** A variant at one location. */
interface StockRow {
  readonly variant_id: string;
  /** Units that lie there and are nobody's; below zero where more are sold than there are. */
  readonly balance: number;
  readonly allows_backorder: boolean;
  readonly backorder_limit: number | null;
  readonly policy: SellingPolicy | null;
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
  variantIds: Given<readonly string[]>,
  holderId: string | null,
  destination: { readonly country: Given<string | null> } | null,
): Read<Map<string, Stock>> {
  const country = destination?.country ?? null;
  const query = sql`
    with own as (
      select line.variant_id, line.location_id, sum(line.quantity) as quantity
      from reservations reservation join reservation_lines line on line.reservation_id = reservation.id
      where reservation.holder_id = ${holderId}::uuid and reservation.status = 'held'
      group by line.variant_id, line.location_id
    )
    select level.variant_id, level.on_hand - level.reserved - level.allocated + coalesce(own.quantity, 0) as balance,
      level.allows_backorder, level.backorder_limit,
      policy.policy, policy.lead_min_days, policy.lead_max_days, policy.release_at, policy.low_threshold
    from stock_levels level
    join locations location on location.id = level.location_id
    left join own on own.variant_id = level.variant_id and own.location_id = level.location_id
    left join stock_policies policy on policy.variant_id = level.variant_id
    where level.variant_id = ${anyOf(variantIds)} and location.is_active
      and (${country}::text is null or location.countries = '{}' or ${country}::text = any(location.countries))
  `;
  const now = ctx.clock.now();
  return readOf<StockRow, Map<string, Stock>>(query, (rows) => {
    const byVariant = Map.groupBy(rows, (row) => row.variant_id);
    return new Map([...byVariant].map(([variantId, levels]) => [variantId, stockIn(levels, now)]));
  });
}

/** What all levels of a variant come to. @param levels the same policy stands in each */
function stockIn(levels: readonly StockRow[], now: Date): Stock {
  const free = sumAmounts(levels.map((level) => Math.max(0, level.balance)));
  const available = Math.min(PLENTY, sumAmounts(levels.map(sellableAt)));
  const chosen = levels[0];
  const policy = chosen?.policy ?? (levels.some(isEndless) ? 'backorder' : 'deny');
  const min = chosen?.lead_min_days ?? null;
  const max = chosen?.lead_max_days ?? null;
  const releaseAt = momentOf(chosen?.release_at ?? null);
  const isAwaited = releaseAt !== null && releaseAt > now;
  return {
    available,
    // what lies there before its release is not sent either
    onHandAvailable: isAwaited ? 0 : Math.min(free, available),
    policy,
    shipsAt:
      releaseAt ?? (policy === 'backorder' && max !== null ? new Date(now.getTime() + max * DAY_MS) : null),
    leadDays: policy === 'backorder' && min !== null && max !== null ? { min, max } : null,
    isLow: !isAwaited && free > 0 && free <= (chosen?.low_threshold ?? stockStrategy.lowThreshold),
  };
}

/** Tells whether any number of units is sold ahead of stock there. */
function isEndless(level: StockRow): boolean {
  return level.allows_backorder && level.backorder_limit === null;
}

function sellableAt(level: StockRow): number {
  if (isEndless(level)) return PLENTY;
  return Math.max(0, level.balance + (level.allows_backorder ? (level.backorder_limit ?? 0) : 0));
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
