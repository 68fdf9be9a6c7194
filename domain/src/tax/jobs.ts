import type { ModuleJobs } from '../kernel/index.ts';
import { orderCancelled, orderPlaced } from '../orders/index.ts';
import { commitTax, voidTax } from './avalara/report-sale.ts';

/** The tax service hears of orders in their order: what is placed is reported, what is cancelled is taken back. */
export const taxJobs: ModuleJobs = {
  subscriptions: [
    {
      name: 'tax.report',
      on: [orderPlaced, orderCancelled],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const input = { orderId: event.aggregateId };
          if (event.type === orderPlaced.type) await commitTax(ctx, input);
          else await voidTax(ctx, input);
        }
      },
    },
  ],
};
