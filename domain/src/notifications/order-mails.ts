import type { Context } from '../kernel/index.ts';
import { type MailInput, queueMail } from '../mail/index.ts';
import { type OrderView, orderUrl, paymentTerms, readOrder } from '../orders/index.ts';
import { confirmationOf, paymentOf } from './describe-order.ts';

/**
 * Queues the confirmation of an order, once; none when its buyer was erased meanwhile. The key makes the Message-ID, too, which is the
 * one that earlier releases used.
 *
 * @throws DomainError `not_found` when there is no such order
 */
export async function sendOrderConfirmation(ctx: Context, orderId: string): Promise<void> {
  if (await wasSentByEarlierRelease(ctx, orderId)) return;
  await mailAbout(ctx, orderId, 'order-confirmation', (order) => confirmationOf(ctx, order));
}

/**
 * Tells a buyer that money came in that was waited for, once. Who pays while placing the order has the confirmation.
 *
 * @throws DomainError `not_found`
 */
export async function sendOrderPaid(ctx: Context, orderId: string): Promise<void> {
  await mailAbout(ctx, orderId, 'order-paid', (order) =>
    order.payment.dueAt === null
      ? null
      : { number: order.number, url: orderUrl(ctx, order), amount: order.payment.paid },
  );
}

/** Reminds a buyer of what is still to pay, once; not when it was paid or called off meanwhile. @throws DomainError `not_found` */
export async function sendOrderReminder(ctx: Context, orderId: string): Promise<void> {
  await mailAbout(ctx, orderId, 'order-reminder', (order) => {
    const payment = paymentOf(ctx, order);
    if (payment === null) return null;
    const { lapses } = paymentTerms(payment.method);
    // what is paid in part does not lapse by itself
    const isUntouched = order.payment.paid.amount === 0;
    return { number: order.number, url: orderUrl(ctx, order), lapses: lapses && isUntouched, payment };
  });
}

/** Tells a buyer that an order was called off, and what becomes of the money, once. @throws DomainError `not_found` */
export async function sendOrderCancelled(
  ctx: Context,
  orderId: string,
  was: { paymentStatus: string; refundableAmount: number },
): Promise<void> {
  await mailAbout(ctx, orderId, 'order-cancelled', (order) => ({
    number: order.number,
    url: orderUrl(ctx, order),
    reason: reasonOf(order),
    wasHeld: was.paymentStatus === 'authorised' && was.refundableAmount === 0,
    refund: was.refundableAmount === 0 ? null : { ...order.total, amount: was.refundableAmount },
    giftCards: giftCardsOf(order),
  }));
}

/** Queues one mail of a kind about an order, in the order's language; none when its buyer was erased, or `describe` says so. */
async function mailAbout<
  Template extends 'order-confirmation' | 'order-paid' | 'order-reminder' | 'order-cancelled',
>(
  ctx: Context,
  orderId: string,
  template: Template,
  describe: (order: OrderView) => MailInput<Template> | null,
): Promise<void> {
  const order = await readOrder(ctx, orderId);
  if (order.email === '') return;
  const data = describe(order);
  if (data === null) return;
  await queueMail(ctx, {
    template,
    to: order.email,
    locale: order.locale,
    data,
    key: `${template}:${orderId}`,
  });
}

function reasonOf({ cancelReason }: OrderView): MailInput<'order-cancelled'>['reason'] {
  if (cancelReason === 'requested' || cancelReason === 'unpaid' || cancelReason === 'out_of_stock')
    return cancelReason;
  return 'other';
}

function giftCardsOf({ total, giftCards }: OrderView) {
  const amount = giftCards.reduce((sum, card) => sum + card.amount.amount, 0);
  return amount === 0 ? null : { ...total, amount };
}

/** Releases before the mail queue sent in the handler and noted it here. */
async function wasSentByEarlierRelease(ctx: Context, orderId: string): Promise<boolean> {
  const sent = await ctx.db
    .selectFrom('sent_mails')
    .select('sent_at')
    .where('kind', '=', 'order-confirmation')
    .where('reference_id', '=', orderId)
    .executeTakeFirst();
  return sent !== undefined;
}
