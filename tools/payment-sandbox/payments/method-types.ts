import { type MethodWishes, methodsFor, narrowed } from '../methods/kinds.ts';
import type { PaymentIntent } from '../model.ts';

type Terms = Pick<
  PaymentIntent,
  | 'currency'
  | 'capture_method'
  | 'setup_future_usage'
  | 'automatic_payment_methods'
  | 'allowed_payment_method_types'
  | 'excluded_payment_method_types'
>;

/** The kinds of payment that an intent takes: those that are listed, or all that fit its terms and are wanted. */
export function methodTypesOf(intent: Terms, listed: readonly string[] | undefined): string[] {
  if (listed) return [...listed];
  const automatic = intent.automatic_payment_methods;
  if (!automatic?.enabled) return ['card'];
  const fitting = methodsFor({
    currency: intent.currency,
    isHeld: intent.capture_method === 'manual',
    isSaved: intent.setup_future_usage === 'off_session',
    allowsRedirects: automatic.allow_redirects !== 'never',
  });
  return narrowed(fitting, intent);
}

/** An intent with the wishes that came with a later call. Without any, and with fixed types, nothing changes. */
export function withMethodTypes(
  intent: PaymentIntent,
  input: { [K in keyof MethodWishes]?: PaymentIntent[K] | undefined } & {
    payment_method_types?: readonly string[] | undefined;
  },
): PaymentIntent {
  const wished: PaymentIntent = {
    ...intent,
    allowed_payment_method_types: input.allowed_payment_method_types ?? intent.allowed_payment_method_types,
    excluded_payment_method_types:
      input.excluded_payment_method_types ?? intent.excluded_payment_method_types,
  };
  if (!intent.automatic_payment_methods && !input.payment_method_types) return wished;
  return { ...wished, payment_method_types: methodTypesOf(wished, input.payment_method_types) };
}
