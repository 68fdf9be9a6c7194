import { refused } from '../api/errors.ts';
import { kindOf } from '../methods/kinds.ts';
import type { PaymentIntent, PaymentMethod, SetupIntent } from '../model.ts';

/** @throws ApiError 400 for a kind of payment that the intent does not take */
export function checkMethodType(intent: PaymentIntent | SetupIntent, method: PaymentMethod): void {
  if (intent.payment_method_types.includes(method.type)) return;
  const name = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  throw refused(
    `The PaymentMethod provided (${method.type}) is not allowed for this ${name}. Please attach a payment method of one of the following types: ${intent.payment_method_types.join(', ')}. Alternatively update the allowed payment_method_types for this ${name} to include "${method.type}".`,
    { param: 'payment_method' },
  );
}

/** @throws ApiError 400 when the provider is not told what it needs of the payer */
export function checkBillingDetails(method: PaymentMethod): void {
  const { address, email, name } = method.billing_details;
  const given = {
    email,
    name,
    country: address?.country,
    line1: address?.line1,
    postal_code: address?.postal_code,
  };
  const missing = kindOf(method.type).needs.find((need) => !given[need]);
  if (missing === undefined) return;
  const inAddress = missing === 'country' || missing === 'line1' || missing === 'postal_code';
  const param = `billing_details${inAddress ? '[address]' : ''}[${missing}]`;
  throw refused(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}
