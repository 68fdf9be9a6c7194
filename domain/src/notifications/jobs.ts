import type { ModuleJobs } from '../kernel/index.ts';
import { orderPlaced } from '../orders/index.ts';
import { sendOrderConfirmation } from './send-order-confirmation.ts';

export const notificationJobs: ModuleJobs = {
  subscriptions: [
    {
      name: 'notifications.order-confirmation',
      on: [orderPlaced],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await sendOrderConfirmation(ctx, event.aggregateId);
      },
    },
  ],
};
