import type { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { orderView } from './model.ts';
import { viewsOf } from './order-view.ts';

/** An order as it is handed to whom it belongs. */
export const exportedOrder = orderView.omit({ isGuest: true, isCancellable: true });
export type ExportedOrder = z.infer<typeof exportedOrder>;

/** All orders of a customer, the newest first, for the copy of their data. Four statements. */
export async function exportOrders(ctx: Context, input: { userId: string }): Promise<ExportedOrder[]> {
  const orders = await ctx.db
    .selectFrom('orders')
    .selectAll()
    .where('user_id', '=', input.userId)
    .orderBy('placed_at', 'desc')
    .orderBy('id')
    .execute();
  return (await viewsOf(ctx, orders)).map(({ isGuest: _, isCancellable: __, ...order }) => order);
}
