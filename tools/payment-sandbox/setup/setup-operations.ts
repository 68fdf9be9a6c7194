import { z } from 'zod';
import { unexpectedSetupState } from '../api/errors.ts';
import { expand, mergeMetadata, oneOf, paging, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import { createPaymentMethod } from '../methods/create-method.ts';
import { checkOwner, usePaymentMethod } from '../methods/use-method.ts';
import type { SetupIntent } from '../model.ts';
import { checkSecret, visibleTo } from '../payments/intent-view.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { confirmSetup } from './confirm-setup.ts';
import { createSetup } from './create-setup.ts';
import {
  confirmSetupParameters,
  createSetupParameters,
  type UpdateSetup,
  updateSetupParameters,
} from './setup-parameters.ts';

export const setupIntentOperations: Operation[] = [
  operation({
    name: 'setup_intents.create',
    method: 'POST',
    path: '/v1/setup_intents',
    input: createSetupParameters,
    run: createSetup,
  }),
  operation({
    name: 'setup_intents.retrieve',
    method: 'GET',
    path: '/v1/setup_intents/:id',
    isPublishable: true,
    input: z.strictObject({ ...expand, client_secret: text.optional() }),
    run(call, input) {
      const intent = findOrRefuse(call, 'setup_intent');
      checkSecret(call, intent, input.client_secret);
      return visibleTo(call, intent);
    },
  }),
  operation({
    name: 'setup_intents.list',
    method: 'GET',
    path: '/v1/setup_intents',
    input: z.strictObject({ ...paging, customer: text.optional(), payment_method: text.optional() }),
    run: (call, { customer, payment_method: method, ...query }) =>
      listAnswer(call, 'setup_intent', '/v1/setup_intents', {
        ...query,
        where: {
          ...(customer !== undefined && { customer }),
          ...(method !== undefined && { payment_method: method }),
        },
      }),
  }),
  operation({
    name: 'setup_intents.update',
    method: 'POST',
    path: '/v1/setup_intents/:id',
    input: updateSetupParameters,
    run: (call, input) => updateSetup(call, findOrRefuse(call, 'setup_intent'), input),
  }),
  operation({
    name: 'setup_intents.confirm',
    method: 'POST',
    path: '/v1/setup_intents/:id/confirm',
    isPublishable: true,
    input: confirmSetupParameters,
    run(call, input) {
      const intent = findOrRefuse(call, 'setup_intent');
      checkSecret(call, intent, input.client_secret);
      const outcome = confirmSetup(call, intent, input);
      return outcome.status < 400 ? { ...outcome, body: visibleTo(call, outcome.body) } : outcome;
    },
  }),
  operation({
    name: 'setup_intents.cancel',
    method: 'POST',
    path: '/v1/setup_intents/:id/cancel',
    input: z.strictObject({
      ...expand,
      cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer').optional(),
    }),
    run(call, input) {
      const intent = findOrRefuse(call, 'setup_intent');
      if (intent.status === 'succeeded' || intent.status === 'canceled') {
        throw unexpectedSetupState(
          intent,
          `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be canceled: requires_payment_method, requires_confirmation, requires_action.`,
        );
      }
      const canceled: SetupIntent = {
        ...intent,
        status: 'canceled',
        cancellation_reason: input.cancellation_reason ?? null,
        next_action: null,
      };
      call.sandbox.objects.save('setup_intent', canceled);
      emitEvent(call, 'setup_intent.canceled', canceled);
      return canceled;
    },
  }),
];

function updateSetup(call: Call, intent: SetupIntent, input: UpdateSetup): SetupIntent {
  const choosesMethod = input.payment_method !== undefined || input.payment_method_data !== undefined;
  const isOver = intent.status === 'succeeded' || intent.status === 'canceled';
  if (isOver && (choosesMethod || input.customer !== undefined)) {
    throw unexpectedSetupState(
      intent,
      `You cannot update this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be updated: requires_payment_method, requires_confirmation, requires_action.`,
    );
  }
  if (input.customer !== undefined) findOrRefuse(call, 'customer', input.customer, 'customer');
  const changed: SetupIntent = {
    ...intent,
    customer: input.customer ?? intent.customer,
    description: input.description === undefined ? intent.description : input.description,
    metadata: mergeMetadata(intent.metadata ?? {}, input.metadata),
    payment_method_types: input.payment_method_types ?? intent.payment_method_types,
  };
  if (choosesMethod) {
    const method = input.payment_method_data
      ? createPaymentMethod(call, input.payment_method_data)
      : usePaymentMethod(call, input.payment_method ?? '');
    checkOwner(method, changed.customer, 'SetupIntent');
    Object.assign(changed, { payment_method: method.id, status: 'requires_confirmation', next_action: null });
  }
  call.sandbox.objects.save('setup_intent', changed);
  return changed;
}
