import { z } from 'zod';
import { sellableVariants } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import { type Context, moneyOf } from '../kernel/index.ts';
import { currentBuyer, pricesOf } from '../pricing/index.ts';
import type { Wanted } from './add-all-to-cart.ts';
import { MAX_QUANTITY, type SharedCartView } from './model.ts';

/** Some units of variants, as they are kept of a cart. */
export const wantedLines = z.array(
  z.object({ variantId: z.uuid(), quantity: z.int().min(1).max(MAX_QUANTITY) }),
);

/** Things of somebody's cart as the shop sells them to who asks: today's prices, and what there is of each. Four statements. */
export async function offeredLines(ctx: Context, lines: readonly Wanted[]): Promise<SharedCartView['lines']> {
  const variantIds = lines.map((line) => line.variantId);
  const buyer = await currentBuyer(ctx);
  const [variants, prices, stock] = await Promise.all([
    sellableVariants(ctx, variantIds),
    pricesOf(ctx, variantIds, buyer),
    availabilityOf(ctx, variantIds),
  ]);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return lines.flatMap(({ variantId, quantity }) => {
    const variant = byId.get(variantId);
    const price = prices.get(variantId);
    if (!variant) return [];
    const available = variant.isForSale && price ? (stock.get(variantId) ?? 0) : 0;
    return {
      variantId,
      handle: variant.handle,
      title: variant.title,
      variantTitle: variant.variantTitle,
      image: variant.image,
      quantity,
      unitPrice: price ? moneyOf(price.amount, buyer.currency) : null,
      compareAt: price?.compareAtAmount ? moneyOf(price.compareAtAmount, buyer.currency) : null,
      available: Math.min(available, MAX_QUANTITY),
    };
  });
}
