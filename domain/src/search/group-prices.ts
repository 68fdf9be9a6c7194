import { offerOf, variantIdsOfProducts } from '../catalog/index.ts';
import { type Context, moneyOf } from '../kernel/index.ts';
import { buyerIn, currentGroupIds, pricesOf, type Region } from '../pricing/index.ts';
import type { ProductCard } from './model.ts';

/**
 * Puts right what a list of somebody's customer groups changes: engines know the prices of everybody else. One statement for who is
 * logged in, two more for members of a group, however many cards.
 */
export async function forGroups(
  ctx: Context,
  cards: readonly ProductCard[],
  region: Region,
): Promise<ProductCard[]> {
  const groupIds = cards.length === 0 ? [] : await currentGroupIds(ctx);
  if (groupIds.length === 0) return [...cards];
  const variantIds = await variantIdsOfProducts(
    ctx,
    cards.map((card) => card.id),
  );
  const prices = await pricesOf(ctx, [...variantIds.values()].flat(), buyerIn(region, groupIds));
  return cards.map((card) => {
    const own = (variantIds.get(card.id) ?? []).flatMap((id) => prices.get(id) ?? []);
    // withdrawn since the engine was told
    if (own.length === 0) return card;
    const { min, max, compareAt, saleEndsAt } = offerOf(own);
    return {
      ...card,
      price: moneyOf(min, region.currency),
      hasPriceRange: max > min,
      compareAt: compareAt === null ? null : moneyOf(compareAt, region.currency),
      saleEndsAt,
    };
  });
}
