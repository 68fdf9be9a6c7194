import { type Context, type CurrencyCode, DomainError, type TransactionContext } from '../kernel/index.ts';
import { noteDiscrepancy } from './discrepancies.ts';
import { expireHostedPayment, expiryOf, openPage, readHostedPayment } from './hosted-payments.ts';
import type { HostedPayment, IntentState } from './model.ts';
import { type PaymentRow, requirePayment } from './payment-records.ts';
import { returnMoney } from './return-money.ts';

// Nothing in this file may be called while a transaction is open.

/**
 * Opens the page on which an order is paid that awaits its money: from the link in its mail, on any device. However often the link is
 * opened, one page is open at a time. The money is taken at once.
 *
 * @returns where to send the shopper; `paid` when there is nothing to pay any more, or the money came and waits to be settled
 * @throws DomainError `not_found`, `conflict` when the order awaits no money, `payment_mismatch` when it is due another sum, `unavailable`
 */
export async function startOrderPayment(
  ctx: Context,
  input: {
    orderId: string;
    amount: number;
    currency: CurrencyCode;
    /** Null where the order has none any more: the page asks. */
    email: string | null;
    successUrl: string;
    cancelUrl: string;
  },
): Promise<{ status: 'open'; url: string } | { status: 'paid' }> {
  const payment = await payable(ctx, input);
  if (payment.status === 'captured') return { status: 'paid' };
  if (payment.sessionId !== null) {
    const open = await readHostedPayment(ctx, payment.sessionId);
    if (open.status === 'complete') return { status: 'paid' };
    if (open.status === 'open' && open.url !== null) return { status: 'open', url: open.url };
  }
  const metadata = { order_id: input.orderId };
  // who opens the link twice at once asks for the same page by the same key
  const attempt = payment.sessionAttempt + 1;
  const expiresAt = expiryOf(ctx);
  const page = await openPage(
    ctx,
    {
      ...input,
      customerId: null,
      reference: input.orderId,
      metadata,
      intent: { capture_method: 'automatic', metadata },
      expiresAt,
    },
    `order-session:${payment.id}:${attempt}:${expiresAt}`,
  );
  if (await keepPage(ctx, payment, page.sessionId, attempt)) return { status: 'open', url: page.url };
  const { sessionId } = await requirePayment(ctx, input.orderId);
  if (sessionId === page.sessionId) return { status: 'open', url: page.url };
  // another page was opened, or the money came, meanwhile: that counts, and this page goes
  await expireHostedPayment(ctx, page.sessionId);
  return startOrderPayment(ctx, input);
}

async function payable(
  ctx: Context,
  input: { orderId: string; amount: number; currency: CurrencyCode },
): Promise<PaymentRow> {
  const payment = await requirePayment(ctx, input.orderId);
  if (payment.status !== 'awaiting' && payment.status !== 'captured') {
    throw new DomainError('conflict', `the payment of order ${input.orderId} is ${payment.status}`);
  }
  if (payment.amount !== input.amount || payment.currency !== input.currency) {
    throw new DomainError('payment_mismatch', `order ${input.orderId} is due another sum`, {
      dueAmount: payment.amount,
    });
  }
  return payment;
}

async function keepPage(
  ctx: Context,
  payment: PaymentRow,
  sessionId: string,
  attempt: number,
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('payments')
    .set({
      session_id: sessionId,
      session_attempt: attempt,
      updated_at: ctx.clock.now(),
    })
    .where('id', '=', payment.id)
    .where('status', '=', 'awaiting')
    .where('session_attempt', '=', payment.sessionAttempt)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Writes down what came of the page on which an order is paid: on the shopper's return, by webhook and by the comparison of the books,
 * whichever is first. However often it runs, the order is paid once; money that came although the order was paid or cancelled goes back.
 *
 * @param onPaid marks the order as paid, in the transaction in which its payment is
 * @returns `paid`, also when it was already; `waiting` while nothing is decided
 * @throws DomainError `not_found`, `unavailable`
 */
export async function settleOrderPayment(
  ctx: Context,
  input: { orderId: string },
  onPaid: (tx: TransactionContext, paid: { amount: number; intent: IntentState }) => Promise<void>,
): Promise<'paid' | 'waiting' | 'cancelled'> {
  const payment = await requirePayment(ctx, input.orderId);
  if (payment.sessionId === null) return outcomeOf(payment);
  const { intent }: HostedPayment = await readHostedPayment(ctx, payment.sessionId);
  if (intent === null || intent.status !== 'captured') return outcomeOf(payment);
  const settled = await ctx.transaction(async (tx) => {
    const locked = await requirePayment(tx, input.orderId, { forUpdate: true });
    if (locked.intentId === intent.intentId) return locked;
    const fits = intent.amount === locked.amount && intent.currency === locked.currency;
    if (locked.status !== 'awaiting' || !fits) return null;
    await tx.db
      .updateTable('payments')
      .set({
        status: 'captured',
        // whatever it was to be paid by before
        method: 'pay_link',
        intent_id: intent.intentId,
        captured_amount: intent.amount,
        received_at: tx.clock.now(),
        updated_at: tx.clock.now(),
      })
      .where('id', '=', locked.id)
      .execute();
    await onPaid(tx, { amount: intent.amount, intent });
    tx.afterCommit(() => tx.observe.paymentEnded('captured'));
    return { ...locked, status: 'captured' as const };
  });
  if (settled !== null) return outcomeOf(settled);
  ctx.logger.warn({ orderId: input.orderId, intentId: intent.intentId }, 'money came twice and goes back');
  await returnMoney(ctx, intent.intentId);
  await noteDiscrepancy(ctx, {
    kind: 'paid_twice',
    subject: intent.intentId,
    intentId: intent.intentId,
    orderId: input.orderId,
    currency: intent.currency,
    providerAmount: intent.amount,
    ourAmount: 0,
    resolution: 'the money went back',
  });
  return outcomeOf(await requirePayment(ctx, input.orderId));
}

function outcomeOf(payment: PaymentRow): 'paid' | 'waiting' | 'cancelled' {
  if (payment.status === 'captured') return 'paid';
  return payment.status === 'cancelled' ? 'cancelled' : 'waiting';
}
