import { z } from 'zod';
import {
  addSeconds,
  type Context,
  DomainError,
  defineJob,
  enqueue,
  type TransactionContext,
} from '../kernel/index.ts';
import { paymentRefunded } from './events.ts';
import { requirePayment } from './payment-records.ts';
import { sendRefund } from './send-refund.ts';

/** When a refund is looked at again, in case the process that asked for it does not live to hear the answer. */
const FIRST_LOOK_SECONDS = 30;
/** A refund that was begun so long ago and never sent has lost its job. */
const FORGOTTEN_SECONDS = 10 * 60;

export interface Refund {
  /** Ours. */
  readonly refundId: string;
  readonly amount: number;
  /** `pending` while the provider has not answered, or the bank takes its time: it is followed up. */
  readonly status: 'pending' | 'succeeded' | 'failed';
}

/**
 * Gives money of an order back: through the provider where it came from there, else noted for staff to pay it back. Once, however often
 * it is asked for with one key. The sum of all refunds never exceeds what was taken: the database refuses it.
 *
 * @param input.amount minor units of the payment's currency
 * @param input.key names the refund: the same for each repeat
 * @throws DomainError `not_found`, `invalid_input` for no amount, `conflict` with `{ reason: 'refund_exceeds_payment', refundableAmount }`, or
 *   when the key stands for another amount. When the provider does not answer, the refund stays `pending` and is not lost.
 */
export async function refundPayment(
  ctx: Context,
  input: { orderId: string; amount: number; key: string; reason?: string | null },
): Promise<Refund> {
  if (!Number.isSafeInteger(input.amount) || input.amount <= 0) {
    throw new DomainError('invalid_input', 'a refund needs an amount of minor units above zero');
  }
  const begun = await ctx.transaction((tx) => beginRefund(tx, input));
  if (begun.status !== 'pending') return begun;
  try {
    return await sendRefund(ctx, begun.refundId);
  } catch (error) {
    ctx.logger.warn(
      { err: error, orderId: input.orderId, refundId: begun.refundId },
      'a refund is left to its job',
    );
    return begun;
  }
}

/** Sets the money aside and names the refund: from here on it is followed up whatever becomes of this process. */
async function beginRefund(
  tx: TransactionContext,
  input: { orderId: string; amount: number; key: string; reason?: string | null },
): Promise<Refund> {
  const payment = await requirePayment(tx, input.orderId, { forUpdate: true });
  const known = await tx.db
    .selectFrom('payment_refunds')
    .select(['id', 'payment_id', 'amount', 'status'])
    .where('key', '=', input.key)
    .executeTakeFirst();
  if (known) {
    if (known.payment_id !== payment.id || known.amount !== input.amount) {
      throw new DomainError('conflict', `refund ${input.key} was asked for with another amount`);
    }
    return { refundId: known.id, amount: known.amount, status: known.status };
  }
  const refundableAmount = payment.capturedAmount - payment.refundedAmount;
  if (payment.status !== 'captured' || input.amount > refundableAmount) {
    throw new DomainError('conflict', `order ${input.orderId} has ${refundableAmount} to give back`, {
      reason: 'refund_exceeds_payment',
      refundableAmount,
    });
  }
  const now = tx.clock.now();
  const refundId = tx.ids.next();
  // staff pay back by hand what did not come through the provider
  const isByHand = payment.intentId === null;
  await tx.db
    .insertInto('payment_refunds')
    .values({
      id: refundId,
      payment_id: payment.id,
      key: input.key,
      amount: input.amount,
      status: isByHand ? 'succeeded' : 'pending',
      reason: input.reason ?? null,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await tx.db
    .updateTable('payments')
    .set((eb) => ({ refunded_amount: eb('refunded_amount', '+', input.amount), updated_at: now }))
    .where('id', '=', payment.id)
    .execute();
  await tx.emit(
    paymentRefunded(input.orderId, { refundId, amount: input.amount, reason: input.reason ?? null }),
  );
  if (!isByHand) {
    const runAt = addSeconds(now, FIRST_LOOK_SECONDS);
    await enqueue(tx, sendRefundJob, { refundId }, { key: `refund:${refundId}`, runAt });
  }
  return { refundId, amount: input.amount, status: isByHand ? 'succeeded' : 'pending' };
}

/** Sends a refund that was begun, or asks what became of it. */
export const sendRefundJob = defineJob({
  name: 'payments.send-refund',
  payload: z.object({ refundId: z.uuid() }),
  async handle(ctx, { refundId }) {
    await sendRefund(ctx, refundId);
  },
});

/** Queues refunds anew that were begun and never sent. @returns how many */
export async function sendForgottenRefunds(ctx: Context): Promise<number> {
  const rows = await ctx.db
    .selectFrom('payment_refunds')
    .select('id')
    .where('status', '=', 'pending')
    .where('refund_id', 'is', null)
    .where('created_at', '<', addSeconds(ctx.clock.now(), -FORGOTTEN_SECONDS))
    .limit(200)
    .execute();
  for (const { id } of rows) await enqueue(ctx, sendRefundJob, { refundId: id }, { key: `refund:${id}` });
  return rows.length;
}
