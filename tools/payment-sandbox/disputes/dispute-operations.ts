import { z } from 'zod';
import { refused } from '../api/errors.ts';
import { boolean, expand, mergeMetadata, metadata, paging, text } from '../api/parameters.ts';
import { book, platform } from '../balance/book.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Dispute } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { disputeFee } from './open-dispute.ts';

export const disputeOperations: Operation[] = [
  operation({
    name: 'disputes.retrieve',
    method: 'GET',
    path: '/v1/disputes/:id',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'dispute'),
  }),
  operation({
    name: 'disputes.list',
    method: 'GET',
    path: '/v1/disputes',
    input: z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),
    run: (call, { charge, payment_intent: intent, ...query }) =>
      listAnswer(call, 'dispute', '/v1/disputes', {
        ...query,
        where: {
          ...(charge !== undefined && { charge }),
          ...(intent !== undefined && { payment_intent: intent }),
        },
      }),
  }),
  operation({
    name: 'disputes.update',
    method: 'POST',
    path: '/v1/disputes/:id',
    input: z.strictObject({
      ...expand,
      evidence: z.record(z.string(), z.string()).optional(),
      metadata: metadata.optional(),
      submit: boolean.default(true),
    }),
    run(call, { evidence, metadata: data, submit }) {
      const dispute = findOrRefuse(call, 'dispute');
      if (evidence && dispute.status !== 'needs_response') throw over(dispute);
      const isSubmitted = evidence !== undefined && submit;
      const changed: Dispute = {
        ...dispute,
        evidence: { ...dispute.evidence, ...evidence },
        evidence_details: {
          ...dispute.evidence_details,
          has_evidence: dispute.evidence_details.has_evidence || evidence !== undefined,
          submission_count: dispute.evidence_details.submission_count + (isSubmitted ? 1 : 0),
        },
        metadata: mergeMetadata(dispute.metadata, data),
        status: isSubmitted ? 'under_review' : dispute.status,
      };
      call.sandbox.objects.save('dispute', changed);
      emitEvent(call, 'charge.dispute.updated', changed);
      return isSubmitted ? decide(call, changed) : changed;
    },
  }),
  operation({
    name: 'disputes.close',
    method: 'POST',
    path: '/v1/disputes/:id/close',
    input: z.strictObject(expand),
    run(call) {
      const dispute = findOrRefuse(call, 'dispute');
      if (dispute.status !== 'needs_response') throw over(dispute);
      return end(call, dispute, 'lost');
    },
  }),
];

/** Stripe's test evidence decides at once; any other stays under review. */
function decide(call: Call, dispute: Dispute): Dispute {
  if (dispute.evidence.uncategorized_text === 'losing_evidence') return end(call, dispute, 'lost');
  if (dispute.evidence.uncategorized_text !== 'winning_evidence') return dispute;
  const reinstated = book(call, {
    owner: platform,
    type: 'adjustment',
    category: 'dispute_reversal',
    amount: dispute.amount,
    fee: -disputeFee,
    currency: dispute.currency,
    source: dispute.id,
    description: `Chargeback reversal for ${dispute.id}`,
  });
  const paidBack = { ...dispute, balance_transactions: [...dispute.balance_transactions, reinstated] };
  emitEvent(call, 'charge.dispute.funds_reinstated', paidBack);
  return end(call, paidBack, 'won');
}

function end(call: Call, dispute: Dispute, status: 'won' | 'lost'): Dispute {
  const ended: Dispute = { ...dispute, status };
  call.sandbox.objects.save('dispute', ended);
  emitEvent(call, 'charge.dispute.closed', ended);
  return ended;
}

function over(dispute: Dispute) {
  return refused(`This dispute is already ${dispute.status}.`, { code: 'dispute_already_closed' });
}
