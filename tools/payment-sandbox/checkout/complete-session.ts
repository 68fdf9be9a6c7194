import type { Call } from '../call.ts';
import type { CheckoutSession, PaymentIntent, PaymentMethod, SetupIntent } from '../model.ts';
import { unschedule } from '../state/timers.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { sessionOf } from './terms.ts';

/**
 * Ends the session that an intent was made for, in the transaction in which the intent was paid or held. Held and
 * processing money is `unpaid` yet, as with Stripe.
 */
export function completeSession(call: Call, intent: PaymentIntent, method: PaymentMethod): void {
  const session = openSession(call, intent.id);
  if (!session) return;
  complete(call, {
    ...session,
    ...completed(session, method, intent.customer),
    payment_intent: intent.id,
    payment_status: intent.status === 'succeeded' ? 'paid' : 'unpaid',
  });
}

export function completeSetupSession(call: Call, intent: SetupIntent, method: PaymentMethod): void {
  const session = openSession(call, intent.id);
  if (!session) return;
  complete(call, {
    ...session,
    ...completed(session, method, intent.customer),
    setup_intent: intent.id,
    payment_status: 'no_payment_required',
  });
}

/** A held payment was captured, or a bank answered: the complete session is `paid`, or stays `unpaid`. */
export function settleSession(call: Call, intentId: string, isPaid: boolean, isAsync = true): void {
  const id = sessionOf(call, intentId);
  const session = id === undefined ? undefined : call.sandbox.objects.find('checkout_session', id);
  if (!session) return;
  const settled: CheckoutSession = { ...session, payment_status: isPaid ? 'paid' : 'unpaid' };
  call.sandbox.objects.save('checkout_session', settled);
  if (isAsync) {
    emitEvent(
      call,
      isPaid ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed',
      settled,
    );
  }
}

function openSession(call: Call, intentId: string): CheckoutSession | undefined {
  const id = sessionOf(call, intentId);
  const session = id === undefined ? undefined : call.sandbox.objects.find('checkout_session', id);
  return session?.status === 'open' ? session : undefined;
}

function completed(
  session: CheckoutSession,
  method: PaymentMethod,
  customer: string | null,
): Pick<CheckoutSession, 'status' | 'url' | 'customer' | 'customer_details'> {
  const { address, email, name, phone } = method.billing_details;
  return {
    status: 'complete',
    url: null,
    customer,
    customer_details: {
      address,
      business_name: null,
      email: session.customer_email ?? email,
      individual_name: null,
      name,
      phone,
      tax_exempt: 'none',
      tax_ids: [],
    },
  };
}

function complete(call: Call, session: CheckoutSession): void {
  call.sandbox.objects.save('checkout_session', session);
  unschedule(call.sandbox, 'session_expiry', session.id);
  emitEvent(call, 'checkout.session.completed', session);
}
