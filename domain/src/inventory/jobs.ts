import type { ModuleJobs } from '../kernel/index.ts';
import { endPreorders } from './set-policy.ts';
import { sweepReservations } from './settle-reservation.ts';

export const inventoryJobs: ModuleJobs = {
  schedules: [
    {
      name: 'inventory.sweep-reservations',
      cron: '* * * * *',
      async handle(ctx) {
        const swept = await sweepReservations(ctx);
        if (swept > 0) ctx.logger.info({ swept }, 'reservations lapsed');
      },
    },
    {
      name: 'inventory.end-preorders',
      cron: '* * * * *',
      async handle(ctx) {
        const ended = await endPreorders(ctx);
        if (ended > 0) ctx.logger.info({ ended }, 'pre-orders are over');
      },
    },
  ],
};
