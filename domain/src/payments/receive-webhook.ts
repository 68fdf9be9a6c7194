import Stripe from 'stripe';
import { type Context, DomainError, enqueue, isDomainError, type webhookOutcomes } from '../kernel/index.ts';
import { handleWebhookJob } from './handle-webhook.ts';
import { idIn, webhookObject } from './model.ts';

/** How old a signature may be: what is older may be a replay. */
const TOLERANCE_SECONDS = 300;

/**
 * Takes in a webhook of the provider: stored before it is handled, repeats dropped by its id, and handled by a job that is queued in
 * the same transaction. The order in which webhooks come does not matter: whoever handles one asks the provider.
 *
 * @param input.payload the body, byte for byte
 * @throws DomainError `signature_invalid` when it does not come from the provider or is too old
 */
export async function receiveWebhook(
  ctx: Context,
  input: { payload: Buffer; signature: string },
): Promise<{ isNew: boolean }> {
  let outcome: (typeof webhookOutcomes)[number] = 'failed';
  try {
    const stored = await store(ctx, verified(ctx, input), input.payload);
    outcome = stored.isNew ? 'new' : 'repeated';
    return stored;
  } catch (error) {
    if (isDomainError(error, 'signature_invalid')) outcome = 'refused';
    throw error;
  } finally {
    ctx.observe.webhookReceived(outcome);
  }
}

function store(ctx: Context, event: Stripe.Event, payload: Buffer): Promise<{ isNew: boolean }> {
  const object = webhookObject.safeParse(event.data.object).data;
  const intentId = object?.object === 'payment_intent' ? object.id : (object?.payment_intent ?? null);
  return ctx.transaction(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('payment_webhooks')
      .values({
        id: event.id,
        type: event.type,
        intent_id: intentId,
        checkout_id: idIn(object?.metadata, 'checkout_id'),
        order_id: idIn(object?.metadata, 'order_id'),
        payload: payload.toString('utf8'),
        received_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    const isNew = (numInsertedOrUpdatedRows ?? 0n) > 0n;
    if (isNew) await enqueue(tx, handleWebhookJob, { id: event.id }, { key: `webhook:${event.id}` });
    return { isNew };
  });
}

/** Any of the secrets will do: while an endpoint's secret is replaced, Stripe signs by the old one and the new one for a day. */
function verified(ctx: Context, input: { payload: Buffer; signature: string }): Stripe.Event {
  let cause: unknown;
  for (const secret of ctx.config.stripe.webhookSecrets) {
    try {
      return ctx.services.stripe.webhooks.constructEvent(
        input.payload,
        input.signature,
        secret,
        TOLERANCE_SECONDS,
      );
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
      cause = error;
    }
  }
  throw new DomainError(
    'signature_invalid',
    'the webhook is not signed by the provider, or too old',
    {},
    { cause },
  );
}
