import { type Context, DomainError } from '../kernel/index.ts';
import type { PaymentDetail } from './model.ts';
import { detailOf } from './payment-detail.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

/**
 * What a confirmation token of the Payment Element would pay with: the only trace of a card that a shop sees before it asks the bank.
 *
 * @param token as the form sent it
 * @throws DomainError `payment_mismatch` with `{ reason: 'token_unknown' | 'token_used' | 'token_expired' }`, `unavailable`
 */
export async function readConfirmationToken(ctx: Context, token: string): Promise<PaymentDetail> {
  if (!/^ctoken_\w{1,250}$/.test(token)) throw unusable('token_unknown');
  try {
    const found = await orUnavailable(() => ctx.services.stripe.confirmationTokens.retrieve(token));
    if (found.payment_intent !== null || found.setup_intent !== null) throw unusable('token_used');
    if (found.expires_at !== null && found.expires_at * 1000 <= ctx.clock.now().getTime())
      throw unusable('token_expired');
    if (found.payment_method_preview === null) throw unusable('token_unknown');
    return detailOf(found.payment_method_preview);
  } catch (error) {
    if (isProviderError(error, 'resource_missing')) throw unusable('token_unknown');
    throw error;
  }
}

function unusable(reason: 'token_unknown' | 'token_used' | 'token_expired'): DomainError {
  return new DomainError('payment_mismatch', `the confirmation token cannot be used: ${reason}`, { reason });
}
