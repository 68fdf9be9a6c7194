import { userRegistered } from '../identity/index.ts';
import type { ModuleJobs } from '../kernel/index.ts';
import { attachGuestOrders } from './attach-guest-orders.ts';
import { chaseUnpaidOrders } from './chase-unpaid-orders.ts';
import { issueSubscription } from './documents/issue-jobs.ts';

export const orderJobs: ModuleJobs = {
  subscriptions: [
    {
      name: 'orders.attach-guest-orders',
      on: [userRegistered],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await attachGuestOrders(ctx, event.aggregateId);
      },
    },
    issueSubscription,
  ],
  schedules: [
    {
      name: 'orders.chase-unpaid',
      cron: '*/15 * * * *',
      async handle(ctx) {
        await chaseUnpaidOrders(ctx);
      },
    },
  ],
};
