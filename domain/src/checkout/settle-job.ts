import { z } from 'zod';
import { addSeconds, defineJob, enqueue } from '../kernel/index.ts';
import { settleCheckout } from './settle-checkout.ts';

/** How long until a placement that waits for the bank is looked at again. */
const NEXT_LOOK_SECONDS = 30;

/** Finishes or undoes a placement whose process may be gone; comes back while the bank has not decided. */
export const settleJob = defineJob({
  name: 'checkout.settle',
  payload: z.object({ checkoutId: z.uuid() }),
  async handle(ctx, { checkoutId }) {
    const { outcome } = await settleCheckout(ctx, { checkoutId });
    if (outcome === 'placed' || outcome === 'declined') return;
    await enqueue(
      ctx,
      settleJob,
      { checkoutId },
      { key: `settle:${checkoutId}`, runAt: addSeconds(ctx.clock.now(), NEXT_LOOK_SECONDS) },
    );
  },
});
