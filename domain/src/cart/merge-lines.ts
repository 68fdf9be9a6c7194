import { MAX_LINES, MAX_QUANTITY } from './model.ts';

export interface MergeLine {
  readonly variantId: string;
  readonly quantity: number;
}

/** What becomes of a variant when two carts are put together. */
export interface MergedLine extends MergeLine {
  /** Units that the two carts hold. */
  readonly wanted: number;
  /** Units in the cart; 0: kept for later. */
  readonly quantity: number;
}

/**
 * Puts the lines of two carts together: quantities add up, as far as stock and what a line may hold allow. What finds no room at all is
 * not lost: it is kept for later. The quantities do not depend on which of the carts is the first; only when both have more
 * variants than a cart may hold, those of the first come first.
 *
 * @param available units that can be sold to the two of them, by variant
 */
export function mergeLines(
  first: readonly MergeLine[],
  second: readonly MergeLine[],
  available: ReadonlyMap<string, number>,
): MergedLine[] {
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of [...first, ...second]) {
    wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  }
  let room = MAX_LINES;
  return [...wanted].map(([variantId, sum]) => {
    const most = Math.min(sum, MAX_QUANTITY, available.get(variantId) ?? 0);
    const quantity = room > 0 ? most : 0;
    if (quantity > 0) room -= 1;
    return { variantId, wanted: sum, quantity };
  });
}
