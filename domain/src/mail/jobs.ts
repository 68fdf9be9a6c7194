import type { ModuleJobs } from '../kernel/index.ts';
import { sendMailJob } from './send-mail.ts';
import { dropOldMails, reviveAbandonedMails } from './sweep-mails.ts';

export const mailJobs: ModuleJobs = {
  jobs: [sendMailJob],
  schedules: [
    {
      name: 'mail.drop-old',
      cron: '41 3 * * *',
      async handle(ctx) {
        const dropped = await dropOldMails(ctx);
        if (dropped > 0) ctx.logger.info({ dropped }, 'old mails dropped');
      },
    },
    {
      name: 'mail.revive-abandoned',
      cron: '*/5 * * * *',
      async handle(ctx) {
        const revived = await reviveAbandonedMails(ctx);
        if (revived > 0) ctx.logger.warn({ revived }, 'mails whose sender died are queued anew');
      },
    },
  ],
};
