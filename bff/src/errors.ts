import { DomainError, type ErrorCode, errorRegistry } from '@souk/domain/kernel';
import { TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import { z } from 'zod';

/** Refusals that only the edge knows of, with their HTTP status. */
const edgeRegistry = {
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  internal_error: 500,
} as const;

/** What a client reads as `code`: the domain's registry, and what only the edge can refuse. */
export type EdgeErrorCode = ErrorCode | keyof typeof edgeRegistry;

/** An error as it leaves the process: everything here may be read by anybody. */
export interface EdgeError {
  readonly code: EdgeErrorCode;
  readonly httpStatus: number;
  /** For developers; the sentence that a shopper reads is chosen by `code`. */
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Field path to what was expected there, when the input was wrong. */
  readonly fields?: Readonly<Record<string, string>>;
  /** When to try again; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

const RETRY_AFTER_SECONDS = 2;

/** Says of any caught value what the outside may know. The unknown becomes `internal_error` and tells nothing. */
export function describeError(error: unknown): EdgeError {
  const inner = error instanceof TRPCError && error.cause !== undefined ? error.cause : error;
  if (inner instanceof DomainError) return fromDomain(inner);
  if (inner instanceof z.ZodError && !isOutputFault(error)) return fromZod(inner);
  if (isServiceAway(inner)) return unavailable('a service that is needed is away');
  if (error instanceof TRPCError) return fromTrpc(error);
  return fromHttp(inner);
}

/** A broken answer is our fault, not the caller's, although zod tells of both. */
function isOutputFault(error: unknown): boolean {
  return (
    error instanceof TRPCError && error.code === 'INTERNAL_SERVER_ERROR' && error.message.startsWith('Output')
  );
}

/** What a refusal that only the domain can make says of single fields, as `data.fields`. */
const fieldMessages = z.record(z.string(), z.string());

function fromDomain(error: DomainError): EdgeError {
  const { retryAfterSeconds } = error.data;
  const fields = fieldMessages.safeParse(error.data.fields).data;
  const described = {
    code: error.code,
    httpStatus: error.status,
    message: error.message,
    data: error.data,
    ...(fields ? { fields } : {}),
  };
  if (typeof retryAfterSeconds === 'number') return { ...described, retryAfterSeconds };
  const isForNow = error.code === 'unavailable' || error.code === 'overloaded';
  return isForNow ? { ...described, retryAfterSeconds: RETRY_AFTER_SECONDS } : described;
}

function fromZod(error: z.ZodError): EdgeError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [''];
    for (const name of names) {
      const path = [...issue.path, ...(name === '' ? [] : [name])].map(String).join('.');
      fields[path] ??= issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message;
    }
  }
  const message = Object.entries(fields)
    .map(([path, expected]) => (path === '' ? expected : `${path}: ${expected}`))
    .join('; ');
  return { code: 'invalid_input', httpStatus: errorRegistry.invalid_input.status, message, data: {}, fields };
}

function unavailable(message: string): EdgeError {
  return {
    code: 'unavailable',
    httpStatus: errorRegistry.unavailable.status,
    message,
    data: {},
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  };
}

const byStatus: Readonly<Record<number, EdgeErrorCode>> = {
  400: 'invalid_input',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

const internalError: EdgeError = {
  code: 'internal_error',
  httpStatus: edgeRegistry.internal_error,
  message: 'something went wrong here; the request id tells our log where',
  data: {},
};

const trpcStatus: Partial<Record<TRPC_ERROR_CODE_KEY, number>> = {
  PARSE_ERROR: 400,
  BAD_REQUEST: 400,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

/** What tRPC itself refuses: an unknown procedure, a body that is no JSON, a batch that is too long. */
function fromTrpc(error: TRPCError): EdgeError {
  const httpStatus = trpcStatus[error.code];
  const code = httpStatus === undefined ? undefined : byStatus[httpStatus];
  if (httpStatus === undefined || code === undefined) return internalError;
  return { code, httpStatus, message: error.message, data: {} };
}

/** What Fastify itself refuses: an oversized body, a wrong content type, an address that cannot be read. */
function fromHttp(error: unknown): EdgeError {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') {
    return internalError;
  }
  const code = byStatus[error.statusCode];
  return code ? { code, httpStatus: error.statusCode, message: error.message, data: {} } : internalError;
}

const awayCodes =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|57P0[123]|57014|08\w{3}|53300)$/;
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Postgres (or another service) is away, restarting, out of connections, or took longer than a statement may. */
function isServiceAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && awayCodes.test(String(error.code))) return true;
  return awayMessages.test(error.message) || isServiceAway(error.cause);
}

const trpcCodes: Readonly<Record<number, TRPC_ERROR_CODE_KEY>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

/** The same error as tRPC knows it, so that its HTTP status is ours; the cause is kept. */
export function toTrpcError(error: TRPCError): TRPCError {
  const described = describeError(error);
  const code = trpcCodes[described.httpStatus] ?? 'INTERNAL_SERVER_ERROR';
  if (code === error.code) return error;
  return new TRPCError({ code, message: described.message, cause: error.cause ?? error });
}
