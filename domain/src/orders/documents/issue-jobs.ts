import type { Context, StoredEvent, Subscription } from '../../kernel/index.ts';
import { orderCancelled, orderPaid, orderPlaced, orderRefunded } from '../events.ts';
import { issueCreditNote, issueInvoice } from './issue-documents.ts';

/** Issues invoices when an order is paid, or placed by who pays by invoice; and what corrects them. */
export const issueSubscription: Subscription = {
  name: 'orders.issue-documents',
  on: [orderPlaced, orderPaid, orderRefunded, orderCancelled],
  mode: 'aggregate',
  async handle(ctx, events) {
    for (const event of events) await issueFor(ctx, event);
  },
};

async function issueFor(ctx: Context, { type, aggregateId: orderId, payload }: StoredEvent): Promise<void> {
  if (type === orderPlaced.type && orderPlaced.schema.parse(payload).paymentMethod !== 'invoice') return;
  if (type === orderPlaced.type || type === orderPaid.type) {
    await ctx.transaction((tx) => issueInvoice(tx, orderId));
  } else if (type === orderCancelled.type) {
    await ctx.transaction((tx) => issueCreditNote(tx, { orderId, refundId: 'cancellation', amount: null }));
  } else {
    const { refundId, amount } = orderRefunded.schema.parse(payload);
    await ctx.transaction((tx) => issueCreditNote(tx, { orderId, refundId, amount }));
  }
}
