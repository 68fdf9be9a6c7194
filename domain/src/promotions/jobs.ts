import type { ModuleJobs } from '../kernel/index.ts';
import { expireGiftCards } from './tend-gift-cards.ts';

export const promotionJobs: ModuleJobs = {
  schedules: [
    {
      name: 'promotions.expire-gift-cards',
      cron: '7 * * * *',
      async handle(ctx) {
        const expired = await expireGiftCards(ctx);
        if (expired > 0) ctx.logger.info({ expired }, 'gift cards expired');
      },
    },
  ],
};
