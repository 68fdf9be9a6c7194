import { z } from 'zod';
import { addSeconds, type Context, defineJob, enqueue } from '../kernel/index.ts';
import { hostedPaymentReported, orderPaymentReported, paymentReported } from './events.ts';
import { noteDispute } from './note-dispute.ts';
import { noteVoided } from './payment-records.ts';
import { syncRefunds } from './sync-refunds.ts';

/** A webhook whose job is lost, by hand or by a restored database, is found after this long. */
const UNHANDLED_SECONDS = 10 * 60;

interface StoredWebhook {
  readonly id: string;
  readonly type: string;
  readonly intentId: string | null;
  readonly checkoutId: string | null;
  readonly orderId: string | null;
  readonly payload: unknown;
}

/**
 * Handles a stored webhook. It carries no news by itself: it says where to look. Handling one twice, late or in the wrong order
 * changes nothing, as what is true is asked of the provider, here or by who hears of the event.
 */
export const handleWebhookJob = defineJob({
  name: 'payments.handle-webhook',
  payload: z.object({ id: z.string() }),
  async handle(ctx, { id }) {
    const row = await ctx.db
      .selectFrom('payment_webhooks')
      .select(['type', 'intent_id', 'checkout_id', 'order_id', 'payload'])
      .where('id', '=', id)
      .where('handled_at', 'is', null)
      .executeTakeFirst();
    if (!row) return;
    const { intent_id: intentId, checkout_id: checkoutId, order_id: orderId, type, payload } = row;
    const isKnown = await handle(ctx, { id, type, intentId, checkoutId, orderId, payload });
    await markHandled(ctx, id, !isKnown);
  },
});

/** @returns false for types that tell nothing to this shop */
async function handle(ctx: Context, webhook: StoredWebhook): Promise<boolean> {
  const { type, intentId } = webhook;
  if (type.startsWith('payment_intent.')) {
    if (intentId === null) return false;
    if (type === 'payment_intent.canceled') await noteVoided(ctx, intentId);
    return tellOfIntent(ctx, webhook, intentId);
  }
  if (type.startsWith('checkout.session.')) return tellOfSession(ctx, webhook);
  if (type.startsWith('refund.') || type === 'charge.refunded' || type === 'charge.refund.updated') {
    if (intentId !== null) await syncRefunds(ctx, intentId);
    return intentId !== null;
  }
  if (type.startsWith('charge.dispute.')) return noteDispute(ctx, webhook);
  return false;
}

async function tellOfIntent(ctx: Context, webhook: StoredWebhook, intentId: string): Promise<boolean> {
  const { checkoutId, orderId, type } = webhook;
  await ctx.transaction(async (tx) => {
    if (checkoutId !== null) await tx.emit(paymentReported(checkoutId, { intentId, type }));
    else if (orderId !== null) await tx.emit(orderPaymentReported(orderId, { type }));
  });
  return checkoutId !== null || orderId !== null;
}

const session = z.object({ data: z.object({ object: z.object({ id: z.string() }) }) });

async function tellOfSession(ctx: Context, webhook: StoredWebhook): Promise<boolean> {
  const { checkoutId, orderId, type } = webhook;
  const sessionId = session.safeParse(webhook.payload).data?.data.object.id;
  if (sessionId === undefined) return false;
  await ctx.transaction(async (tx) => {
    if (checkoutId !== null) await tx.emit(hostedPaymentReported(checkoutId, { sessionId, type }));
    else if (orderId !== null) await tx.emit(orderPaymentReported(orderId, { type }));
  });
  return checkoutId !== null || orderId !== null;
}

async function markHandled(ctx: Context, id: string, isIgnored: boolean): Promise<void> {
  await ctx.db
    .updateTable('payment_webhooks')
    .set({ handled_at: ctx.clock.now(), is_ignored: isIgnored })
    .where('id', '=', id)
    .execute();
}

/** Queues stored webhooks anew that nobody handled. @returns how many */
export async function handleForgottenWebhooks(ctx: Context): Promise<number> {
  const rows = await ctx.db
    .selectFrom('payment_webhooks')
    .select('id')
    .where('handled_at', 'is', null)
    .where('received_at', '<', addSeconds(ctx.clock.now(), -UNHANDLED_SECONDS))
    .orderBy('received_at')
    .limit(200)
    .execute();
  for (const { id } of rows) await enqueue(ctx, handleWebhookJob, { id }, { key: `webhook:${id}` });
  return rows.length;
}
