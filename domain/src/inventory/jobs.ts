import type { ModuleJobs } from '../kernel/index.ts';
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
  ],
};
