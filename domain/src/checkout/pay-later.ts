import { type Context, DomainError } from '../kernel/index.ts';
import { getOrder, markOrderPaid, orderUrl, receivePayment } from '../orders/index.ts';
import { paymentOfOrder, recordReceived, settleOrderPayment, startOrderPayment } from '../payments/index.ts';

/**
 * Opens the page of the provider on which an order is paid that awaits its money, for whoever may see the order.
 *
 * @returns where to go; the order's own page when nothing is left to pay
 * @throws DomainError `not_found`, `conflict` when the order awaits no money, `unavailable`
 */
export async function payOrder(
  ctx: Context,
  input: { number: string; token: string | null },
): Promise<{ redirectUrl: string }> {
  const order = await getOrder(ctx, input);
  const page = orderUrl(ctx, order);
  if (order.status === 'cancelled') throw new DomainError('conflict', `order ${order.number} is cancelled`);
  const started = await startOrderPayment(ctx, {
    orderId: order.id,
    amount: order.payment.due.amount,
    currency: order.total.currency,
    email: order.email === '' ? null : order.email,
    successUrl: orderUrl(ctx, order, '/paid'),
    cancelUrl: page,
  });
  return { redirectUrl: started.status === 'open' ? started.url : page };
}

/**
 * Looks what came of the page of the provider, for who comes back from it.
 *
 * @throws DomainError `not_found`, `unavailable`
 */
export async function orderPaymentReturned(
  ctx: Context,
  input: { number: string; token: string | null },
): Promise<void> {
  const { id } = await getOrder(ctx, input);
  await settleOrder(ctx, id);
}

/** Writes down what came of the page on which an order is paid. However often it runs, the order is paid once. */
export async function settleOrder(ctx: Context, orderId: string): Promise<void> {
  await settleOrderPayment(ctx, { orderId }, (tx, { amount, intent }) =>
    markOrderPaid(tx, orderId, amount, intent.detail),
  );
}

/**
 * Notes money that staff saw come in for an order: in the order's history and, once all of it is there, in the books, in one transaction.
 *
 * @throws DomainError as `receivePayment` of the orders
 */
export async function receiveOrderPayment(
  ctx: Context,
  input: Parameters<typeof receivePayment>[1],
): Promise<Awaited<ReturnType<typeof receivePayment>>> {
  return ctx.transaction(async (tx) => {
    const received = await receivePayment(tx, input);
    const payment = received.isPaid ? await paymentOfOrder(tx, input.orderId) : null;
    if (payment?.status === 'awaiting') {
      const { orderId, reference } = input;
      await recordReceived(tx, { orderId, amount: payment.amount, reference });
    }
    return received;
  });
}
