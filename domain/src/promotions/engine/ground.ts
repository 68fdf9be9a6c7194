import { sumAmounts } from '../../kernel/index.ts';
import type { Target } from '../documents.ts';
import type { PromotionSale, PromotionSaleLine } from '../sale.ts';

/** A sale with what is reckoned from it once. Lines are named by their place. */
export interface Ground {
  readonly sale: PromotionSale;
  readonly places: readonly number[];
  /** What each line costs at undiscounted prices. */
  readonly totals: readonly number[];
}

export function groundOf(sale: PromotionSale): Ground {
  return {
    sale,
    places: sale.lines.map((_, place) => place),
    totals: sale.lines.map((line) => sumAmounts([line.unitAmount * line.quantity])),
  };
}

/** The places of the lines that a target names; of all without one. */
export function matching(ground: Ground, of: Target | undefined): readonly number[] {
  if (of === undefined) return ground.places;
  const variants = new Set(of.variantIds);
  const products = new Set(of.productIds);
  const categories = new Set(of.categoryIds);
  const isMeant = (line: PromotionSaleLine) =>
    variants.has(line.variantId) ||
    products.has(line.productId) ||
    (categories.size > 0 && line.categoryIds.some((id) => categories.has(id)));
  return ground.places.filter((place) => {
    const line = ground.sale.lines[place];
    return line !== undefined && isMeant(line);
  });
}

/** What lines cost at undiscounted prices. */
export function worthOf(ground: Ground, places: readonly number[]): number {
  return sumAmounts(places.map((place) => ground.totals[place] ?? 0));
}

/** How many units lines have. */
export function unitsOf(ground: Ground, places: readonly number[]): number {
  return sumAmounts(places.map((place) => ground.sale.lines[place]?.quantity ?? 0));
}
