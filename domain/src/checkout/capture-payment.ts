import type { Context } from '../kernel/index.ts';
import { markOrderPaid } from '../orders/index.ts';
import { captureIntent, intentOfOrder, recordCaptured } from '../payments/index.ts';

/** Takes the money of an order that the bank holds; repeating it takes it once. An order that is paid in another way is left alone. */
export async function captureOrderPayment(ctx: Context, orderId: string): Promise<void> {
  const intentId = await intentOfOrder(ctx, orderId);
  if (intentId === null) return;
  const intent = await captureIntent(ctx, intentId);
  // the order was called off before its money was taken
  if (intent.status === 'cancelled') return;
  if (intent.status !== 'captured')
    throw new Error(`intent ${intentId} is ${intent.status} after its capture`);
  await ctx.transaction(async (tx) => {
    if (!(await recordCaptured(tx, intentId, intent.amount))) return;
    tx.afterCommit(() => tx.observe.paymentEnded('captured'));
    await markOrderPaid(tx, orderId, intent.amount);
  });
}
