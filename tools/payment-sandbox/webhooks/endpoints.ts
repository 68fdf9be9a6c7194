import { z } from 'zod';
import {
  boolean,
  expand,
  httpUrl,
  mergeMetadata,
  metadata,
  paging,
  unsettableText,
} from '../api/parameters.ts';
import { findOrRefuse, listAnswer, type Operation, operation, type Sandbox } from '../call.ts';
import type { WebhookEndpoint } from '../model.ts';
import { newId } from '../state/ids.ts';
import { eventTypes } from './emit-event.ts';

const enabledEvents = z
  .array(
    z
      .string()
      .refine(
        (type) => type === '*' || /^[a-z_0-9]+(\.[a-z_0-9]+)+$/.test(type),
        `must be '*' or event types, such as ${eventTypes[0]}`,
      ),
  )
  .min(1);

/** Only the answer to a creation shows the secret. */
function withoutSecret({ secret: _, ...shown }: WebhookEndpoint) {
  return shown;
}

export const webhookEndpointOperations: Operation[] = [
  operation({
    name: 'webhook_endpoints.create',
    method: 'POST',
    path: '/v1/webhook_endpoints',
    input: z.strictObject({
      ...expand,
      url: httpUrl,
      enabled_events: enabledEvents,
      description: unsettableText.optional(),
      metadata: metadata.optional(),
      api_version: z.string().optional(),
    }),
    run(call, input) {
      const endpoint = newEndpoint(input.url, newId('whsec'), call.now);
      endpoint.enabled_events = input.enabled_events;
      endpoint.description = input.description ?? null;
      endpoint.metadata = mergeMetadata({}, input.metadata);
      endpoint.api_version = input.api_version ?? null;
      call.sandbox.objects.save('webhook_endpoint', endpoint, 'api');
      return endpoint;
    },
  }),
  operation({
    name: 'webhook_endpoints.retrieve',
    method: 'GET',
    path: '/v1/webhook_endpoints/:id',
    input: z.strictObject(expand),
    run: (call) => withoutSecret(findOrRefuse(call, 'webhook_endpoint')),
  }),
  operation({
    name: 'webhook_endpoints.update',
    method: 'POST',
    path: '/v1/webhook_endpoints/:id',
    input: z.strictObject({
      ...expand,
      url: httpUrl.optional(),
      enabled_events: enabledEvents.optional(),
      description: unsettableText.optional(),
      disabled: boolean.optional(),
      metadata: metadata.optional(),
    }),
    run(call, input) {
      const endpoint = findOrRefuse(call, 'webhook_endpoint');
      const changed: WebhookEndpoint = {
        ...endpoint,
        url: input.url ?? endpoint.url,
        enabled_events: input.enabled_events ?? endpoint.enabled_events,
        description: input.description === undefined ? endpoint.description : input.description,
        metadata: mergeMetadata(endpoint.metadata, input.metadata),
        status: input.disabled === undefined ? endpoint.status : input.disabled ? 'disabled' : 'enabled',
      };
      call.sandbox.objects.save('webhook_endpoint', changed);
      return withoutSecret(changed);
    },
  }),
  operation({
    name: 'webhook_endpoints.list',
    method: 'GET',
    path: '/v1/webhook_endpoints',
    input: z.strictObject(paging),
    run(call, input) {
      const list = listAnswer(call, 'webhook_endpoint', '/v1/webhook_endpoints', input);
      return { ...list, data: list.data.map(withoutSecret) };
    },
  }),
  operation({
    name: 'webhook_endpoints.delete',
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    input: z.strictObject(expand),
    run(call) {
      const { id, object } = findOrRefuse(call, 'webhook_endpoint');
      call.sandbox.objects.remove(id);
      return { id, object, deleted: true };
    },
  }),
];

/** Makes the endpoints that came by configuration be exactly these; those made over the API stay. */
export function syncConfiguredEndpoints(
  sandbox: Sandbox,
  configured: readonly { url: string; secret: string }[],
): void {
  const { objects, db, clock } = sandbox;
  db.transaction(() => {
    const present = objects.list('webhook_endpoint', { limit: 100, tags: ['configuration'] })?.data ?? [];
    const wanted = new Map(configured.map(({ url, secret }) => [url, secret]));
    for (const endpoint of present) {
      const secret = wanted.get(endpoint.url);
      if (secret === undefined) objects.remove(endpoint.id);
      else objects.save('webhook_endpoint', { ...endpoint, secret });
      wanted.delete(endpoint.url);
    }
    for (const [url, secret] of wanted) {
      objects.save('webhook_endpoint', newEndpoint(url, secret, Math.floor(clock() / 1000)), 'configuration');
    }
  });
}

function newEndpoint(url: string, secret: string, created: number): WebhookEndpoint {
  return {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created,
    description: null,
    enabled_events: ['*'],
    livemode: false,
    metadata: {},
    secret,
    status: 'enabled',
    url,
  };
}
