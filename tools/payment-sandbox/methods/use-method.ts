import { refused } from '../api/errors.ts';
import { type Call, findOrRefuse } from '../call.ts';
import { cardById } from '../cards.ts';
import type { PaymentMethod } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { keepMethod, makeTestMethod } from './create-method.ts';

/**
 * The payment method that an id names. One of the test ids (`pm_card_visa`) makes a new method each time, as with Stripe.
 *
 * @throws ApiError 404 `resource_missing`, 400 for one that paid once already and belongs to nobody
 */
export function usePaymentMethod(call: Call, id: string): PaymentMethod {
  const test = cardById(id);
  if (test) return keepMethod(call, makeTestMethod(call, test));
  const method = findOrRefuse(call, 'payment_method', id);
  if (method.customer === null && isSpent(call, id)) {
    throw refused(
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    );
  }
  return method;
}

/** @throws ApiError 400 when the method belongs to another customer than the one that pays */
export function checkOwner(method: PaymentMethod, customer: string | null, object: string): void {
  if (method.customer === null || method.customer === customer) return;
  const message =
    customer === null
      ? `The payment method you provided is attached to a customer so for security purposes you must provide the customer in the request. Please include the Customer in the \`customer\` parameter on the ${object}.`
      : `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`;
  throw refused(message, { param: 'payment_method' });
}

/** Attached methods may pay again and again. */
export function attachMethod(call: Call, method: PaymentMethod, customer: string): PaymentMethod {
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw refused(
      'The payment method you provided has already been attached to a customer. You must detach it first.',
    );
  }
  const attached: PaymentMethod = { ...method, customer };
  call.sandbox.objects.save('payment_method', attached);
  emitEvent(call, 'payment_method.attached', attached);
  return attached;
}

/** A detached method may never be used or attached again. */
export function detachMethod(call: Call, method: PaymentMethod): PaymentMethod {
  if (method.customer === null) {
    throw refused(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  const detached: PaymentMethod = { ...method, customer: null };
  call.sandbox.objects.save('payment_method', detached);
  markSpent(call, method.id);
  emitEvent(call, 'payment_method.detached', detached);
  return detached;
}

export function markSpent(call: Call, id: string): void {
  call.sandbox.db.run('insert or ignore into spent_methods (payment_method) values (?)', id);
}

function isSpent(call: Call, id: string): boolean {
  return call.sandbox.db.first('select 1 from spent_methods where payment_method = ?', id) !== undefined;
}
