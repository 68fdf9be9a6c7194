import { timingSafeEqual } from 'node:crypto';
import { invalidParameter, missingResource } from '../api/errors.ts';
import { digest } from '../api/idempotency.ts';
import type { Call } from '../call.ts';
import type { PaymentIntent, SetupIntent } from '../model.ts';

/** Compares in constant time. */
export function isSecretOf(intent: { client_secret: string }, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [one, other] = [digest(given), digest(intent.client_secret)].map((text) => Buffer.from(text));
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

/**
 * A browser knows an intent by its client secret.
 *
 * @throws ApiError 400 without it, 404 with a wrong one, as if there were no such intent
 */
export function checkSecret(
  call: Call,
  intent: PaymentIntent | SetupIntent,
  secret: string | undefined,
): void {
  if (secret === undefined) {
    if (!call.isPublishable) return;
    throw invalidParameter('client_secret', 'Missing required param: client_secret.', 'parameter_missing');
  }
  if (!isSecretOf(intent, secret)) throw missingResource(intent.object, intent.id, 'intent');
}

const hidden = [
  'amount_capturable',
  'amount_details',
  'amount_received',
  'application',
  'application_fee_amount',
  'customer',
  'customer_account',
  'latest_attempt',
  'latest_charge',
  'metadata',
  'on_behalf_of',
  'payment_method_options',
  'review',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_data',
  'transfer_group',
];

/** What a browser may see of an intent: neither metadata nor who the customer is. */
export function visibleTo(call: Call, intent: object): object {
  if (!call.isPublishable) return intent;
  return Object.fromEntries(Object.entries(intent).filter(([name]) => !hidden.includes(name)));
}
