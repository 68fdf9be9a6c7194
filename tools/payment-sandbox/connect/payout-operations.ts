import { z } from 'zod';
import { missingResource } from '../api/errors.ts';
import { expand, mergeMetadata, metadata, oneOf, paging, positiveInteger, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Payout } from '../model.ts';
import { currency } from '../payments/intent-parameters.ts';
import { cancelPayout, createPayout } from './payout.ts';

export const payoutOperations: Operation[] = [
  operation({
    name: 'payouts.create',
    method: 'POST',
    path: '/v1/payouts',
    isPerAccount: true,
    input: z.strictObject({
      ...expand,
      amount: positiveInteger,
      currency,
      description: text.optional(),
      metadata: metadata.optional(),
      method: oneOf('instant', 'standard').optional(),
      statement_descriptor: text.optional(),
    }),
    run: createPayout,
  }),
  operation({
    name: 'payouts.retrieve',
    method: 'GET',
    path: '/v1/payouts/:id',
    isPerAccount: true,
    input: z.strictObject(expand),
    run: own,
  }),
  operation({
    name: 'payouts.list',
    method: 'GET',
    path: '/v1/payouts',
    isPerAccount: true,
    input: z.strictObject({ ...paging, status: text.optional() }),
    run: (call, { status, ...query }) =>
      listAnswer(call, 'payout', '/v1/payouts', {
        ...query,
        tags: [call.owner],
        ...(status !== undefined && { where: { status } }),
      }),
  }),
  operation({
    name: 'payouts.update',
    method: 'POST',
    path: '/v1/payouts/:id',
    isPerAccount: true,
    input: z.strictObject({ ...expand, metadata: metadata.optional() }),
    run(call, input) {
      const payout = own(call);
      const changed: Payout = { ...payout, metadata: mergeMetadata(payout.metadata ?? {}, input.metadata) };
      call.sandbox.objects.save('payout', changed);
      return changed;
    },
  }),
  operation({
    name: 'payouts.cancel',
    method: 'POST',
    path: '/v1/payouts/:id/cancel',
    isPerAccount: true,
    input: z.strictObject(expand),
    run: (call) => cancelPayout(call, own(call)),
  }),
];

/** @throws ApiError 404 for a payout of somebody else */
function own(call: Call): Payout {
  if (call.sandbox.objects.tagOf(call.id) !== call.owner) throw missingResource('payout', call.id, 'payout');
  return findOrRefuse(call, 'payout');
}
