import {
  findOrder,
  getOrder,
  listMyOrders,
  listOrders,
  orderFilter,
  orderListInput,
  orderListItem,
  orderSummary,
  orderView,
} from '@souk/domain/orders';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const ordersRouter = router({
  /** By the token of its link, or, without one, as the account that it belongs to. */
  get: procedure('orders:read:own', 4)
    .input(
      z.object({
        number: z.string().min(1).max(40),
        token: z.string().min(1).max(300).nullable().default(null),
      }),
    )
    .output(orderView)
    .query(({ ctx, input }) => getOrder(ctx.domain, input)),

  mine: procedure('account:own', 2)
    .input(orderListInput)
    .output(z.object({ items: z.array(orderSummary), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listMyOrders(ctx.domain, input);
      return { items: [...items], nextCursor };
    }),

  /** Everybody's. */
  list: procedure('orders:read:all', 1)
    .input(orderFilter.prefault({}))
    .output(z.object({ items: z.array(orderListItem), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listOrders(ctx.domain, input);
      return { items: [...items], nextCursor };
    }),

  find: procedure('orders:read:all', 4)
    .input(z.strictObject({ number: z.string().min(1).max(40) }))
    .output(orderView)
    .query(({ ctx, input }) => findOrder(ctx.domain, input)),
});
