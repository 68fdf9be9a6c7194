import { z } from 'zod';
import { invalidParameter } from '../api/errors.ts';
import {
  expand,
  mergeMetadata,
  metadata,
  paging,
  positiveInteger,
  text,
  unsettableText,
} from '../api/parameters.ts';
import { findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Transfer } from '../model.ts';
import { currency } from '../payments/intent-parameters.ts';
import { createTransfer, reverseTransfer } from './transfer.ts';

export const transferOperations: Operation[] = [
  operation({
    name: 'transfers.create',
    method: 'POST',
    path: '/v1/transfers',
    input: z.strictObject({
      ...expand,
      amount: positiveInteger.optional(),
      currency,
      description: text.optional(),
      destination: text,
      metadata: metadata.optional(),
      source_transaction: text.optional(),
      transfer_group: text.optional(),
    }),
    run(call, input) {
      if (input.amount === undefined && input.source_transaction === undefined) {
        throw invalidParameter('amount', 'Missing required param: amount.', 'parameter_missing');
      }
      return createTransfer(call, input);
    },
  }),
  operation({
    name: 'transfers.retrieve',
    method: 'GET',
    path: '/v1/transfers/:id',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'transfer'),
  }),
  operation({
    name: 'transfers.list',
    method: 'GET',
    path: '/v1/transfers',
    input: z.strictObject({ ...paging, destination: text.optional(), transfer_group: text.optional() }),
    run: (call, { destination, transfer_group: group, ...query }) =>
      listAnswer(call, 'transfer', '/v1/transfers', {
        ...query,
        where: {
          ...(destination !== undefined && { destination }),
          ...(group !== undefined && { transfer_group: group }),
        },
      }),
  }),
  operation({
    name: 'transfers.update',
    method: 'POST',
    path: '/v1/transfers/:id',
    input: z.strictObject({
      ...expand,
      description: unsettableText.optional(),
      metadata: metadata.optional(),
    }),
    run(call, input) {
      const transfer = findOrRefuse(call, 'transfer');
      const changed: Transfer = {
        ...transfer,
        description: input.description === undefined ? transfer.description : input.description,
        metadata: mergeMetadata(transfer.metadata, input.metadata),
      };
      call.sandbox.objects.save('transfer', changed);
      return changed;
    },
  }),
  operation({
    name: 'transfers.create_reversal',
    method: 'POST',
    path: '/v1/transfers/:id/reversals',
    input: z.strictObject({
      ...expand,
      amount: positiveInteger.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
    }),
    run: (call, input) => reverseTransfer(call, findOrRefuse(call, 'transfer'), input),
  }),
  operation({
    name: 'transfers.list_reversals',
    method: 'GET',
    path: '/v1/transfers/:id/reversals',
    input: z.strictObject(paging),
    run(call, input) {
      const { id } = findOrRefuse(call, 'transfer');
      return listAnswer(call, 'transfer_reversal', `/v1/transfers/${id}/reversals`, { ...input, tags: [id] });
    },
  }),
  operation({
    name: 'transfers.retrieve_reversal',
    method: 'GET',
    path: '/v1/transfers/:id/reversals/:second',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'transfer_reversal', call.second),
  }),
];
