import { type Context, isDomainError } from '../kernel/index.ts';
import { isAwaited } from './apply-order-event.ts';
import { cancelUnpaidOrder } from './cancel-order.ts';
import { paymentReminded } from './events.ts';
import { paymentMethods } from './order-draft.ts';
import { changeOrder } from './order-store.ts';
import { paymentTerms, remindedDueBy } from './payment-terms.ts';

const BATCH = 200;

/**
 * Reminds buyers once of orders that they have not paid, and calls off those that are not paid in time where their way to pay says so.
 * What has been paid in part is left to staff.
 *
 * @returns how many of each
 */
export async function chaseUnpaidOrders(ctx: Context): Promise<{ reminded: number; cancelled: number }> {
  const overdue = await ordersToCancel(ctx);
  let cancelled = 0;
  for (const orderId of overdue) if (await cancelIfUnpaid(ctx, orderId)) cancelled += 1;
  const late = await ordersToRemind(ctx);
  let reminded = 0;
  for (const orderId of late) if (await remind(ctx, orderId)) reminded += 1;
  return { reminded, cancelled };
}

async function ordersToCancel(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('orders')
    .select('id')
    .where('status', '=', 'placed')
    .where('payment_status', '=', 'awaiting')
    .where('paid_amount', '=', 0)
    .where(
      'payment_method',
      'in',
      paymentMethods.filter((method) => paymentTerms(method).lapses),
    )
    .where('payment_due_at', '<=', ctx.clock.now())
    .orderBy('payment_due_at')
    .limit(BATCH)
    .execute();
  return rows.map((row) => row.id);
}

async function ordersToRemind(ctx: Context): Promise<string[]> {
  const now = ctx.clock.now();
  const rows = await ctx.db
    .selectFrom('orders')
    .select('id')
    .where('status', '=', 'placed')
    .where('payment_status', '=', 'awaiting')
    .where('reminded_at', 'is', null)
    .where((eb) =>
      eb.or(
        paymentMethods.map((method) =>
          eb.and([eb('payment_method', '=', method), eb('payment_due_at', '<=', remindedDueBy(method, now))]),
        ),
      ),
    )
    .orderBy('payment_due_at')
    .limit(BATCH)
    .execute();
  return rows.map((row) => row.id);
}

/** False when money came in at the last moment. */
async function cancelIfUnpaid(ctx: Context, orderId: string): Promise<boolean> {
  try {
    await cancelUnpaidOrder(ctx, orderId);
    return true;
  } catch (error) {
    if (isDomainError(error, 'conflict')) return false;
    throw error;
  }
}

async function remind(ctx: Context, orderId: string): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const { before, after } = await changeOrder(tx, orderId, (order) =>
      isAwaited(order) && order.remindedAt === null ? [{ type: 'PAYMENT_REMINDED', data: {} }] : [],
    );
    if (before.version === after.version) return false;
    await tx.emit(paymentReminded(orderId, { number: after.created.number }));
    return true;
  });
}
