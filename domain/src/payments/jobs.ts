import type { Job, ModuleJobs } from '../kernel/index.ts';
import { cancelIntentJob } from './abandon-intent.ts';
import { closePageJob } from './close-page.ts';
import { bookSchedules } from './compare-books-schedule.ts';
import { dropOldPayloads } from './drop-webhook-payloads.ts';
import { deleteCustomerJob } from './forget-customer.ts';
import { forgetAttempts } from './guard-attempts.ts';
import { handleForgottenWebhooks, handleWebhookJob } from './handle-webhook.ts';
import { sendForgottenRefunds, sendRefundJob } from './refund-payment.ts';

export const paymentJobs: ModuleJobs = {
  jobs: [
    handleWebhookJob as Job,
    cancelIntentJob as Job,
    closePageJob as Job,
    sendRefundJob as Job,
    deleteCustomerJob as Job,
  ],
  schedules: [
    ...bookSchedules,
    {
      name: 'payments.sweep',
      cron: '*/10 * * * *',
      async handle(ctx) {
        await handleForgottenWebhooks(ctx);
        await sendForgottenRefunds(ctx);
        await forgetAttempts(ctx);
        await dropOldPayloads(ctx);
      },
    },
  ],
};
