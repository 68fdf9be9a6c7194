import type { Context } from '../kernel/index.ts';
import { cancelIntent } from './intents.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

/**
 * Sends back all of an intent's money that belongs to no order: what is held is let go, what was taken is refunded. Repeating it
 * sends it back once.
 *
 * @throws DomainError `unavailable`
 */
export async function returnMoney(ctx: Context, intentId: string): Promise<void> {
  const { status } = await cancelIntent(ctx, intentId);
  if (status !== 'captured') return;
  try {
    await orUnavailable(() =>
      ctx.services.stripe.refunds.create(
        { payment_intent: intentId, reason: 'duplicate' },
        { idempotencyKey: `return:${intentId}` },
      ),
    );
  } catch (error) {
    if (!isProviderError(error, 'charge_already_refunded')) throw error;
  }
}
