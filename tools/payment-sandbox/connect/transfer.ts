import { refused } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { book, platform } from '../balance/book.ts';
import { availableIn } from '../balance/sums.ts';
import { type Call, findOrRefuse } from '../call.ts';
import type { Account, Charge, Transfer, TransferReversal } from '../model.ts';
import { formatAmount } from '../payments/intent-parameters.ts';
import { newId } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';

interface TransferInput {
  amount?: number | undefined;
  currency: string;
  description?: string | undefined;
  destination: string;
  metadata?: Record<string, string> | null | undefined;
  source_transaction?: string | undefined;
  transfer_group?: string | undefined;
}

/**
 * Moves money from the shop's balance to a connected account's. With `source_transaction` it is money of that charge,
 * which need not be available yet.
 *
 * @throws ApiError 400 `balance_insufficient`, or `insufficient_capabilities_for_transfer` before the account is ready
 */
export function createTransfer(call: Call, input: TransferInput): Transfer {
  const account = findOrRefuse(call, 'account', input.destination, 'destination');
  checkReady(account);
  const charge =
    input.source_transaction === undefined
      ? undefined
      : findOrRefuse(call, 'charge', input.source_transaction, 'source_transaction');
  const amount = input.amount ?? charge?.amount_captured ?? 0;
  if (charge) checkCharge(call, charge, amount, input.currency);
  else checkBalance(call, platform, amount, input.currency);
  const id = newId('tr');
  const payment = newId('py');
  const funds = charge ? fundsOf(call, charge) : {};
  const { id: transaction } = book(call, {
    owner: platform,
    type: 'transfer',
    category: 'transfer',
    amount: -amount,
    currency: input.currency,
    source: id,
    description: input.description ?? null,
    ...funds,
  });
  book(call, {
    owner: account.id,
    type: 'payment',
    category: 'charge',
    amount,
    currency: input.currency,
    source: payment,
    ...funds,
  });
  const transfer: Transfer = {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: transaction,
    created: call.now,
    currency: input.currency,
    description: input.description ?? null,
    destination: account.id,
    destination_payment: payment,
    livemode: false,
    metadata: mergeMetadata({}, input.metadata),
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: charge?.id ?? null,
    source_type: 'card',
    transfer_group:
      input.transfer_group ?? charge?.transfer_group ?? (charge ? `group_${charge.payment_intent}` : null),
  };
  call.sandbox.objects.save('transfer', transfer, charge?.id);
  emitEvent(call, 'transfer.created', transfer);
  return transfer;
}

/** Takes a transfer back, or part of it. @throws ApiError 400 for more than is left of it, or than the account has */
export function reverseTransfer(
  call: Call,
  transfer: Transfer,
  input: { amount?: number | undefined; metadata?: Record<string, string> | null | undefined },
): TransferReversal {
  const left = transfer.amount - transfer.amount_reversed;
  if (left <= 0) throw refused(`Transfer ${transfer.id} has already been fully reversed.`);
  const amount = input.amount ?? left;
  if (amount > left) {
    const [asked, rest] = [amount, left].map((value) => formatAmount(value, transfer.currency));
    const message = `Reversal amount (${asked}) is greater than unreversed amount on transfer (${rest})`;
    throw refused(message, { param: 'amount' });
  }
  const owner = transfer.destination ?? '';
  checkBalance(call, owner, amount, transfer.currency);
  const id = newId('trr');
  const { id: transaction } = book(call, {
    owner: platform,
    type: 'transfer_refund',
    category: 'transfer_reversal',
    amount,
    currency: transfer.currency,
    source: id,
    description: `REFUND FOR TRANSFER (${transfer.id})`,
  });
  book(call, {
    owner,
    type: 'payment_refund',
    category: 'refund',
    amount: -amount,
    currency: transfer.currency,
    source: transfer.destination_payment,
  });
  const reversal: TransferReversal = {
    id,
    object: 'transfer_reversal',
    amount,
    balance_transaction: transaction,
    created: call.now,
    currency: transfer.currency,
    destination_payment_refund: null,
    metadata: mergeMetadata({}, input.metadata),
    source_refund: null,
    transfer: transfer.id,
  };
  const reversed = transfer.amount_reversed + amount;
  const changed: Transfer = {
    ...transfer,
    amount_reversed: reversed,
    reversed: reversed === transfer.amount,
    reversals: { ...transfer.reversals, data: [reversal, ...transfer.reversals.data] },
  };
  call.sandbox.objects.save('transfer_reversal', reversal, transfer.id);
  call.sandbox.objects.save('transfer', changed);
  emitEvent(call, 'transfer.reversed', changed);
  return reversal;
}

/** @throws ApiError 400 `balance_insufficient` */
export function checkBalance(call: Call, owner: string, amount: number, currency: string): void {
  if (availableIn(call, owner, currency) >= amount) return;
  throw refused(
    'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance',
    { code: 'balance_insufficient' },
  );
}

function checkReady(account: Account): void {
  if (account.capabilities?.transfers === 'active') return;
  throw refused(
    'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
    { code: 'insufficient_capabilities_for_transfer' },
  );
}

function checkCharge(call: Call, charge: Charge, amount: number, currency: string): void {
  if (charge.currency !== currency) {
    throw refused(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${currency})`,
    );
  }
  const earlier = call.sandbox.objects.list('transfer', { limit: 1000, tags: [charge.id] })?.data ?? [];
  const moved = earlier.reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
  if (charge.captured && moved + amount <= charge.amount_captured) return;
  const rest = formatAmount(Math.max(0, charge.amount_captured - moved), currency);
  throw refused(
    `You cannot create a transfer with an amount greater than the source charge has left (${rest}).`,
    {
      param: 'amount',
    },
  );
}

function fundsOf(call: Call, charge: Charge): { availableOn?: number } {
  const taken = call.sandbox.objects.find('balance_transaction', charge.balance_transaction ?? '');
  return taken && taken.available_on > call.now ? { availableOn: taken.available_on } : {};
}
