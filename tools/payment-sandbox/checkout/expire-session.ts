import { refused } from '../api/errors.ts';
import type { Call } from '../call.ts';
import type { CheckoutSession } from '../model.ts';
import { cancelable, cancelIntent } from '../payments/settle-intent.ts';
import { unschedule } from '../state/timers.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { intentOf } from './terms.ts';

/**
 * Closes a session that was not paid, and whatever was begun to pay it with.
 *
 * @throws ApiError 400 unless it is open
 */
export function expireSession(call: Call, session: CheckoutSession): CheckoutSession {
  if (session.status !== 'open') {
    throw refused(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  const expired: CheckoutSession = { ...session, status: 'expired', url: null };
  call.sandbox.objects.save('checkout_session', expired);
  unschedule(call.sandbox, 'session_expiry', session.id);
  const intentId = intentOf(call, session.id);
  const intent = intentId === undefined ? undefined : call.sandbox.objects.find('payment_intent', intentId);
  if (intent && cancelable.includes(intent.status)) cancelIntent(call, intent, {});
  emitEvent(call, 'checkout.session.expired', expired);
  return expired;
}

/** Its time is over: nothing happens when it was paid meanwhile. */
export function lapseSession(call: Call, id: string): void {
  const session = call.sandbox.objects.find('checkout_session', id);
  if (session?.status === 'open') expireSession(call, session);
}
