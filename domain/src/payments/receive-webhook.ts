import type Stripe from 'stripe';
import { type Context, DomainError } from '../kernel/index.ts';
import { paymentReported } from './events.ts';
import { webhookObject } from './model.ts';

/** How old a signature may be: what is older may be a replay. */
const TOLERANCE_SECONDS = 300;

/**
 * Takes in a webhook of the provider: stored before it is handled, repeats dropped by its id, and the checkout that it is
 * about told by an event in the same transaction. The order in which webhooks come does not matter: the handler asks the provider.
 *
 * @param input.payload the body, byte for byte
 * @throws DomainError `signature_invalid` when it does not come from the provider or is too old
 */
export async function receiveWebhook(
  ctx: Context,
  input: { payload: Buffer; signature: string },
): Promise<{ isNew: boolean }> {
  const event = verified(ctx, input);
  const object = webhookObject.safeParse(event.data.object);
  const intentId =
    object.data?.object === 'payment_intent' ? object.data.id : (object.data?.payment_intent ?? null);
  const checkoutId = object.data?.metadata?.checkout_id;
  return ctx.transaction(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('payment_webhooks')
      .values({
        id: event.id,
        type: event.type,
        intent_id: intentId,
        payload: input.payload.toString('utf8'),
        received_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    const isNew = (numInsertedOrUpdatedRows ?? 0n) > 0n;
    if (isNew && intentId !== null && checkoutId && isUuid(checkoutId)) {
      await tx.emit(paymentReported(checkoutId, { intentId, type: event.type }));
    }
    return { isNew };
  });
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function verified(ctx: Context, input: { payload: Buffer; signature: string }): Stripe.Event {
  try {
    return ctx.services.stripe.webhooks.constructEvent(
      input.payload,
      input.signature,
      ctx.config.stripe.webhookSecret,
      TOLERANCE_SECONDS,
    );
  } catch (cause) {
    throw new DomainError(
      'signature_invalid',
      'the webhook is not signed by the provider, or too old',
      {},
      { cause },
    );
  }
}
