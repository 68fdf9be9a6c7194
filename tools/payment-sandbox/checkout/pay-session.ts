import type { Call } from '../call.ts';
import { createCustomer } from '../customers/customer-operations.ts';
import { methodTypes } from '../methods/kinds.ts';
import type { PaymentMethodData } from '../methods/method-parameters.ts';
import type { CheckoutSession, Outcome, PaymentIntent, SetupIntent } from '../model.ts';
import { confirmIntent } from '../payments/confirm-intent.ts';
import { createIntent } from '../payments/create-intent.ts';
import { updateIntent } from '../payments/update-intent.ts';
import { confirmSetup } from '../setup/confirm-setup.ts';
import { createSetup } from '../setup/create-setup.ts';
import { intentOf, type SessionTerms, termsOf } from './terms.ts';

export interface PageChoice {
  /** A saved method's id, or what to make a new one of. */
  method: { id: string } | { data: PaymentMethodData };
  email: string | null;
  name: string | null;
  /** Whether the shopper ticked "save for later". */
  isSaved: boolean;
}

/** Pays (or saves) on the session's page: the first try makes the intent, later ones use it again. */
export function paySession(call: Call, session: CheckoutSession, choice: PageChoice): Outcome {
  const terms = termsOf(call, session.id);
  const confirmation = {
    ...('id' in choice.method
      ? { payment_method: choice.method.id }
      : { payment_method_data: choice.method.data }),
    return_url: `${call.sandbox.publicUrl()}/c/return/${session.id}`,
  };
  if (session.mode === 'setup') return confirmSetup(call, setupOf(call, session, terms), confirmation);
  const intent = paymentOf(call, session, terms, choice);
  const saving =
    choice.isSaved && intent.customer !== null && intent.setup_future_usage === null
      ? updateIntent(call, intent, { setup_future_usage: 'on_session' })
      : intent;
  return confirmIntent(call, saving, confirmation);
}

function paymentOf(
  call: Call,
  session: CheckoutSession,
  terms: SessionTerms,
  choice: PageChoice,
): PaymentIntent {
  const known = intentOf(call, session.id);
  const found = known === undefined ? undefined : call.sandbox.objects.find('payment_intent', known);
  if (found) return found;
  const data = terms.payment_intent_data ?? {};
  const needsCustomer = terms.customer_creation === 'always' || data.setup_future_usage !== undefined;
  const customer =
    session.customer ??
    (needsCustomer
      ? createCustomer(call, { email: session.customer_email ?? choice.email, name: choice.name }).id
      : undefined);
  const { body } = createIntent(call, {
    ...data,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    capture_method: data.capture_method ?? 'automatic_async',
    confirm: false,
    customer,
    payment_method_types: typesOf(session),
  });
  return remember(call, session, call.sandbox.objects.find('payment_intent', idOf(body)));
}

function setupOf(call: Call, session: CheckoutSession, terms: SessionTerms): SetupIntent {
  const known = intentOf(call, session.id);
  const found = known === undefined ? undefined : call.sandbox.objects.find('setup_intent', known);
  if (found) return found;
  const { body } = createSetup(call, {
    ...terms.setup_intent_data,
    confirm: false,
    usage: 'off_session',
    customer: session.customer ?? undefined,
    payment_method_types: typesOf(session),
  });
  return remember(call, session, call.sandbox.objects.find('setup_intent', idOf(body)));
}

function remember<T extends { id: string }>(call: Call, session: CheckoutSession, intent: T | undefined): T {
  if (!intent) throw new Error('an intent that was just made is not there');
  call.sandbox.db.run('insert into session_intents (intent, session) values (?, ?)', intent.id, session.id);
  return intent;
}

function typesOf(session: CheckoutSession) {
  return methodTypes.filter((type) => session.payment_method_types.includes(type));
}

function idOf(body: object): string {
  return 'id' in body ? String(body.id) : '';
}
