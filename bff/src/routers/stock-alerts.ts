import {
  askForStockAlert,
  stockAlertInput,
  stockAlertsByToken,
  stopStockAlerts,
} from '@souk/domain/notifications';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const byToken = z.strictObject({ token: z.string().min(1).max(200) });

export const stockAlertsRouter = router({
  ask: procedure('catalog:read', 6)
    .input(stockAlertInput)
    .output(z.object({ outcome: z.enum(['waiting', 'in_stock']) }))
    .mutation(({ ctx, input }) => askForStockAlert(ctx.domain, { ...input, locale: ctx.locale })),

  byToken: procedure('catalog:read', 2)
    .input(byToken)
    .output(z.object({ waiting: z.int() }))
    .query(({ ctx, input }) => stockAlertsByToken(ctx.domain, input)),

  stop: procedure('catalog:read', 2)
    .input(byToken)
    .output(z.void())
    .mutation(({ ctx, input }) => stopStockAlerts(ctx.domain, input)),
});
