import { authorise, countStatements, type Permission } from '@souk/domain/kernel';
import { inSpan, keptSpan } from '@souk/telemetry';
import { initTRPC, type TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { describeError, toTrpcError } from './errors.ts';
import type { RequestContext } from './request-context.ts';

/** What each procedure declares of itself. */
export interface ProcedureMeta {
  /** What who calls it must be allowed to do. The domain checks again what is not for guests. */
  readonly permission: Permission;
  /** The most SQL statements that one call may send, transaction control left out, with cold caches. */
  readonly statements: number;
}

const trpc = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    errorFormatter({ shape, error, ctx }) {
      const { code, httpStatus, message, data, fields } = describeError(error);
      return {
        code: shape.code,
        message,
        data: { code, httpStatus, data, requestId: ctx?.requestId ?? null, ...(fields ? { fields } : {}) },
      };
    },
  });

export const { router, createCallerFactory } = trpc;

/** Maps every error in one place, counts SQL statements and time, and holds each procedure to its budget. */
const observed = trpc.middleware(async ({ path, type, meta, ctx, next }) => {
  const startedAt = performance.now();
  const { result, statements } = await countStatements(() =>
    keptSpan() === null ? next() : traced(path, next),
  );
  ctx.observeProcedure({
    path,
    type,
    outcome: result.ok ? 'ok' : describeError(result.error).code,
    seconds: (performance.now() - startedAt) / 1000,
    statements,
    budget: meta?.statements ?? 0,
  });
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** A call as a span of the trace at hand. What was refused is told; only our own faults count as failures. */
function traced<Result extends { ok: true } | { ok: false; error: TRPCError }>(
  path: string,
  next: () => Promise<Result>,
): Promise<Result> {
  return inSpan({ name: path, kind: 'internal' }, async () => {
    const result = await next();
    if (result.ok) return result;
    const { code, httpStatus } = describeError(result.error);
    const span = keptSpan();
    span?.set({ outcome: code });
    if (httpStatus >= 500) span?.fail(code);
    return result;
  });
}

/** Lets only those pass who may. */
const authorised = trpc.middleware(({ path, meta, ctx, next }) => {
  if (meta === undefined) throw new Error(`${path} declares no permission`);
  authorise(ctx.domain, meta.permission);
  return next();
});

/**
 * The base of every procedure.
 *
 * @param permission what who calls it must be allowed to do
 * @param statements the most SQL statements that one call may send
 */
export function procedure(permission: Permission, statements: number) {
  return trpc.procedure.meta({ permission, statements }).use(observed).use(authorised);
}
