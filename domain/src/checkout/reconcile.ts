import { addSeconds, type Context } from '../kernel/index.ts';
import { ordersToCapture } from '../orders/index.ts';
import { abandonIntent, readIntent } from '../payments/index.ts';
import { captureOrderPayment } from './capture-payment.ts';
import { type CheckoutRow, readCheckout } from './checkout-rows.ts';
import { settleCheckout } from './settle-checkout.ts';
import { settleIntent } from './settle-intent.ts';

/** How old an unfinished placement must be before somebody else finishes it. */
const PLACING_GRACE_SECONDS = 15;
/** How old an uncaptured order must be before its capture is tried outside its own job. */
const CAPTURE_GRACE_SECONDS = 60;

/** How many the provider is asked about at a time: it takes its while to answer. */
const AT_ONCE = 6;

/**
 * Finds placements and captures that were interrupted and finishes or undoes them. One that fails does not hold up the others.
 *
 * @returns how many were looked at
 */
export async function reconcile(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const placing = await ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('status', '=', 'placing')
    .where('placing_since', '<', addSeconds(now, -PLACING_GRACE_SECONDS))
    .orderBy('placing_since')
    .limit(500)
    .execute();
  await eachOf(placing, ({ id }) =>
    orLog(ctx, { checkoutId: id }, () => settleCheckout(ctx, { checkoutId: id })),
  );
  const uncaptured = await ordersToCapture(ctx, addSeconds(now, -CAPTURE_GRACE_SECONDS));
  await eachOf(uncaptured, (orderId) => orLog(ctx, { orderId }, () => captureOrderPayment(ctx, orderId)));
  return placing.length + uncaptured.length;
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  const workOff = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOff));
}

async function orLog(ctx: Context, about: object, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ctx.logger.error({ err: error, ...about }, 'not reconciled; tried again at the next run');
  }
}

/**
 * Acts on what the provider reported of a checkout's payment. An intent that the checkout has moved on from must not hold the
 * shopper's money: it is given up.
 */
export async function handlePaymentReport(
  ctx: Context,
  report: { checkoutId: string; intentId: string },
): Promise<void> {
  const checkout = await readCheckout(ctx, report.checkoutId);
  if (!checkout) return;
  if (checkout.status === 'placing' && checkout.intentId === null && checkout.sessionId === null) {
    return handleFirstReport(ctx, checkout, report.intentId);
  }
  // of the provider's own page the intent may not be known here yet
  const mayBeOurs = checkout.intentId === report.intentId || checkout.intentId === null;
  if (mayBeOurs) await settleCheckout(ctx, { checkoutId: checkout.id });
  const settled = await readCheckout(ctx, report.checkoutId);
  if (settled?.intentId === report.intentId || settled?.status === 'placing') return;
  await ctx.transaction((tx) => abandonIntent(tx, report.intentId));
}

/** The provider was quicker than its own answer to whoever asked, who may be gone: money that is held makes the order. */
async function handleFirstReport(ctx: Context, checkout: CheckoutRow, intentId: string): Promise<void> {
  const intent = await readIntent(ctx, intentId);
  const isHeld = intent.status === 'authorised' || intent.status === 'captured';
  if (intent.attempt === checkout.attempt) {
    if (isHeld) await settleIntent(ctx, checkout, intent);
    return;
  }
  // of a try that was given up before its answer came
  await ctx.transaction((tx) => abandonIntent(tx, intentId));
}

/** Acts on what the provider reported of its own page for a checkout; a page that the checkout has moved on from says nothing. */
export async function handleHostedReport(
  ctx: Context,
  report: { checkoutId: string; sessionId: string },
): Promise<void> {
  const checkout = await readCheckout(ctx, report.checkoutId);
  if (checkout?.sessionId !== report.sessionId) return;
  await settleCheckout(ctx, { checkoutId: checkout.id });
}
