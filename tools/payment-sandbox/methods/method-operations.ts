import { z } from 'zod';
import { invalidParameter } from '../api/errors.ts';
import { expand, mergeMetadata, paging, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import { cardById } from '../cards.ts';
import type { PaymentMethod } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { createPaymentMethod, makeTestMethod, mergeBilling } from './create-method.ts';
import { methodTypes } from './kinds.ts';
import { paymentMethodData, updateMethodParameters } from './method-parameters.ts';
import { attachMethod, detachMethod, usePaymentMethod } from './use-method.ts';

const listParameters = z.strictObject({
  ...paging,
  type: z.enum(methodTypes).optional(),
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(),
});

export const paymentMethodOperations: Operation[] = [
  operation({
    name: 'payment_methods.create',
    method: 'POST',
    path: '/v1/payment_methods',
    isPublishable: true,
    input: paymentMethodData.extend(expand),
    run: (call, input) => createPaymentMethod(call, input),
  }),
  operation({
    name: 'payment_methods.retrieve',
    method: 'GET',
    path: '/v1/payment_methods/:id',
    input: z.strictObject(expand),
    run(call) {
      const test = cardById(call.id);
      return test
        ? { ...makeTestMethod(call, test).method, id: call.id }
        : findOrRefuse(call, 'payment_method');
    },
  }),
  operation({
    name: 'payment_methods.update',
    method: 'POST',
    path: '/v1/payment_methods/:id',
    input: updateMethodParameters,
    run(call, input) {
      const method = findOrRefuse(call, 'payment_method');
      const changed: PaymentMethod = {
        ...method,
        allow_redisplay: input.allow_redisplay ?? method.allow_redisplay ?? 'unspecified',
        billing_details: mergeBilling(method.billing_details, input.billing_details),
        metadata:
          input.metadata === undefined
            ? method.metadata
            : mergeMetadata(method.metadata ?? {}, input.metadata),
      };
      if (changed.card) {
        changed.card = {
          ...changed.card,
          exp_month: input.card?.exp_month ?? changed.card.exp_month,
          exp_year: input.card?.exp_year ?? changed.card.exp_year,
        };
      }
      call.sandbox.objects.save('payment_method', changed);
      emitEvent(call, 'payment_method.updated', changed);
      return changed;
    },
  }),
  operation({
    name: 'payment_methods.list',
    method: 'GET',
    path: '/v1/payment_methods',
    input: listParameters.extend({ customer: text.optional() }),
    run(call, { customer, ...query }) {
      if (customer === undefined) {
        throw invalidParameter('customer', 'Missing required param: customer.', 'parameter_missing');
      }
      return listOf(call, customer, '/v1/payment_methods', query);
    },
  }),
  operation({
    name: 'customers.list_payment_methods',
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    input: listParameters,
    run: (call, query) => listOf(call, call.id, `/v1/customers/${call.id}/payment_methods`, query),
  }),
  operation({
    name: 'customers.retrieve_payment_method',
    method: 'GET',
    path: '/v1/customers/:id/payment_methods/:second',
    input: z.strictObject(expand),
    run(call) {
      const customer = findOrRefuse(call, 'customer');
      const method = call.sandbox.objects.find('payment_method', call.second);
      if (method?.customer === customer.id) return method;
      return findOrRefuse(call, 'payment_method', `${call.second} of ${customer.id}`);
    },
  }),
  operation({
    name: 'payment_methods.attach',
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    input: z.strictObject({ ...expand, customer: text }),
    run(call, { customer }) {
      const owner = findOrRefuse(call, 'customer', customer);
      return attachMethod(call, usePaymentMethod(call, call.id), owner.id);
    },
  }),
  operation({
    name: 'payment_methods.detach',
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    input: z.strictObject(expand),
    run: (call) => detachMethod(call, findOrRefuse(call, 'payment_method')),
  }),
];

function listOf(
  call: Call,
  customerId: string,
  url: string,
  { type, allow_redisplay: redisplay, ...query }: z.output<typeof listParameters>,
) {
  const { id } = findOrRefuse(call, 'customer', customerId);
  return listAnswer(call, 'payment_method', url, {
    ...query,
    where: {
      customer: id,
      ...(type !== undefined && { type }),
      ...(redisplay !== undefined && { allow_redisplay: redisplay }),
    },
  });
}
