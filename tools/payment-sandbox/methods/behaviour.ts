import { missingResource } from '../api/errors.ts';
import type { Call } from '../call.ts';
import { cardById, type Decline } from '../cards.ts';
import type { PaymentMethod } from '../model.ts';
import { textOf } from '../state/database.ts';
import { kindOf } from './kinds.ts';
import { accountByName } from './test-accounts.ts';

/** What happens when a payment method is asked for money. */
export interface Behaviour {
  /** Whether the payer must agree on another page first: the bank's (3-D Secure), or the provider's (Klarna). */
  isChallenged: boolean;
  /** Whether that is asked only until the card is saved. */
  isTrustedOnceSaved?: boolean;
  decline?: Decline;
  /** The decline that comes when the card is only to be saved; cards that decline a payment can be saved otherwise. */
  declinesSaving?: boolean;
  /** The bank answers later: the payment is `processing` until then. */
  answersLater?: boolean;
  refund?: 'pending' | 'fails';
  /** Why the cardholder disputes the charge, soon after it was made. */
  dispute?: 'fraudulent' | 'product_not_received';
  /** Money is available at once, as Stripe's card for tests of payouts has it. */
  isAvailableAtOnce?: boolean;
}

export function behaviourOf(call: Call, method: PaymentMethod): Behaviour {
  if (method.type !== 'card' && method.type !== 'sepa_debit') {
    return { isChallenged: kindOf(method.type).isRedirect };
  }
  const row = call.sandbox.db.first('select card from test_cards where payment_method = ?', method.id);
  const name = row && textOf(row, 'card');
  const found = name === undefined ? undefined : (cardById(name) ?? accountByName(name));
  if (!found) throw missingResource('payment_method', method.id, 'payment_method');
  return found;
}
