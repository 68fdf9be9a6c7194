import { book, platform } from '../balance/book.ts';
import { type Call, findOrRefuse } from '../call.ts';
import type { Charge, Refund } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';

/** What became of a refund whose card takes its time: a pending one arrives, another one fails after all. */
export function settleRefund(call: Call, id: string): void {
  const refund = call.sandbox.objects.find('refund', id);
  if (refund?.status === 'pending') {
    tell(call, { ...refund, status: 'succeeded' });
    return;
  }
  if (refund?.status !== 'succeeded' || refund.charge === null) return;
  const charge = findOrRefuse(call, 'charge', refund.charge);
  const { id: returned } = book(call, {
    owner: platform,
    type: 'refund_failure',
    category: 'refund_failure',
    amount: refund.amount,
    currency: refund.currency,
    source: refund.id,
    description: `REFUND FAILURE FOR CHARGE (${charge.id})`,
  });
  const restored: Charge = {
    ...charge,
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  };
  call.sandbox.objects.save('charge', restored);
  const failed: Refund = {
    ...refund,
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: returned,
  };
  tell(call, failed);
  emitEvent(call, 'refund.failed', failed);
}

function tell(call: Call, refund: Refund): void {
  call.sandbox.objects.save('refund', refund);
  emitEvent(call, 'refund.updated', refund);
  emitEvent(call, 'charge.refund.updated', refund);
}
