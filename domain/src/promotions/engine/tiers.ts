import type { TieredAction } from '../actions.ts';
import { type Ground, unitsOf, worthOf } from './ground.ts';
import { amountMissing, itemsMissing, type Missing } from './refusal.ts';

type Tier = TieredAction['tiers'][number];

/** The tiers that this currency knows, the lowest first, each with where it begins. */
function ladder(ground: Ground, { tiers }: TieredAction): { tier: Tier; begins: number }[] {
  const { currency } = ground.sale;
  return tiers
    .flatMap((tier) => {
      const begins = 'amounts' in tier.from ? tier.from.amounts[currency] : tier.from.quantity;
      const isKnown = 'percent' in tier.off || tier.off.amounts[currency] !== undefined;
      return begins !== undefined && isKnown ? [{ tier, begins }] : [];
    })
    .sort((a, b) => a.begins - b.begins);
}

function countOf(ground: Ground, action: TieredAction, places: readonly number[]): number {
  const countsMoney = action.tiers.some(({ from }) => 'amounts' in from);
  return countsMoney ? worthOf(ground, places) : unitsOf(ground, places);
}

/** The highest tier that lines reach. */
export function reachedTier(
  ground: Ground,
  action: TieredAction,
  places: readonly number[],
): Tier | undefined {
  const count = countOf(ground, action, places);
  return ladder(ground, action).findLast(({ begins }) => begins <= count)?.tier;
}

/** What lines lack for the tier after; null on the highest. */
export function nextTier(ground: Ground, action: TieredAction, places: readonly number[]): Missing | null {
  const count = countOf(ground, action, places);
  const next = ladder(ground, action).find(({ begins }) => begins > count);
  if (!next) return null;
  const missing = next.begins - count;
  return 'amounts' in next.tier.from ? amountMissing(missing) : itemsMissing(missing);
}
