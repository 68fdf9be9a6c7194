import type { ModuleJobs } from '../kernel/index.ts';
import { tellAbandonedCarts } from './abandon-carts.ts';
import { dropExpiredCarts } from './close-cart.ts';
import { dropSharedCarts } from './share-cart.ts';

export const cartJobs: ModuleJobs = {
  schedules: [
    {
      name: 'cart.tell-abandoned',
      cron: '*/10 * * * *',
      async handle(ctx) {
        const told = await tellAbandonedCarts(ctx);
        if (told > 0) ctx.logger.info({ told }, 'carts were left');
      },
    },
    {
      name: 'cart.drop-expired',
      cron: '17 * * * *',
      async handle(ctx) {
        const dropped = await dropExpiredCarts(ctx);
        const links = await dropSharedCarts(ctx);
        if (dropped + links > 0)
          ctx.logger.info({ dropped, links }, 'expired carts and shared links dropped');
      },
    },
  ],
};
