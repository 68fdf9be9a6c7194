import { refused } from '../api/errors.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { keepMethod } from '../methods/create-method.ts';
import { usePaymentMethod } from '../methods/use-method.ts';
import type { ConfirmationToken, PaymentMethod } from '../model.ts';
import { textOf } from '../state/database.ts';

/**
 * Turns a confirmation token into its payment method, once.
 *
 * @throws ApiError 404 `resource_missing`, 400 for one that was used before or is older than twelve hours
 */
export function useToken(
  call: Call,
  id: string,
  intent: { id: string; object: 'payment_intent' | 'setup_intent' },
): { token: ConfirmationToken; method: PaymentMethod } {
  const token = findOrRefuse(call, 'confirmation_token', id);
  const user = token.payment_intent ?? token.setup_intent;
  if (user !== null) {
    throw refused(
      `This ConfirmationToken has already been used to confirm a previous intent (${user}). Please create a new ConfirmationToken.`,
      { param: 'confirmation_token' },
    );
  }
  if (token.expires_at !== null && token.expires_at <= call.now) {
    throw refused('This ConfirmationToken has expired. Please create a new ConfirmationToken.', {
      param: 'confirmation_token',
    });
  }
  call.sandbox.objects.save('confirmation_token', { ...token, [intent.object]: intent.id, expires_at: null });
  return { token, method: methodOf(call, id) };
}

function methodOf(call: Call, token: string): PaymentMethod {
  const row = call.sandbox.db.first(
    'select body, card, payment_method from token_methods where token = ?',
    token,
  );
  if (!row) throw refused('This ConfirmationToken has no payment method.', { param: 'confirmation_token' });
  if (row.payment_method !== null) return usePaymentMethod(call, textOf(row, 'payment_method'));
  const card = row.card === null ? undefined : textOf(row, 'card');
  return keepMethod(call, { method: { ...JSON.parse(textOf(row, 'body')), created: call.now }, card });
}
