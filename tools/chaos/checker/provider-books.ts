import type { Context } from '@souk/domain/kernel';
import type { ProviderIntent } from './model.ts';

type Stripe = Context['services']['stripe'];

/** Everything in the provider's books, read by its own API: intents, charges and refunds. */
export async function readProviderBooks(stripe: Stripe): Promise<ProviderIntent[]> {
  const [intents, charges] = await Promise.all([
    all(stripe.paymentIntents.list({ limit: 100 })),
    all(stripe.charges.list({ limit: 100 })),
  ]);
  const chargesOf = Map.groupBy(charges, ({ payment_intent: intent }) => idOf(intent));
  return intents.map((intent) => {
    const agreed = (chargesOf.get(intent.id) ?? []).filter(({ status }) => status === 'succeeded');
    const taken = agreed.filter(({ captured }) => captured);
    const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
    return {
      id: intent.id,
      status: intent.status,
      checkoutId: intent.metadata.checkout_id ?? null,
      orderId: intent.metadata.order_id ?? null,
      currency: intent.currency.toUpperCase(),
      amount: intent.amount,
      held: intent.status === 'requires_capture' ? intent.amount_capturable : 0,
      captured: sum(taken.map(({ amount_captured: captured }) => captured)),
      // what a partial capture let go of counts as refunded there, though it was never taken
      refunded: sum(taken.map((charge) => charge.amount_refunded - (charge.amount - charge.amount_captured))),
      charges: agreed.length,
    };
  });
}

function all<T>(list: { autoPagingToArray(options: { limit: number }): Promise<T[]> }): Promise<T[]> {
  return list.autoPagingToArray({ limit: 10_000 });
}

function idOf(intent: string | { id: string } | null): string {
  return typeof intent === 'string' ? intent : (intent?.id ?? '');
}
