import type { ModuleJobs } from '../kernel/index.ts';
import { orderCancelled, orderPaid, orderPlaced, paymentReminded } from '../orders/index.ts';
import {
  sendOrderCancelled,
  sendOrderConfirmation,
  sendOrderPaid,
  sendOrderReminder,
} from './order-mails.ts';

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
    {
      name: 'notifications.order-paid',
      on: [orderPaid],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await sendOrderPaid(ctx, event.aggregateId);
      },
    },
    {
      name: 'notifications.order-reminder',
      on: [paymentReminded],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await sendOrderReminder(ctx, event.aggregateId);
      },
    },
    {
      name: 'notifications.order-cancelled',
      on: [orderCancelled],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const was = orderCancelled.schema.parse(event.payload);
          await sendOrderCancelled(ctx, event.aggregateId, was);
        }
      },
    },
  ],
};
