import { DomainError, errorRegistry } from '@souk/domain/kernel';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeError, toTrpcError } from './errors.ts';

/** As tRPC hands a thrown value on. */
const thrownInProcedure = (cause: unknown) =>
  new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'whatever', cause });

function zodErrorOf(schema: z.ZodType, value: unknown): z.ZodError {
  const { error } = schema.safeParse(value);
  if (!error) throw new Error('expected the value to be refused');
  return error;
}

describe('refusals of the domain', () => {
  test.each(Object.entries(errorRegistry))('%s keeps its code and status', (code, { status }) => {
    const known = Object.keys(errorRegistry).find((candidate) => candidate === code);
    expect(known).toBeDefined();
    const error = new DomainError(code as keyof typeof errorRegistry, 'for developers', { a: 1 });
    expect(describeError(thrownInProcedure(error))).toMatchObject({
      code,
      httpStatus: status,
      message: 'for developers',
      data: { a: 1 },
    });
    expect(getHTTPStatusCodeFromError(toTrpcError(thrownInProcedure(error)))).toBe(status);
  });

  test('say when to try again', () => {
    expect(describeError(new DomainError('unavailable', 'x')).retryAfterSeconds).toBeGreaterThan(0);
    expect(
      describeError(new DomainError('rate_limited', 'x', { retryAfterSeconds: 17 })).retryAfterSeconds,
    ).toBe(17);
  });
});

describe('input that does not fit', () => {
  const schema = z.strictObject({
    lines: z.array(z.object({ quantity: z.int().max(99) })),
    email: z.email(),
  });

  test('names each field and what was expected', () => {
    const cause = zodErrorOf(schema, { lines: [{ quantity: 100 }], email: 'nope', extra: 1 });
    const described = describeError(new TRPCError({ code: 'BAD_REQUEST', cause }));
    expect(described).toMatchObject({ code: 'invalid_input', httpStatus: 400 });
    expect(described.fields).toEqual({
      'lines.0.quantity': 'Too big: expected number to be <=99',
      email: 'Invalid email address',
      extra: 'is not known here',
    });
    expect(described.message).toContain('lines.0.quantity: Too big');
  });

  test('is not what a broken answer of ours looks like', () => {
    const cause = zodErrorOf(z.object({ price: z.int() }), { price: 'secret' });
    const error = new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Output validation failed',
      cause,
    });
    expect(describeError(error)).toMatchObject({ code: 'internal_error', httpStatus: 500 });
  });
});

describe('faults', () => {
  test('tell nothing of themselves', () => {
    const described = describeError(thrownInProcedure(new Error('password=hunter2 at /srv/app.ts')));
    expect(described).toMatchObject({ code: 'internal_error', httpStatus: 500, data: {} });
    expect(JSON.stringify(described)).not.toContain('hunter2');
  });

  test.each([
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('terminating connection'), { code: '57P01' }),
    Object.assign(new Error('sorry, too many clients already'), { code: '53300' }),
    Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('wrapped', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
  ])('that come of a database away are 503 with a time to try again: %s', (cause) => {
    const error = thrownInProcedure(cause);
    expect(describeError(error)).toMatchObject({
      code: 'unavailable',
      httpStatus: 503,
      retryAfterSeconds: 2,
    });
    expect(getHTTPStatusCodeFromError(toTrpcError(error))).toBe(503);
  });

  test.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'payload_too_large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'unsupported_media_type'],
    ['FST_ERR_BAD_URL', 400, 'invalid_input'],
  ])('of Fastify have codes of ours: %s', (name, statusCode, code) => {
    expect(describeError(Object.assign(new Error(name), { statusCode }))).toMatchObject({
      code,
      httpStatus: statusCode,
    });
  });
});
