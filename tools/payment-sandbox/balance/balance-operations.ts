import { z } from 'zod';
import { missingResource } from '../api/errors.ts';
import { expand, paging, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { BalanceTransaction } from '../model.ts';
import { balanceOf } from './sums.ts';

export const balanceOperations: Operation[] = [
  operation({
    name: 'balance.retrieve',
    method: 'GET',
    path: '/v1/balance',
    isPerAccount: true,
    input: z.strictObject(expand),
    run(call) {
      const sums = balanceOf(call, call.owner);
      const shown = sums.length > 0 ? sums : [{ currency: 'usd', available: 0, pending: 0 }];
      const parts = (name: 'available' | 'pending') =>
        shown.map((sum) => ({
          amount: sum[name],
          currency: sum.currency,
          source_types: { card: sum[name] },
        }));
      return { object: 'balance', available: parts('available'), livemode: false, pending: parts('pending') };
    },
  }),
  operation({
    name: 'balance_transactions.retrieve',
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    isPerAccount: true,
    input: z.strictObject(expand),
    run(call) {
      if (call.sandbox.objects.tagOf(call.id) !== call.owner) {
        throw missingResource('balance_transaction', call.id, 'id');
      }
      return asOfNow(call, findOrRefuse(call, 'balance_transaction'));
    },
  }),
  operation({
    name: 'balance_transactions.list',
    method: 'GET',
    path: '/v1/balance_transactions',
    isPerAccount: true,
    input: z.strictObject({
      ...paging,
      currency: text.optional(),
      payout: text.optional(),
      source: text.optional(),
      type: text.optional(),
    }),
    run(call, { currency, payout, source = payout, type, ...query }) {
      const list = listAnswer(call, 'balance_transaction', '/v1/balance_transactions', {
        ...query,
        tags: [call.owner],
        where: {
          ...(currency !== undefined && { currency }),
          ...(source !== undefined && { source }),
          ...(type !== undefined && { type }),
        },
      });
      return { ...list, data: list.data.map((transaction) => asOfNow(call, transaction)) };
    },
  }),
];

/** Pending money becomes available by the passing of time alone. */
function asOfNow(call: Call, transaction: BalanceTransaction): BalanceTransaction {
  return { ...transaction, status: transaction.available_on > call.now ? 'pending' : 'available' };
}
