import type { TransactionContext } from '../kernel/index.ts';
import { availabilityChanged, stockBack, stockLow } from './events.ts';
import { PLENTY } from './model.ts';
import { stockStrategy } from './strategy.ts';

/** A level as it was when it was locked. */
export interface Level {
  readonly variant_id: string;
  readonly location_id: string;
  readonly on_hand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly allows_backorder: boolean;
  readonly backorder_limit: number | null;
}

/** A level with what a statement did to it; all levels of a variant come together. */
export interface ChangedLevel extends Level {
  /** Whether its location sells. */
  readonly is_active: boolean;
  readonly on_hand_delta: number;
  readonly promised_delta: number;
  readonly low_threshold: number | null;
}

/** Units at a level that lie there and are nobody's. */
export function freeAt(level: Level): number {
  return Math.max(0, level.on_hand - level.reserved - level.allocated);
}

/** Units at a level that may be promised beyond those that lie there. */
export function aheadAt(level: Level): number {
  if (!level.allows_backorder) return 0;
  if (level.backorder_limit === null) return PLENTY;
  const oversold = Math.max(0, level.reserved + level.allocated - level.on_hand);
  return Math.max(0, level.backorder_limit - oversold);
}

/** Tells of variants that sold out, are back or became few. The levels must be locked, or the sums may be wrong. */
export async function tellChanges(tx: TransactionContext, levels: readonly ChangedLevel[]): Promise<void> {
  const byVariant = Map.groupBy(
    levels.filter((level) => level.is_active),
    (level) => level.variant_id,
  );
  const events = [...byVariant].flatMap(([variantId, before]) => {
    const after = before.map((level) => ({
      ...level,
      on_hand: level.on_hand + level.on_hand_delta,
      reserved: level.reserved + level.promised_delta,
    }));
    return eventsOf(variantId, before, after, before[0]?.low_threshold ?? stockStrategy.lowThreshold);
  });
  await tx.emit(...events);
}

/** What others want to hear when the levels of a variant go from one state to another. */
export function eventsOf(
  variantId: string,
  before: readonly Level[],
  after: readonly Level[],
  threshold: number,
) {
  const [had, has] = [sellable(before), sellable(after)];
  const [lay, lies] = [unitsFree(before), unitsFree(after)];
  return [
    ...(had > 0 !== has > 0 ? [availabilityChanged(variantId, { isAvailable: has > 0 })] : []),
    ...(had === 0 && has > 0 ? [stockBack(variantId, { available: has })] : []),
    ...(lay > threshold && lies <= threshold ? [stockLow(variantId, { available: lies, threshold })] : []),
  ];
}

function sellable(levels: readonly Level[]): number {
  return Math.min(
    PLENTY,
    levels.reduce((sum, level) => sum + freeAt(level) + aheadAt(level), 0),
  );
}

function unitsFree(levels: readonly Level[]): number {
  return levels.reduce((sum, level) => sum + freeAt(level), 0);
}
