import type { ModuleJobs } from '../kernel/index.ts';
import { sweepReservations } from './reserve-stock.ts';

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
  ],
};
