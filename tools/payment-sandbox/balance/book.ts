import type { Call } from '../call.ts';
import type { BalanceTransaction } from '../model.ts';
import { newId } from '../state/ids.ts';

/** Whose money it is: the shop's, or a connected account's. */
export const platform = 'platform';

export interface Entry {
  /** A connected account's id, or the platform. */
  owner: string;
  type: string;
  category: string;
  /** Minor units; negative for what leaves. */
  amount: number;
  fee?: number;
  currency: string;
  source: string;
  description?: string | null;
  /** When it may be spent, in seconds; at once when absent. */
  availableOn?: number;
}

/** Two days, as in most countries. */
const pendingSeconds = 2 * 24 * 60 * 60;

export function availableLater(call: Call): number {
  return call.now + pendingSeconds;
}

/** Books money that came or went. The sum of an owner's bookings is the balance: nothing else keeps it. */
export function book(call: Call, entry: Entry): BalanceTransaction {
  const fee = entry.fee ?? 0;
  const availableOn = entry.availableOn ?? call.now;
  const transaction: BalanceTransaction = {
    id: newId('txn'),
    object: 'balance_transaction',
    amount: entry.amount,
    available_on: availableOn,
    balance_type: 'payments',
    created: call.now,
    currency: entry.currency,
    description: entry.description ?? null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: entry.currency,
              description: 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: entry.amount - fee,
    reporting_category: entry.category,
    source: entry.source,
    status: availableOn > call.now ? 'pending' : 'available',
    type: entry.type,
  };
  call.sandbox.objects.save('balance_transaction', transaction, entry.owner);
  return transaction;
}

/** What Stripe takes of a card payment in the US: 2.9 % and 30 minor units, at most all of it. */
export function feeFor(amount: number): number {
  return Math.min(amount, Math.round(amount * 0.029) + 30);
}
