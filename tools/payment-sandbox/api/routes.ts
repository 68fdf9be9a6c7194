import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { platform } from '../balance/book.ts';
import type { Operation, Sandbox } from '../call.ts';
import type { Faults } from '../faults.ts';
import type { Journal, JournalEntry } from '../journal.ts';
import { newId } from '../state/ids.ts';
import { callerOf, refusePublishable } from './authenticate.ts';
import { ApiError, foreignAccount, invalidParameter, rateLimited } from './errors.ts';
import { execute } from './execute.ts';
import { canonicalForm, decodeForm, type FormMap } from './form-body.ts';
import { type Answer, createIdempotencyKeys, digest, type KeyedCall } from './idempotency.ts';
import { operations } from './operations.ts';
import { apiVersion } from './version.ts';

export interface ApiOptions {
  sandbox: Sandbox;
  faults: Faults;
  /** Where calls and answers are written down, if anywhere. */
  journal: Journal | undefined;
  /** Called after each change that is on disk. */
  onChange: () => void;
  /** Ends the waits that faults cause when the server closes. */
  closing: AbortSignal;
}

/** Stripe's API under `/v1`. */
export function registerApi(app: FastifyInstance, options: ApiOptions): void {
  const { sandbox, faults, journal, onChange, closing } = options;
  const keys = createIdempotencyKeys(sandbox.db, sandbox.clock);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, '');
    const message =
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded).';
    done(new ApiError(400, { type: 'invalid_request_error', message }, true));
  });

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('request-id', newId('req'));
    reply.header('stripe-version', versionOf(request));
    // As Stripe does: browsers may ask with a publishable key from any page.
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-expose-headers', 'Request-Id, Stripe-Version');
    done();
  });
  app.options('/*', async (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, POST, DELETE',
        'access-control-allow-headers': 'authorization, content-type, idempotency-key, stripe-version',
        'access-control-max-age': '300',
      })
      .send(),
  );

  if (journal) {
    app.addHook('onSend', async (request, reply, payload) => {
      if (request.method !== 'OPTIONS') journal.write(entryOf(request, reply.statusCode, payload));
      return payload;
    });
  }

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ApiError) return reply.code(error.status).send({ error: error.body });
    request.log.error({ err: error }, 'the sandbox itself failed');
    const message = 'The payment sandbox failed; its log says why.';
    return reply.code(500).send({ error: { type: 'api_error', message } });
  });

  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async (request) => {
      const path = request.url.split('?')[0];
      throw new ApiError(404, {
        type: 'invalid_request_error',
        message: `Unrecognized request URL (${request.method}: ${path}). The payment sandbox speaks a part of Stripe's API; its README lists it.`,
      });
    },
  });

  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.path.slice('/v1'.length),
      handler: (request, reply) => handle(operation, request, reply),
    });
  }

  async function handle(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<object> {
    const { account, isPublishable } = callerOf(request.headers.authorization);
    if (isPublishable && !operation.isPublishable) refusePublishable();
    const encoded = parametersOf(request);
    const input = decode(encoded);
    const work = operation.prepare(input);
    const owner = ownerOf(request, operation);
    const keyed = keyedCall(operation, request, `${account}/${owner}`, encoded);

    const saved = keyed && keys.recall(keyed);
    if (saved) {
      reply.headers({ 'idempotent-replayed': 'true', 'original-request': saved.requestId });
      return send(reply, saved);
    }
    const finish = keyed && keys.start(keyed);
    const fault = faults.take(operation.name);
    let answer: Answer;
    try {
      if (fault?.kind === 'slow') await sleep(fault.delay_ms, undefined, { signal: closing });
      if (fault?.kind === 'drop') return hangUp(reply);
      if (fault?.kind === 'rate_limited') throw rateLimited();
      answer = execute({
        sandbox,
        keys,
        keyed,
        work: fault?.kind === 'error_500' ? failInside : work,
        expand: Array.isArray(input.expand) ? input.expand.filter((path) => typeof path === 'string') : [],
        call: {
          sandbox,
          id: idOf(request, 'id'),
          second: idOf(request, 'second'),
          owner,
          isPublishable,
          requestId: String(reply.getHeader('request-id')),
          idempotencyKey: keyed?.key ?? null,
          apiVersion: versionOf(request),
          now: Math.floor(sandbox.clock() / 1000),
        },
      });
    } finally {
      finish?.();
    }
    if (operation.method !== 'GET') onChange();
    if (fault?.kind === 'timeout_after_success') {
      journal?.write(entryOf(request, 0, null));
      await sleep(fault.delay_ms, undefined, { signal: closing }).catch(() => undefined);
      return hangUp(reply);
    }
    // The answer is saved for this key: asking again would only give it again.
    if (answer.status >= 400) reply.header('stripe-should-retry', 'false');
    return send(reply, answer);
  }

  /** Whose books a call is about. @throws ApiError 403 for an account that is not there */
  function ownerOf(request: FastifyRequest, operation: Operation): string {
    const account = request.headers['stripe-account'];
    if (typeof account !== 'string' || account === '') return platform;
    if (!operation.isPerAccount) {
      throw invalidParameter(
        'Stripe-Account',
        'The payment sandbox takes `Stripe-Account` for balance, balance transactions, payouts and the account itself only.',
      );
    }
    if (!sandbox.objects.find('account', account)) throw foreignAccount(account);
    return account;
  }

  function keyedCall(
    operation: Operation,
    request: FastifyRequest,
    account: string,
    encoded: string,
  ): KeyedCall | undefined {
    const key = request.headers['idempotency-key'];
    if (operation.method !== 'POST' || typeof key !== 'string' || key === '') return undefined;
    if (key.length > 255) {
      throw invalidParameter('Idempotency-Key', 'Idempotency keys may have 255 characters at most.');
    }
    const path = request.url.split('?')[0] ?? '';
    return { account, key, fingerprint: digest(operation.method, path, canonicalForm(encoded)) };
  }
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

function failInside(): never {
  throw new ApiError(500, {
    type: 'api_error',
    message: 'An unknown error occurred (injected by the sandbox).',
  });
}

function hangUp(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.destroy();
  return reply;
}

function entryOf(request: FastifyRequest, status: number, payload: unknown): JournalEntry {
  const key = request.headers['idempotency-key'];
  return {
    at: new Date().toISOString(),
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    parameters: parametersOf(request),
    apiVersion: versionOf(request),
    idempotencyKey: typeof key === 'string' ? key : null,
    isPublishable: /^Bearer pk_/.test(request.headers.authorization ?? ''),
    status,
    answer: typeof payload === 'string' ? JSON.parse(payload) : null,
  };
}

function parametersOf(request: FastifyRequest): string {
  if (request.method === 'POST') return typeof request.body === 'string' ? request.body : '';
  const start = request.url.indexOf('?');
  return start < 0 ? '' : request.url.slice(start + 1);
}

function decode(encoded: string): FormMap {
  try {
    return decodeForm(encoded);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Invalid request.';
    throw new ApiError(400, { type: 'invalid_request_error', message }, true);
  }
}

function idOf(request: FastifyRequest, name: 'id' | 'second'): string {
  const { params } = request;
  if (typeof params !== 'object' || params === null) return '';
  return String(Reflect.get(params, name) ?? '');
}

function versionOf(request: FastifyRequest): string {
  const version = request.headers['stripe-version'];
  return typeof version === 'string' && version !== '' ? version : apiVersion;
}
