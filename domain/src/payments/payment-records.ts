import {
  type Context,
  type CurrencyCode,
  DomainError,
  type TransactionContext,
  type Write,
} from '../kernel/index.ts';
import { paymentVoided } from './events.ts';
import { readIntent } from './intents.ts';
import type { IntentRequest, IntentState, PaymentMethod } from './model.ts';

/** A payment as the database holds it. Amounts are minor units of `currency`. */
export interface PaymentRow {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly status: 'created' | 'awaiting' | 'authorised' | 'captured' | 'cancelled';
  readonly intentId: string | null;
  readonly sessionId: string | null;
  readonly sessionAttempt: number;
  readonly currency: CurrencyCode;
  readonly amount: number;
  readonly capturedAmount: number;
  /** What went back, and what is on its way back. */
  readonly refundedAmount: number;
}

/** The payment of an order; null when there is none. One statement. */
export async function paymentOfOrder(
  ctx: Context,
  orderId: string,
  options: { forUpdate?: boolean } = {},
): Promise<PaymentRow | null> {
  const row = await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('order_id', '=', orderId)
    .$if(options.forUpdate === true, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    method: row.method,
    status: row.status,
    intentId: row.intent_id,
    sessionId: row.session_id,
    sessionAttempt: row.session_attempt,
    currency: row.currency,
    amount: row.amount,
    capturedAmount: row.captured_amount,
    refundedAmount: row.refunded_amount,
  };
}

/** The payment of an order. @throws DomainError `not_found` */
export async function requirePayment(
  ctx: Context,
  orderId: string,
  options: { forUpdate?: boolean } = {},
): Promise<PaymentRow> {
  const payment = await paymentOfOrder(ctx, orderId, options);
  if (payment === null) throw new DomainError('not_found', `order ${orderId} has no payment`);
  return payment;
}

/** Notes the intent of a checkout, with what it is for. One statement. */
export async function recordIntent(ctx: Context, intentId: string, request: IntentRequest): Promise<void> {
  await intentNote(ctx, intentId, request).execute();
}

/** The same, to be made together with other changes. */
export function intentNote(ctx: Context, intentId: string, request: IntentRequest) {
  const now = ctx.clock.now();
  return ctx.db
    .insertInto('payments')
    .values({
      id: ctx.ids.next(),
      checkout_id: request.checkoutId,
      intent_id: intentId,
      currency: request.currency,
      amount: request.amount,
      status: 'created',
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('intent_id')
        .doUpdateSet({ amount: request.amount, updated_at: now })
        .where('payments.status', '=', 'created'),
    );
}

/**
 * That the bank holds the money of an intent for an order, to be written in the transaction that makes the order. The intent may have
 * been noted before or not.
 */
export function authorisedNote(
  tx: TransactionContext,
  held: Pick<IntentState, 'intentId' | 'amount'> & {
    checkoutId: string;
    orderId: string;
    currency: CurrencyCode;
  },
): Write {
  const now = tx.clock.now();
  const authorised = { status: 'authorised', order_id: held.orderId, updated_at: now } as const;
  return tx.db
    .insertInto('payments')
    .values({
      id: tx.ids.next(),
      checkout_id: held.checkoutId,
      intent_id: held.intentId,
      currency: held.currency,
      amount: held.amount,
      created_at: now,
      ...authorised,
    })
    .onConflict((conflict) => conflict.column('intent_id').doUpdateSet(authorised));
}

/**
 * Notes that the money was taken. One statement.
 *
 * @returns false when that was known already
 */
export async function recordCaptured(
  tx: TransactionContext,
  intentId: string,
  amount: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('payments')
    .set({ status: 'captured', captured_amount: amount, updated_at: tx.clock.now() })
    .where('intent_id', '=', intentId)
    .where('status', '=', 'authorised')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that an intent was given up. One statement. */
export async function recordCancelled(ctx: Context, intentId: string): Promise<void> {
  await ctx.db
    .updateTable('payments')
    .set({ status: 'cancelled', updated_at: ctx.clock.now() })
    .where('intent_id', '=', intentId)
    .where('status', 'in', ['created', 'authorised'])
    .execute();
}

/** Notes that an intent is given up if the provider says so, and tells its order. */
export async function noteVoided(ctx: Context, intentId: string): Promise<void> {
  const { status } = await readIntent(ctx, intentId);
  if (status !== 'cancelled') return;
  await ctx.transaction(async (tx) => {
    const row = await tx.db
      .updateTable('payments')
      .set({ status: 'cancelled', updated_at: tx.clock.now() })
      .where('intent_id', '=', intentId)
      .where('status', 'in', ['created', 'authorised'])
      .returning('order_id')
      .executeTakeFirst();
    if (row && row.order_id !== null) await tx.emit(paymentVoided(row.order_id, { intentId }));
  });
}

/** The intent that an order was paid by, or null. One statement. */
export async function intentOfOrder(ctx: Context, orderId: string): Promise<string | null> {
  return (await paymentOfOrder(ctx, orderId))?.intentId ?? null;
}
