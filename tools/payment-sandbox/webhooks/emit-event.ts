import type { Call } from '../call.ts';
import type { ApiObject, SandboxEvent } from '../model.ts';
import { newId } from '../state/ids.ts';
import { waitOf } from './delivery-manner.ts';

/** The events that the sandbox can send. */
export const eventTypes = [
  'payment_intent.created',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.processing',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.updated',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'setup_intent.created',
  'setup_intent.requires_action',
  'setup_intent.succeeded',
  'setup_intent.setup_failed',
  'setup_intent.canceled',
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.succeeded',
  'charge.failed',
  'charge.captured',
  'charge.pending',
  'charge.refunded',
  'account.updated',
  'transfer.created',
  'transfer.reversed',
  'payout.created',
  'payout.paid',
  'payout.failed',
  'payout.canceled',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refund.updated',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;

export type EventType = (typeof eventTypes)[number];

/**
 * Stores an event and its deliveries in the transaction of the change that it tells of.
 *
 * @param account the connected account that it is about
 */
export function emitEvent(call: Call, type: EventType, object: ApiObject, account?: string): void {
  const { db, objects } = call.sandbox;
  const endpoints = enabledEndpoints(call).filter(
    (endpoint) => endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type),
  );
  const event: SandboxEvent = {
    id: newId('evt'),
    object: 'event',
    ...(account !== undefined && { account }),
    api_version: call.apiVersion,
    created: call.now,
    data: { object },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: { id: call.requestId, idempotency_key: call.idempotencyKey },
    type,
  };
  objects.save('event', event, type);
  for (const endpoint of endpoints) {
    db.run(
      "insert into deliveries (event, endpoint, state, due_at) values (?, ?, 'pending', ?)",
      event.id,
      endpoint.id,
      call.sandbox.clock() + waitOf(call.sandbox.manner),
    );
  }
}

function enabledEndpoints(call: Call) {
  return call.sandbox.objects.all('webhook_endpoint').filter((endpoint) => endpoint.status === 'enabled');
}
