import type Stripe from 'stripe';
import type { Context } from '../kernel/index.ts';
import type { Finding } from './discrepancies.ts';
import { idIn } from './model.ts';

/** How long money may be on its way to its order before it counts as lost. */
const SETTLING_SECONDS = 15 * 60;

/** A payment of ours, for a comparison. */
export interface LedgerRow {
  readonly orderId: string | null;
  readonly checkoutId: string;
  readonly status: string;
  readonly currency: string;
  readonly amount: number;
  readonly capturedAmount: number;
  readonly refundedAmount: number;
  readonly updatedAt: Date;
}

/** Our payments by their intents. One statement. */
export async function ledgerRows(
  ctx: Context,
  intentIds: readonly string[],
): Promise<ReadonlyMap<string, LedgerRow>> {
  if (intentIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('intent_id', 'in', [...intentIds])
    .execute();
  return new Map(
    rows.map((row) => [
      row.intent_id ?? '',
      {
        orderId: row.order_id,
        checkoutId: row.checkout_id,
        status: row.status,
        currency: row.currency,
        amount: row.amount,
        capturedAmount: row.captured_amount,
        refundedAmount: row.refunded_amount,
        updatedAt: row.updated_at,
      },
    ]),
  );
}

/** What the customer has paid and got back by the provider's books. */
function moneyOfIntent(intent: Stripe.PaymentIntent): { captured: number; refunded: number } {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  if (charge === null || !charge.captured) return { captured: intent.amount_received, refunded: 0 };
  // what a partial capture let go of counts as refunded there, though it was never taken
  const neverTaken = charge.amount - charge.amount_captured;
  return { captured: charge.amount_captured, refunded: charge.amount_refunded - neverTaken };
}

/** How an intent differs from our payment. `isFresh`: it may settle itself yet. Pure but for the clock. */
export function compareIntent(
  ctx: Pick<Context, 'clock'>,
  intent: Stripe.PaymentIntent,
  row: LedgerRow | undefined,
): (Finding & { isFresh: boolean })[] {
  const { captured, refunded } = moneyOfIntent(intent);
  const kept = captured - refunded;
  const isHeld = intent.status === 'requires_capture';
  const currency = intent.currency.toUpperCase();
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const changedAt = Math.max((charge ?? intent).created * 1000, row?.updatedAt.getTime() ?? 0);
  const isFresh = changedAt > ctx.clock.now().getTime() - SETTLING_SECONDS * 1000;
  const finding = (kind: Finding['kind'], providerAmount: number, ourAmount: number | null) => ({
    kind,
    subject: intent.id,
    intentId: intent.id,
    orderId: row?.orderId ?? null,
    currency,
    providerAmount,
    ourAmount,
    isFresh,
  });
  if (row === undefined || row.orderId === null) {
    const isOurs = row !== undefined || Boolean(intent.metadata.checkout_id ?? intent.metadata.order_id);
    // other payments of the same account are none of ours
    if (!isOurs) return [];
    if (kept > 0) return [finding('money_without_order', kept, null)];
    return isHeld ? [finding('held_without_order', intent.amount_capturable, null)] : [];
  }
  const findings: (Finding & { isFresh: boolean })[] = [];
  const orderId = idIn(intent.metadata, 'order_id');
  const isElsewhere = (orderId !== null && orderId !== row.orderId) || isOfOtherCheckout(intent, row);
  if (isElsewhere) findings.push(finding('wrong_order', intent.amount, row.amount));
  if (currency !== row.currency) findings.push(finding('wrong_currency', intent.amount, row.amount));
  else if (intent.amount !== row.amount) findings.push(finding('wrong_amount', intent.amount, row.amount));
  if (captured !== row.capturedAmount) {
    findings.push(finding('captured_differs', captured, row.capturedAmount));
  }
  if (refunded !== row.refundedAmount) {
    findings.push(finding('refunded_differs', refunded, row.refundedAmount));
  }
  const expectsMoney = row.status === 'authorised' || row.status === 'captured';
  if (expectsMoney && !isHeld && captured === 0) {
    findings.push(finding('order_without_money', 0, row.amount));
  }
  if (row.status === 'cancelled' && isHeld) {
    findings.push(finding('held_without_order', intent.amount_capturable, 0));
  }
  return findings;
}

function isOfOtherCheckout(intent: Stripe.PaymentIntent, row: LedgerRow): boolean {
  const { checkout_id: checkoutId } = intent.metadata;
  return checkoutId !== undefined && checkoutId !== row.checkoutId;
}
