import { stockBack } from '../inventory/index.ts';
import type { Context, ModuleJobs, StoredEvent } from '../kernel/index.ts';
import { orderCancelled, orderPaid, orderPlaced, paymentReminded } from '../orders/index.ts';
import { dropOldStockAlerts, enqueueStockAlerts, mailStockAlertsJob } from './mail-stock-alerts.ts';
import {
  sendOrderCancelled,
  sendOrderConfirmation,
  sendOrderPaid,
  sendOrderReminder,
} from './order-mails.ts';

export const notificationJobs: ModuleJobs = {
  subscriptions: [
    {
      // one for all of them, so that a buyer hears of things in the order that they happened; by the name that it had with the first
      name: 'notifications.order-confirmation',
      on: [orderPlaced, orderPaid, paymentReminded, orderCancelled],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await tell(ctx, event);
      },
    },
    {
      name: 'notifications.stock-alerts',
      on: [stockBack],
      // an import puts thousands of variants on the shelf that nobody waits for: a job for each would hold up all other events
      mode: 'batch',
      batchSize: 500,
      handle: (ctx, events) =>
        enqueueStockAlerts(
          ctx,
          events.map((event) => event.aggregateId),
        ),
    },
  ],
  jobs: [mailStockAlertsJob],
  schedules: [
    {
      name: 'notifications.drop-stock-alerts',
      cron: '40 3 * * *',
      async handle(ctx) {
        const dropped = await dropOldStockAlerts(ctx);
        if (dropped > 0) ctx.logger.info({ dropped }, 'old stock alerts dropped');
      },
    },
  ],
};

async function tell(ctx: Context, { type, aggregateId, payload }: StoredEvent): Promise<void> {
  switch (type) {
    case orderPlaced.type:
      return sendOrderConfirmation(ctx, aggregateId);
    case orderPaid.type:
      return sendOrderPaid(ctx, aggregateId);
    case paymentReminded.type:
      return sendOrderReminder(ctx, aggregateId);
    case orderCancelled.type:
      return sendOrderCancelled(ctx, aggregateId, orderCancelled.schema.parse(payload));
  }
}
