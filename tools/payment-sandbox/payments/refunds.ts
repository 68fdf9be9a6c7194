import { z } from 'zod';
import { invalidParameter, refused } from '../api/errors.ts';
import { expand, mergeMetadata, metadata, oneOf, paging, positiveInteger, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { Charge, Refund } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { formatAmount } from './intent-parameters.ts';
import { refundCharge } from './refund-charge.ts';

const createParameters = z.strictObject({
  ...expand,
  amount: positiveInteger.optional(),
  charge: text.optional(),
  payment_intent: text.optional(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer').optional(),
  metadata: metadata.optional(),
});

export const refundOperations: Operation[] = [
  operation({
    name: 'refunds.create',
    method: 'POST',
    path: '/v1/refunds',
    input: createParameters,
    run: createRefund,
  }),
  operation({
    name: 'refunds.retrieve',
    method: 'GET',
    path: '/v1/refunds/:id',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'refund'),
  }),
  operation({
    name: 'refunds.update',
    method: 'POST',
    path: '/v1/refunds/:id',
    input: z.strictObject({ ...expand, metadata: metadata.optional() }),
    run(call, input) {
      const refund = findOrRefuse(call, 'refund');
      const changed: Refund = { ...refund, metadata: mergeMetadata(refund.metadata ?? {}, input.metadata) };
      call.sandbox.objects.save('refund', changed);
      emitEvent(call, 'refund.updated', changed);
      return changed;
    },
  }),
  operation({
    name: 'refunds.list',
    method: 'GET',
    path: '/v1/refunds',
    input: z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),
    run(call, { charge, payment_intent: intent, ...query }) {
      const of = charge === undefined ? intent : findOrRefuse(call, 'charge', charge).payment_intent;
      return listAnswer(call, 'refund', '/v1/refunds', {
        ...query,
        ...(typeof of === 'string' && { tags: [of] }),
      });
    },
  }),
];

function createRefund(call: Call, input: z.output<typeof createParameters>): Refund {
  const charge = chargeToRefund(call, input);
  if (!charge.captured) {
    throw refused(
      `Charge ${charge.id} has not been captured. Cancel its PaymentIntent to release the funds.`,
    );
  }
  const left = refundable(call, charge);
  if (left <= 0) {
    throw refused(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  const amount = input.amount ?? left;
  if (amount > left) {
    const [asked, rest] = [amount, left].map((value) => formatAmount(value, charge.currency));
    const message = `Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`;
    throw refused(message, { param: 'amount' });
  }
  return refundCharge(call, charge, amount, { reason: input.reason, metadata: input.metadata }).refund;
}

/** What was taken and not given back. Between captures, what is only held does not count. */
function refundable(call: Call, charge: Charge): number {
  const intent = call.sandbox.objects.find('payment_intent', charge.payment_intent ?? '');
  const taken = intent?.status === 'requires_capture' ? charge.amount_captured : charge.amount;
  return taken - charge.amount_refunded;
}

function chargeToRefund(call: Call, input: z.output<typeof createParameters>): Charge {
  if (input.charge !== undefined) return findOrRefuse(call, 'charge', input.charge);
  if (input.payment_intent === undefined) {
    throw invalidParameter(
      'payment_intent',
      "One of the following params should be provided for this request: 'charge' or 'payment_intent'.",
      'parameter_missing',
    );
  }
  const intent = findOrRefuse(call, 'payment_intent', input.payment_intent, 'payment_intent');
  const charge =
    intent.latest_charge === null ? undefined : findOrRefuse(call, 'charge', intent.latest_charge);
  if (charge?.status !== 'succeeded') {
    throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  }
  return charge;
}
