import type { ModuleJobs } from '../kernel/index.ts';
import { dropExpiredCarts } from './close-cart.ts';

export const cartJobs: ModuleJobs = {
  schedules: [
    {
      name: 'cart.drop-expired',
      cron: '17 * * * *',
      async handle(ctx) {
        const dropped = await dropExpiredCarts(ctx);
        if (dropped > 0) ctx.logger.info({ dropped }, 'expired carts dropped');
      },
    },
  ],
};
