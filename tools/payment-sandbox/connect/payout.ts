import { refused } from '../api/errors.ts';
import { mergeMetadata } from '../api/parameters.ts';
import { book, platform } from '../balance/book.ts';
import { type Call, findOrRefuse } from '../call.ts';
import type { Payout } from '../model.ts';
import { newId } from '../state/ids.ts';
import { schedule, unschedule } from '../state/timers.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { checkBalance } from './transfer.ts';

/** Milliseconds until a payout arrives, or fails. */
const arrivesAfter = 2_000;

/** The account number on which Stripe's test payouts fail, by its end. */
const failingLast4 = '1116';

/** Pays an owner's money out to the bank. @throws ApiError 400 `balance_insufficient`, or before the account is ready */
export function createPayout(
  call: Call,
  input: {
    amount: number;
    currency: string;
    description?: string | undefined;
    metadata?: Record<string, string> | null | undefined;
    method?: string | undefined;
    statement_descriptor?: string | undefined;
  },
): Payout {
  const destination = destinationOf(call, input.currency);
  checkBalance(call, call.owner, input.amount, input.currency);
  const id = newId('po');
  const { id: transaction } = book(call, {
    owner: call.owner,
    type: 'payout',
    category: 'payout',
    amount: -input.amount,
    currency: input.currency,
    source: id,
    description: input.description ?? 'STRIPE PAYOUT',
  });
  const payout: Payout = {
    id,
    object: 'payout',
    amount: input.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: call.now + Math.ceil(arrivesAfter / 1000),
    automatic: false,
    balance_transaction: transaction,
    created: call.now,
    currency: input.currency,
    description: input.description ?? null,
    destination,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: mergeMetadata({}, input.metadata),
    method: input.method ?? 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: input.statement_descriptor ?? null,
    status: 'pending',
    trace_id: null,
    type: 'bank_account',
  };
  call.sandbox.objects.save('payout', payout, call.owner);
  emitEvent(call, 'payout.created', payout, accountOf(call.owner));
  schedule(call.sandbox, 'payout_arrival', id, call.sandbox.clock() + arrivesAfter);
  return payout;
}

/** @throws ApiError 400 once it has arrived or failed */
export function cancelPayout(call: Call, payout: Payout): Payout {
  if (payout.status !== 'pending') {
    throw refused(`Payouts can only be canceled while they are pending; this one is ${payout.status}.`);
  }
  unschedule(call.sandbox, 'payout_arrival', payout.id);
  const { id } = giveBack(call, payout, 'payout_cancel');
  const canceled: Payout = { ...payout, status: 'canceled', failure_balance_transaction: id };
  call.sandbox.objects.save('payout', canceled);
  emitEvent(call, 'payout.canceled', canceled, accountOf(ownerOf(call, payout.id)));
  return canceled;
}

/** The bank's answer: the money arrived, or came back. */
export function settlePayout(call: Call, id: string): void {
  const payout = call.sandbox.objects.find('payout', id);
  if (payout?.status !== 'pending') return;
  const owner = ownerOf(call, id);
  const account = owner === platform ? undefined : call.sandbox.objects.find('account', owner);
  const bank = account?.external_accounts?.data[0];
  if (bank?.last4 !== failingLast4) {
    const paid: Payout = { ...payout, status: 'paid' };
    call.sandbox.objects.save('payout', paid);
    emitEvent(call, 'payout.paid', paid, accountOf(owner));
    return;
  }
  const failed: Payout = {
    ...payout,
    status: 'failed',
    failure_code: 'no_account',
    failure_message:
      'The bank account details on file are probably incorrect. No bank account could be located with those details.',
    failure_balance_transaction: giveBack(call, payout, 'payout_failure').id,
  };
  call.sandbox.objects.save('payout', failed);
  emitEvent(call, 'payout.failed', failed, accountOf(owner));
}

function giveBack(call: Call, payout: Payout, type: 'payout_cancel' | 'payout_failure') {
  return book(call, {
    owner: ownerOf(call, payout.id),
    type,
    category: 'payout_reversal',
    amount: payout.amount,
    currency: payout.currency,
    source: payout.id,
  });
}

function destinationOf(call: Call, currency: string): string {
  if (call.owner === platform) return 'ba_platform';
  const account = findOrRefuse(call, 'account', call.owner);
  const bank = account.external_accounts?.data[0];
  if (account.payouts_enabled && bank) return bank.id;
  throw refused(`Sorry, you don't have any external accounts in that currency (${currency}).`, {
    code: 'invalid_request_error',
  });
}

function ownerOf(call: Call, payout: string): string {
  return call.sandbox.objects.tagOf(payout) ?? platform;
}

function accountOf(owner: string): string | undefined {
  return owner === platform ? undefined : owner;
}
