import { z } from 'zod';
import { defineJob } from '../kernel/index.ts';
import { expireHostedPayment } from './hosted-payments.ts';

/** Closes a page of the provider's that nobody is to pay on any more. Who was quicker is sent their money back; see `settleOrderPayment`. */
export const closePageJob = defineJob({
  name: 'payments.close-page',
  payload: z.object({ sessionId: z.string() }),
  async handle(ctx, { sessionId }) {
    await expireHostedPayment(ctx, sessionId);
  },
});
