import { z } from 'zod';
import { addSeconds, defineJob, enqueue, type Job, type ModuleJobs } from '../kernel/index.ts';
import {
  orderCancelled,
  orderPlaced,
  recordDispute,
  recordDisputeClosed,
  recordFailedRefund,
  recordRefund,
  recordVoid,
} from '../orders/index.ts';
import {
  disputeClosed,
  hostedPaymentReported,
  orderPaymentReported,
  paymentDisputed,
  paymentRefunded,
  paymentReported,
  paymentVoided,
  refundFailed,
} from '../payments/index.ts';
import { captureOrderPayment } from './capture-payment.ts';
import { settleOrder } from './pay-later.ts';
import { handleHostedReport, handlePaymentReport, reconcile } from './reconcile.ts';
import { releaseOrder } from './release-order.ts';

/** The webhooks that can decide a placement; the others tell nothing new. */
const decisive = new Set([
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
]);

/** Seconds from one look at what was interrupted to the next, between those of the schedule. */
const LOOK_AGAIN_SECONDS = 30;

/** Twice a minute, as schedules run once: nobody is to wait for longer than a minute to hear what became of their money. */
const reconcileAgainJob = defineJob({
  name: 'checkout.reconcile-again',
  payload: z.object({}),
  async handle(ctx) {
    await reconcile(ctx);
  },
});

/** What joins orders with their payments: neither of the two knows the other. */
export const checkoutJobs: ModuleJobs = {
  jobs: [reconcileAgainJob as Job],
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
      name: 'checkout.settle-hosted-payment',
      on: [hostedPaymentReported],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const { sessionId } = hostedPaymentReported.schema.parse(event.payload);
          await handleHostedReport(ctx, { checkoutId: event.aggregateId, sessionId });
        }
      },
    },
    {
      name: 'checkout.settle-order-payment',
      on: [orderPaymentReported],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) await settleOrder(ctx, event.aggregateId);
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
    {
      name: 'checkout.release-order',
      on: [orderCancelled],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const { checkoutId, reservationId } = orderCancelled.schema.parse(event.payload);
          await releaseOrder(ctx, { orderId: event.aggregateId, checkoutId, reservationId });
        }
      },
    },
    {
      name: 'checkout.record-returned-money',
      on: [paymentRefunded, refundFailed, paymentVoided],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const orderId = event.aggregateId;
          await ctx.transaction(async (tx) => {
            if (event.type === paymentVoided.type) return recordVoid(tx, orderId);
            if (event.type === refundFailed.type) {
              return recordFailedRefund(tx, orderId, refundFailed.schema.parse(event.payload));
            }
            const { refundId, amount } = paymentRefunded.schema.parse(event.payload);
            return recordRefund(tx, orderId, { refundId, amount });
          });
        }
      },
    },
    {
      name: 'checkout.record-disputes',
      on: [paymentDisputed, disputeClosed],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const event of events) {
          const orderId = event.aggregateId;
          await ctx.transaction(async (tx) => {
            if (event.type === disputeClosed.type) {
              return recordDisputeClosed(tx, orderId, disputeClosed.schema.parse(event.payload));
            }
            const {
              intentId,
              amount,
              reason,
              disputeId = intentId,
            } = paymentDisputed.schema.parse(event.payload);
            return recordDispute(tx, orderId, { disputeId, amount, reason });
          });
        }
      },
    },
  ],
  schedules: [
    {
      name: 'checkout.reconcile',
      cron: '* * * * *',
      async handle(ctx) {
        const runAt = addSeconds(ctx.clock.now(), LOOK_AGAIN_SECONDS);
        const { name } = reconcileAgainJob;
        await enqueue(ctx, reconcileAgainJob, {}, { key: name, queue: 'checkout.reconcile', runAt });
        await reconcile(ctx);
      },
    },
  ],
};
