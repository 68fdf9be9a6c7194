import type { Job, ModuleJobs } from '../kernel/index.ts';
import { orderPlaced } from '../orders/index.ts';
import { paymentReported } from '../payments/index.ts';
import { captureOrderPayment } from './capture-payment.ts';
import { handlePaymentReport, reconcile } from './reconcile.ts';
import { settleJob } from './settle-job.ts';

/** The webhooks that can decide a placement; the others tell nothing new. */
const decisive = new Set([
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
]);

export const checkoutJobs: ModuleJobs = {
  jobs: [settleJob as Job],
  subscriptions: [
    {
      name: 'checkout.settle-payment',
      on: [paymentReported],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const report = paymentReported.schema.parse(event.payload);
          if (!decisive.has(report.type)) continue;
          await handlePaymentReport(ctx, { checkoutId: event.aggregateId, intentId: report.intentId });
        }
      },
    },
    {
      name: 'checkout.capture-payment',
      on: [orderPlaced],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await captureOrderPayment(ctx, event.aggregateId);
      },
    },
  ],
  schedules: [
    {
      name: 'checkout.reconcile',
      cron: '* * * * *',
      async handle(ctx) {
        await reconcile(ctx);
      },
    },
  ],
};
