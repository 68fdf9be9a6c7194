import { getOrder, orderView } from '@souk/domain/orders';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const ordersRouter = router({
  get: procedure('orders:read:own', 4)
    .input(z.object({ number: z.string().min(1).max(40), token: z.string().min(1).max(300) }))
    .output(orderView)
    .query(({ ctx, input }) => getOrder(ctx.domain, input)),
});
