import { startTelemetry, type Telemetry } from '@souk/telemetry';
import {
  type Collector,
  type ErrorTracker,
  startCollector,
  startErrorTracker,
} from '@souk/telemetry/testing';
import { afterEach, expect, test } from 'vitest';
import { loadBffConfig } from './config.ts';
import { createSafeLogger } from './ops/safe-logger.ts';
import { query, startTestServer, type TestServer } from './testing/test-server.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const told = (flag: string) => ({ traceparent: `00-${traceId}-${spanId}-${flag}`, 'x-request-id': 'r-1' });
const planted = 'planted-slug-of-ada@example.com';

let bff: TestServer;
let collector: Collector;
let tracker: ErrorTracker;
let telemetry: Telemetry;
afterEach(async () => {
  await telemetry.stop();
  await bff.close();
  await collector.close();
  await tracker.close();
});

async function open(ratio: string): Promise<void> {
  [bff, collector, tracker] = await Promise.all([startTestServer(), startCollector(), startErrorTracker()]);
  const config = loadBffConfig({
    ...bff.test.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER_ARG: ratio,
    SENTRY_DSN: tracker.dsn,
  });
  const logger = createSafeLogger({ name: 'test', level: 'silent' });
  telemetry = await startTelemetry(config.telemetry, { service: 'souk-bff', logger });
}

const logged = () =>
  bff
    .logs()
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));

test('a call is part of the trace that the storefront tells of, down to its statements and without their values', async () => {
  await open('0');
  const answer = await query(bff.url, 'catalog.product', { slug: planted }, told('01'));
  expect(answer.error?.data.code).toBe('not_found');
  await telemetry.stop();
  const trace = collector.spans;
  expect(new Set(trace.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const request = trace.find(({ name }) => name === 'GET /trpc/:path');
  const procedure = trace.find(({ name }) => name === 'catalog.product');
  const statement = trace.find(({ kind }) => kind === 3);
  expect(request).toMatchObject({
    parentSpanId: spanId,
    kind: 2,
    attributes: { 'http.request.method': 'GET', 'http.response.status_code': 404 },
  });
  expect(procedure).toMatchObject({
    parentSpanId: request?.spanId,
    attributes: { outcome: 'not_found' },
    isFailed: false,
  });
  expect(statement).toMatchObject({
    parentSpanId: procedure?.spanId,
    attributes: { 'db.query.text': expect.stringContaining('$1') },
  });
  expect(collector.everything()).not.toContain(planted);
  expect(logged().find(({ msg }) => msg === 'request')).toMatchObject({
    requestId: 'r-1',
    traceId,
    spanId: request?.spanId,
  });
});

test('what the storefront does not keep is not kept here, and the log names it all the same', async () => {
  await open('1');
  await query(bff.url, 'catalog.product', { slug: planted }, told('00'));
  await telemetry.stop();
  expect(collector.spans).toEqual([]);
  expect(logged().find(({ msg }) => msg === 'request')).toMatchObject({ requestId: 'r-1', traceId });
});

test('strangers neither choose the trace of what they ask for nor whether it is kept', async () => {
  await open('0');
  await fetch(`${bff.url}/api/v1/products`, { headers: told('01') });
  await fetch(`${bff.url}/webhooks/stripe`, { method: 'POST', headers: told('01'), body: '{}' });
  await telemetry.stop();
  expect(collector.spans).toEqual([]);
  const lines = logged().filter(({ msg }) => msg === 'request');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(line.traceId).not.toBe(traceId);
  }
});

test('probes are no traces', async () => {
  await open('1');
  await fetch(`${bff.url}/health/ready`);
  await telemetry.stop();
  expect(collector.spans).toEqual([]);
});

test('a fault is reported where it happened, in its trace, and without what was asked for', async () => {
  await open('0');
  await bff.test.domain.pool.query('alter table products rename to gone');
  const answer = await query(
    bff.url,
    'catalog.product',
    { slug: planted },
    { ...told('01'), cookie: 'a=planted' },
  );
  expect(answer.status).toBe(500);
  const [error] = await tracker.errorsWhen(({ length }) => length > 0);
  expect(error).toMatchObject({
    level: 'error',
    environment: 'test',
    transaction: 'catalog.product',
    tags: { service: 'souk-bff', requestId: 'r-1', procedure: 'catalog.product', 'error.code': '42P01' },
    contexts: { trace: { trace_id: traceId } },
  });
  expect(error?.exception.values[0]?.value).toBe('relation … does not exist');
  expect(tracker.everything()).not.toContain('planted');
  await telemetry.stop();
  expect(collector.spans.filter(({ isFailed }) => isFailed).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['GET /trpc/:path', 'catalog.product']),
  );
  expect(collector.everything()).not.toContain('planted');
});
