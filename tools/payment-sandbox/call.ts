import type { z } from 'zod';
import { missingResource } from './api/errors.ts';
import type { FormMap } from './api/form-body.ts';
import { parseParameters } from './api/parameters.ts';
import type { Kinds, Outcome } from './model.ts';
import type { Database } from './state/database.ts';
import type { ObjectStore } from './state/objects.ts';
import type { DeliveryManner } from './webhooks/delivery-manner.ts';

/** What the whole sandbox shares. */
export interface Sandbox {
  db: Database;
  objects: ObjectStore;
  /** Where browsers reach the hosted pages, without a slash at the end. */
  publicUrl: () => string;
  merchantName: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** How events reach their endpoints; tests make it worse. */
  manner: DeliveryManner;
}

/** One call being executed, inside a transaction: everything it writes is kept or dropped together. */
export interface Call {
  sandbox: Sandbox;
  /** The id in the path, or an empty string. */
  id: string;
  /** The second id in the path, as in `/customers/:id/payment_methods/:second`, or an empty string. */
  second: string;
  /** Whose books it is about: the platform's, or those of the connected account that `Stripe-Account` names. */
  owner: string;
  /** Whether it came with a publishable key, from a browser: it then sees and does little. */
  isPublishable: boolean;
  requestId: string;
  idempotencyKey: string | null;
  apiVersion: string;
  /** Seconds since 1970, as Stripe's objects have it. */
  now: number;
}

/** A route of the API, its parameters already bound to a schema. */
export interface Operation {
  /** As faults name it: `payment_intents.confirm`. */
  name: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Whether a browser may call it with a publishable key. */
  isPublishable: boolean;
  /** Whether it may be about a connected account. */
  isPerAccount: boolean;
  /** Checks the parameters and gives back the work, so that refusals come before anything executes. */
  prepare: (input: FormMap) => (call: Call) => Outcome;
}

export function operation<S extends z.ZodType>(definition: {
  name: string;
  method: Operation['method'];
  path: string;
  isPublishable?: true;
  isPerAccount?: true;
  input: S;
  run: (call: Call, input: z.output<S>) => Outcome | object;
}): Operation {
  const { name, method, path, input: schema, run } = definition;
  return {
    name,
    method,
    path,
    isPublishable: definition.isPublishable ?? false,
    isPerAccount: definition.isPerAccount ?? false,
    prepare(raw) {
      const input = parseParameters(schema, raw);
      return (call) => {
        const result = run(call, input);
        return isOutcome(result) ? result : { status: 200, body: result };
      };
    },
  };
}

function isOutcome(result: Outcome | object): result is Outcome {
  return 'status' in result && typeof result.status === 'number' && 'body' in result;
}

/** Stripe's name of the id parameter of each kind, as its errors give it in `param`. */
const idParameters: Record<keyof Kinds, string> = {
  payment_intent: 'intent',
  payment_method: 'payment_method',
  confirmation_token: 'confirmation_token',
  customer: 'customer',
  setup_intent: 'intent',
  checkout_session: 'session',
  charge: 'charge',
  refund: 'refund',
  dispute: 'dispute',
  balance_transaction: 'id',
  account: 'account',
  transfer: 'transfer',
  transfer_reversal: 'id',
  payout: 'payout',
  event: 'id',
  webhook_endpoint: 'webhook_endpoint',
};

/** @throws ApiError 404 `resource_missing` */
export function findOrRefuse<K extends keyof Kinds>(
  call: Call,
  kind: K,
  id = call.id,
  param = idParameters[kind],
): Kinds[K] {
  const found = call.sandbox.objects.find(kind, id);
  if (!found) throw missingResource(kind === 'checkout_session' ? 'checkout.session' : kind, id, param);
  return found;
}

/** Stripe's list object. @throws ApiError 404 when a cursor names nothing */
export function listAnswer<K extends keyof Kinds>(
  call: Call,
  kind: K,
  url: string,
  query: Parameters<Call['sandbox']['objects']['list']>[1],
) {
  const page = call.sandbox.objects.list(kind, query);
  if (!page) {
    const param = query.starting_after === undefined ? 'ending_before' : 'starting_after';
    throw missingResource(kind, query.starting_after ?? query.ending_before ?? '', param);
  }
  return { object: 'list', data: page.data, has_more: page.hasMore, url };
}
