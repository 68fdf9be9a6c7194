import { z } from 'zod';
import { expand, paging, text } from '../api/parameters.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import type { SandboxEvent } from '../model.ts';
import { numberOf } from '../state/database.ts';

export const eventOperations: Operation[] = [
  operation({
    name: 'events.retrieve',
    method: 'GET',
    path: '/v1/events/:id',
    input: z.strictObject(expand),
    run: (call) => withPending(call, findOrRefuse(call, 'event')),
  }),
  operation({
    name: 'events.list',
    method: 'GET',
    path: '/v1/events',
    input: z.strictObject({ ...paging, type: text.optional(), types: z.array(text).optional() }),
    run(call, { type, types, ...query }) {
      const tags = type === undefined ? types : [type];
      const list = listAnswer(call, 'event', '/v1/events', { ...query, ...(tags && { tags }) });
      return { ...list, data: list.data.map((event) => withPending(call, event)) };
    },
  }),
];

/** The number of endpoints that have yet to take the event, as it is now. */
function withPending(call: Call, event: SandboxEvent): SandboxEvent {
  const row = call.sandbox.db.first(
    "select count(*) as n from deliveries where event = ? and state = 'pending'",
    event.id,
  );
  return { ...event, pending_webhooks: row ? numberOf(row, 'n') : 0 };
}
