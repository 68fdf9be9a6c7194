import { z } from 'zod';
import { expand, mergeMetadata, paging } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { CheckoutSession } from '../model.ts';
import { createSession } from './create-session.ts';
import { expireSession } from './expire-session.ts';
import {
  createSessionParameters,
  listSessionsParameters,
  updateSessionParameters,
} from './session-parameters.ts';
import { termsOf } from './terms.ts';

export const checkoutOperations: Operation[] = [
  operation({
    name: 'checkout.sessions.create',
    method: 'POST',
    path: '/v1/checkout/sessions',
    input: createSessionParameters,
    run: (call, input) => withItems(call, createSession(call, input), input.expand),
  }),
  operation({
    name: 'checkout.sessions.retrieve',
    method: 'GET',
    path: '/v1/checkout/sessions/:id',
    input: z.strictObject(expand),
    run: (call, input) => withItems(call, findOrRefuse(call, 'checkout_session'), input.expand),
  }),
  operation({
    name: 'checkout.sessions.list',
    method: 'GET',
    path: '/v1/checkout/sessions',
    input: z.strictObject({ ...paging, ...listSessionsParameters }),
    run(call, { customer, payment_intent: intent, status, ...query }) {
      return listAnswer(call, 'checkout_session', '/v1/checkout/sessions', {
        ...query,
        where: {
          ...(customer !== undefined && { customer }),
          ...(intent !== undefined && { payment_intent: intent }),
          ...(status !== undefined && { status }),
        },
      });
    },
  }),
  operation({
    name: 'checkout.sessions.update',
    method: 'POST',
    path: '/v1/checkout/sessions/:id',
    input: updateSessionParameters,
    run(call, input) {
      const session = findOrRefuse(call, 'checkout_session');
      const changed: CheckoutSession = {
        ...session,
        metadata: mergeMetadata(session.metadata ?? {}, input.metadata),
        ...(input.client_reference_id !== undefined && { client_reference_id: input.client_reference_id }),
      };
      call.sandbox.objects.save('checkout_session', changed);
      return changed;
    },
  }),
  operation({
    name: 'checkout.sessions.expire',
    method: 'POST',
    path: '/v1/checkout/sessions/:id/expire',
    input: z.strictObject(expand),
    run: (call) => expireSession(call, findOrRefuse(call, 'checkout_session')),
  }),
  operation({
    name: 'checkout.sessions.list_line_items',
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    input: z.strictObject(paging),
    run(call, { limit }) {
      const items = itemsOf(call, findOrRefuse(call, 'checkout_session'));
      return { ...items, data: items.data.slice(0, limit), has_more: items.data.length > limit };
    },
  }),
];

/** Line items are shown only when they are asked for. */
function withItems(call: Call, session: CheckoutSession, paths: readonly string[] | undefined): object {
  if (!paths?.some((path) => path === 'line_items' || path.startsWith('line_items.'))) return session;
  return { ...session, line_items: itemsOf(call, session) };
}

function itemsOf(call: Call, session: CheckoutSession) {
  const { line_items: data } = termsOf(call, session.id);
  return { object: 'list', data, has_more: false, url: `/v1/checkout/sessions/${session.id}/line_items` };
}
