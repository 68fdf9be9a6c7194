import { z } from 'zod';
import { defineJob, enqueue, type TransactionContext } from '../kernel/index.ts';
import { expireHostedPayment } from './hosted-payments.ts';

/** Closes a page of the provider's that nobody is to pay on any more. Who was quicker is sent their money back; see `settleOrderPayment`. */
export const closePageJob = defineJob({
  name: 'payments.close-page',
  payload: z.object({ sessionId: z.string() }),
  async handle(ctx, { sessionId }) {
    await expireHostedPayment(ctx, sessionId);
  },
});

/** Has a page closed once the caller's transaction commits, because what it is for is called off. One statement. */
export async function abandonHostedPayment(tx: TransactionContext, sessionId: string): Promise<void> {
  await enqueue(tx, closePageJob, { sessionId }, { key: `close-page:${sessionId}` });
}
