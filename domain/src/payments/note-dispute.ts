import { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { isNoted, noteDiscrepancy } from './discrepancies.ts';
import { disputeClosed, paymentDisputed } from './events.ts';

const dispute = z.object({
  data: z.object({
    object: z.object({
      id: z.string(),
      object: z.literal('dispute'),
      amount: z.int(),
      currency: z.string(),
      reason: z.string(),
      status: z.string(),
      payment_intent: z.string().nullable(),
    }),
  }),
});

/** How a dispute ends: nothing is to be done about it any more. */
const ended = new Set(['won', 'lost', 'warning_closed', 'prevented']);

/**
 * Notes a dispute for staff, who answer it in the provider's dashboard, and tells its order, once. When it has ended it is closed, and the
 * order told how; that it was opened may be told after that.
 *
 * @returns false when there is nothing to note
 */
export async function noteDispute(ctx: Context, webhook: { payload: unknown }): Promise<boolean> {
  const parsed = dispute.safeParse(webhook.payload);
  if (!parsed.success) return false;
  const { id, amount, currency, reason, status, payment_intent: intentId } = parsed.data.data.object;
  if (intentId === null) return false;
  const payment = await ctx.db
    .selectFrom('payments')
    .select(['order_id', 'amount'])
    .where('intent_id', '=', intentId)
    .executeTakeFirst();
  const finding = {
    kind: 'disputed',
    subject: id,
    intentId,
    orderId: payment?.order_id ?? null,
    currency: currency.toUpperCase(),
    providerAmount: amount,
    ourAmount: payment?.amount ?? null,
  } as const;
  if (ended.has(status)) {
    await ctx.transaction(async (tx) => {
      await noteDiscrepancy(tx, { ...finding, resolution: status });
      await tx.db
        .updateTable('payment_discrepancies')
        .set({ resolved_at: tx.clock.now(), resolved_by: 'system', note: status })
        .where('subject', '=', id)
        .where('resolved_at', 'is', null)
        .execute();
      if (finding.orderId === null) return;
      const outcome = status === 'won' || status === 'lost' ? status : 'closed';
      await tx.emit(disputeClosed(finding.orderId, { disputeId: id, amount, reason, outcome }));
    });
    return true;
  }
  if (await isNoted(ctx, finding)) return true;
  await ctx.transaction(async (tx) => {
    const isNew = await noteDiscrepancy(tx, finding);
    if (isNew && finding.orderId !== null) {
      await tx.emit(paymentDisputed(finding.orderId, { disputeId: id, intentId, amount, reason }));
    }
  });
  return true;
}
