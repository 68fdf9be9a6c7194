import { TRPCError } from '@trpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import superjson from 'superjson';
import { describeError, type EdgeError } from './errors.ts';

/** An error of the REST API: RFC 9457, `application/problem+json`. */
function problemOf(error: EdgeError, requestId: string) {
  return {
    type: `urn:souk:problem:${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status: error.httpStatus,
    code: error.code,
    detail: error.message,
    instance: `urn:souk:request:${requestId}`,
    requestId,
    ...(Object.keys(error.data).length > 0 ? { data: error.data } : {}),
    ...(error.fields
      ? { errors: Object.entries(error.fields).map(([field, message]) => ({ field, message })) }
      : {}),
  };
}

/** Logs what we should look at: faults with their stack, dependencies that are away; expected refusals are not news. */
export function logError(logger: Logger, error: unknown, about: Record<string, unknown>): EdgeError {
  const described = describeError(error);
  const err = error instanceof TRPCError && error.cause ? error.cause : error;
  if (described.code === 'internal_error') logger.error({ ...about, err }, 'a request failed');
  else if (described.code === 'unavailable')
    logger.warn({ ...about, err }, 'a request met a service that is away');
  return described;
}

/** Answers any error that reached Fastify: as a problem, or in tRPC's envelope where a tRPC client is waiting. */
export async function answerError(
  logger: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const described = logError(logger, error, { requestId: request.id, route: request.routeOptions.url });
  if (described.retryAfterSeconds !== undefined) reply.header('retry-after', described.retryAfterSeconds);
  reply.code(described.httpStatus).header('cache-control', 'no-store');
  if (request.url.startsWith('/trpc/')) {
    const { code, httpStatus, data, fields, message } = described;
    const shape = {
      message,
      code: TRPC_SERVER_ERROR,
      data: { code, httpStatus, data, requestId: request.id, ...(fields ? { fields } : {}) },
    };
    await reply.type('application/json').send(JSON.stringify({ error: superjson.serialize(shape) }));
    return;
  }
  await reply.type('application/problem+json').send(JSON.stringify(problemOf(described, request.id)));
}

/** JSON-RPC's number for an error of the server; clients go by `data.code`. */
const TRPC_SERVER_ERROR = -32_000;
