import { releaseAllocation } from '../inventory/index.ts';
import type { Context } from '../kernel/index.ts';
import { releasePayment } from '../payments/index.ts';
import { releaseRedemptions } from '../promotions/index.ts';

/**
 * Gives back what an order held that was called off: its units to the stock, its uses to the promotions, its money to gift cards and to
 * the buyer. Doing it again gives back nothing more.
 */
export async function releaseOrder(
  ctx: Context,
  order: { orderId: string; checkoutId: string; reservationId: string },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    await releaseAllocation(tx, order.reservationId);
    await releaseRedemptions(tx, { checkoutId: order.checkoutId });
  });
  await releasePayment(ctx, { orderId: order.orderId });
}
