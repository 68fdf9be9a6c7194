import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  createEventEnvelope,
  createStackParser,
  createTransport,
  getEnvelopeEndpointWithUrlEncodedAuth,
  makeDsn,
} from '@sentry/core';
import { nodeStackLineParser } from '@sentry/core/server';
import type { Logger } from 'pino';
import type { ErrorReport, Reporter } from './error-reports.ts';
import { scrub } from './scrub.ts';
import { codeOf } from './spans.ts';

const SEND_WITHIN_MS = 3_000;
/** Of what an error was caused by, and that by. */
const MOST_CAUSES = 4;

export interface SentryOptions {
  readonly dsn: string;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly logger: Logger;
}

/**
 * Sends error reports by Sentry's protocol. All that a report holds is written here: nothing is added by a client that looks around by
 * itself, so no body, header, cookie, address, query or user can be in it.
 */
export function openSentry(options: SentryOptions): {
  report: Reporter;
  stop(withinMs: number): Promise<void>;
} {
  const { service, version, environment, logger } = options;
  const dsn = makeDsn(options.dsn);
  if (dsn === undefined) throw new Error('SENTRY_DSN is wrong');
  const url = getEnvelopeEndpointWithUrlEncodedAuth(dsn, undefined, {
    name: 'souk',
    version,
  });
  let isAway = false;
  const note = (failed: boolean) => {
    // without the error: a report of it would meet the same
    if (failed && !isAway) logger.warn('error reports are not taken');
    isAway = failed;
  };
  const transport = createTransport({ recordDroppedEvent() {} }, async ({ body }) => {
    const response = await fetch(url, {
      method: 'POST',
      body: typeof body === 'string' ? body : Buffer.from(body),
      redirect: 'error',
      signal: AbortSignal.timeout(SEND_WITHIN_MS),
    });
    await response.body?.cancel();
    return {
      statusCode: response.status,
      headers: {
        'x-sentry-rate-limits': response.headers.get('x-sentry-rate-limits'),
        'retry-after': response.headers.get('retry-after'),
      },
    };
  });
  const report = (news: ErrorReport) => {
    const event = {
      ...eventOf(news),
      release: `souk@${version}`,
      environment,
      logger: service,
      tags: { service, ...tagsOf(news) },
    };
    transport.send(createEventEnvelope(event, dsn)).then(
      ({ statusCode = 200 }) => note(statusCode >= 400 && statusCode !== 429),
      () => note(true),
    );
  };
  return {
    report,
    async stop(withinMs) {
      await transport.flush(withinMs);
    },
  };
}

function tagsOf({ about, requestId, error }: ErrorReport): Record<string, string> {
  const facts = Object.entries(about).map(([name, value]) => [name, scrub(value)]);
  return {
    'error.code': codeOf(error),
    ...Object.fromEntries(facts),
    ...(requestId === null ? {} : { requestId }),
  };
}

function eventOf({ error, level, message, about, traceId, spanId }: ErrorReport) {
  const where = about.procedure ?? about.route ?? about.job;
  return {
    event_id: randomUUID().replaceAll('-', ''),
    timestamp: Date.now() / 1000,
    platform: 'node',
    level,
    // the innermost first
    exception: { values: chainOf(error).map(exceptionOf).reverse() },
    ...(where === undefined ? {} : { transaction: where }),
    extra: { logged: scrub(message) },
    contexts: {
      runtime: { name: 'node', version: process.version },
      ...(traceId === null || spanId === null ? {} : { trace: { trace_id: traceId, span_id: spanId } }),
    },
  };
}

function chainOf(error: Error): Error[] {
  const chain = [error];
  for (let { cause } = error; cause instanceof Error && chain.length < MOST_CAUSES; { cause } = cause)
    chain.push(cause);
  return chain;
}

function exceptionOf(error: Error) {
  return {
    type: error.name,
    value: scrub(error.message),
    stacktrace: { frames: framesOf(error) },
    mechanism: { type: 'logged', handled: true },
  };
}

const parseStack = createStackParser(nodeStackLineParser());
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where in our sources it happened. The lines before the first are the message again. */
function framesOf({ stack = '' }: Error) {
  const first = stack.search(/\n\s+at /);
  if (first < 0) return [];
  return parseStack(stack.slice(first)).map((frame) => {
    const file = frame.filename?.replace(/^file:\/\//, '');
    return {
      ...frame,
      ...(file === undefined
        ? {}
        : { filename: file.startsWith(root) ? `app:///${file.slice(root.length)}` : file }),
    };
  });
}
