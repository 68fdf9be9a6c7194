import { DomainError } from '@souk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createRequestContext } from '../create-request-context.ts';
import type { Deps } from '../deps.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory } from '../trpc.ts';
import {
  auditQuery,
  credentials,
  meOf,
  ordersQuery,
  refreshRequest,
  secondFactorAnswer,
} from './personal-shapes.ts';
import { withoutEmpty } from './query.ts';

const createCaller = createCallerFactory(appRouter);

/** What is for who asks only: by an access token or an API key, kept by no cache, closed to pages of other origins. */
export async function personalRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const callerOf = async (request: FastifyRequest) => createCaller(await createRequestContext(deps, request));

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });

  app.get('/me', async (request) => {
    const me = meOf(await createRequestContext(deps, request));
    if (me === null) throw new DomainError('unauthenticated', 'send Authorization: Bearer');
    return me;
  });

  app.get('/orders', async (request) => {
    const { status, cursor, limit } = ordersQuery.parse(withoutEmpty(request.query));
    const { orders } = await callerOf(request);
    return orders.list({ status: status ?? null, cursor: cursor ?? null, ...(limit ? { limit } : {}) });
  });

  app.get<{ Params: { number: string } }>('/orders/:number', async (request) => {
    const { orders } = await callerOf(request);
    return orders.find({ number: request.params.number });
  });

  app.get('/audit-events', async (request) => {
    const { actor, target, cursor, limit } = auditQuery.parse(withoutEmpty(request.query));
    const { audit } = await callerOf(request);
    const filter = { actorId: actor ?? null, targetId: target ?? null, cursor: cursor ?? null };
    return audit.list({ ...filter, ...(limit ? { limit } : {}) });
  });

  app.post('/auth/login', async (request) => {
    const body = credentials.parse(request.body);
    return (await callerOf(request)).tokens.logIn(body);
  });

  app.post('/auth/second-factor', async (request) => {
    const body = secondFactorAnswer.parse(request.body);
    return (await callerOf(request)).tokens.secondFactor(body);
  });

  app.post('/auth/refresh', async (request) => {
    const body = refreshRequest.parse(request.body);
    return (await callerOf(request)).tokens.refresh(body);
  });

  app.post('/auth/logout', async (request, reply) => {
    const body = refreshRequest.parse(request.body);
    await (await callerOf(request)).tokens.logOut(body);
    return reply.code(204).send();
  });
}
