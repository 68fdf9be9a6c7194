import { z } from 'zod';
import { expand, paging, text } from '../api/parameters.ts';
import { findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import { confirmIntent } from './confirm-intent.ts';
import { createIntent } from './create-intent.ts';
import {
  cancelParameters,
  captureParameters,
  confirmParameters,
  createParameters,
  updateParameters,
} from './intent-parameters.ts';
import { checkSecret, visibleTo } from './intent-view.ts';
import { cancelIntent, captureIntent } from './settle-intent.ts';
import { updateIntent } from './update-intent.ts';

export const intentOperations: Operation[] = [
  operation({
    name: 'payment_intents.create',
    method: 'POST',
    path: '/v1/payment_intents',
    input: createParameters,
    run: createIntent,
  }),
  operation({
    name: 'payment_intents.retrieve',
    method: 'GET',
    path: '/v1/payment_intents/:id',
    isPublishable: true,
    input: z.strictObject({ ...expand, client_secret: text.optional() }),
    run(call, input) {
      const intent = findOrRefuse(call, 'payment_intent');
      checkSecret(call, intent, input.client_secret);
      return visibleTo(call, intent);
    },
  }),
  operation({
    name: 'payment_intents.list',
    method: 'GET',
    path: '/v1/payment_intents',
    input: z.strictObject({ ...paging, customer: text.optional() }),
    run: (call, { customer, ...query }) =>
      listAnswer(call, 'payment_intent', '/v1/payment_intents', {
        ...query,
        ...(customer !== undefined && { where: { customer } }),
      }),
  }),
  operation({
    name: 'payment_intents.update',
    method: 'POST',
    path: '/v1/payment_intents/:id',
    input: updateParameters,
    run: (call, input) => updateIntent(call, findOrRefuse(call, 'payment_intent'), input),
  }),
  operation({
    name: 'payment_intents.confirm',
    method: 'POST',
    path: '/v1/payment_intents/:id/confirm',
    isPublishable: true,
    input: confirmParameters,
    run(call, input) {
      const intent = findOrRefuse(call, 'payment_intent');
      checkSecret(call, intent, input.client_secret);
      const outcome = confirmIntent(call, intent, input);
      return outcome.status < 400 ? { ...outcome, body: visibleTo(call, outcome.body) } : outcome;
    },
  }),
  operation({
    name: 'payment_intents.capture',
    method: 'POST',
    path: '/v1/payment_intents/:id/capture',
    input: captureParameters,
    run: (call, input) => captureIntent(call, findOrRefuse(call, 'payment_intent'), input),
  }),
  operation({
    name: 'payment_intents.cancel',
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    input: cancelParameters,
    run: (call, input) => cancelIntent(call, findOrRefuse(call, 'payment_intent'), input),
  }),
];
