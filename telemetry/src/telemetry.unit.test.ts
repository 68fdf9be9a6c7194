import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type TelemetryConfig, telemetryConfig, telemetryVariables } from './config.ts';
import { logOptions } from './log-fields.ts';
import {
  inSpan,
  inSpanOfItsOwn,
  keptSpan,
  keptTraceparent,
  runInScope,
  startSpan,
  traceHeaders,
} from './spans.ts';
import { startTelemetry, type Telemetry } from './start.ts';
import { type Collector, type ErrorTracker, startCollector, startErrorTracker } from './testing/index.ts';

let collector: Collector;
let tracker: ErrorTracker;
let telemetry: Telemetry | undefined;
const lines: string[] = [];
const logger = pino({ ...logOptions(), level: 'debug' }, { write: (line) => void lines.push(line) });

beforeEach(async () => {
  lines.length = 0;
  collector = await startCollector();
  tracker = await startErrorTracker();
});
afterEach(async () => {
  await telemetry?.stop();
  await collector.close();
  await tracker.close();
});

function configOf(variables: Record<string, string>): TelemetryConfig {
  return telemetryConfig(z.object(telemetryVariables).parse(variables), { mode: 'test', version: '1.2.3' });
}

async function turnOn(variables: Record<string, string>): Promise<void> {
  const usual = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '1' };
  telemetry = await startTelemetry(configOf({ ...usual, ...variables }), { service: 'souk-test', logger });
}

test('work within work is sent as spans of one trace, each with what it was part of', async () => {
  await turnOn({});
  const answer = await inSpanOfItsOwn({ name: 'job a', kind: 'consumer', parent: null }, () =>
    inSpan({ name: 'inner', kind: 'client', attributes: { code: 7 } }, async () => {
      keptSpan()?.set({ more: 'x' });
      return 5;
    }),
  );
  expect(answer).toBe(5);
  await telemetry?.stop();
  const [inner, outer] = collector.spans;
  expect(inner).toMatchObject({
    service: 'souk-test',
    name: 'inner',
    kind: 3,
    attributes: { code: 7, more: 'x' },
    parentSpanId: outer?.spanId,
    traceId: outer?.traceId,
  });
  expect(outer).toMatchObject({ name: 'job a', kind: 5, parentSpanId: '', isFailed: false });
  expect(collector.everything()).toContain('1.2.3');
});

test('a failure is told by its code, and never by its message', async () => {
  await turnOn({});
  const error = Object.assign(new Error('ada@example.com is taken'), { code: '23505' });
  const failing = inSpanOfItsOwn({ name: 'job', kind: 'consumer', parent: null }, () =>
    Promise.reject(error),
  );
  await expect(failing).rejects.toBe(error);
  await telemetry?.stop();
  expect(collector.spans).toMatchObject([{ isFailed: true, attributes: { 'error.type': '23505' } }]);
  expect(collector.everything()).not.toContain('ada@');
});

test('what is not kept is neither sent nor kept by those that are asked, but the log names it', async () => {
  await turnOn({ OTEL_TRACES_SAMPLER_ARG: '0' });
  await inSpanOfItsOwn({ name: 'job', kind: 'consumer', parent: null }, () =>
    inSpan({ name: 'inner', kind: 'client' }, async () => {
      expect(keptSpan()).toBeNull();
      expect(keptTraceparent()).toBeNull();
      expect(traceHeaders().traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
      logger.info('inside');
    }),
  );
  await telemetry?.stop();
  expect(collector.spans).toEqual([]);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
});

test('about as many traces are kept as the ratio says', async () => {
  await turnOn({ OTEL_TRACES_SAMPLER_ARG: '0.25' });
  const spans = Array.from({ length: 2_000 }, () => startSpan({ name: 'x', kind: 'server', parent: null }));
  const kept = spans.filter((span) => span?.isSampled).length;
  expect(kept).toBeGreaterThan(400);
  expect(kept).toBeLessThan(600);
});

test('where nothing is configured work is done as it is', async () => {
  telemetry = await startTelemetry(configOf({}), { service: 'souk-test', logger });
  expect(startSpan({ name: 'x', kind: 'server', parent: null })).toBeNull();
  await runInScope({ requestId: 'r1', span: null }, () =>
    inSpan({ name: 'inner', kind: 'client' }, async () => {
      expect(traceHeaders()).toEqual({});
      logger.error({ err: new Error('x') }, 'inside');
    }),
  );
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r1' });
  expect(lines[0]).not.toContain('traceId');
});

test('a collector that is away harms nobody: said once, what waits is bounded, and the end comes in time', async () => {
  await collector.close();
  await turnOn({});
  for (let count = 0; count < 20_000; count += 1) {
    startSpan({ name: 'x', kind: 'server', parent: null })?.end();
  }
  const stoppedAt = performance.now();
  await telemetry?.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(3_000);
  const said = () => lines.filter((line) => line.includes('the collector of traces is away')).length;
  await vi.waitFor(() => expect(said()).toBe(1), 15_000);
  collector = await startCollector();
});

test('warnings and errors that the log tells are reported, with where and in which trace', async () => {
  await turnOn({ SENTRY_DSN: tracker.dsn, SENTRY_ENVIRONMENT: 'staging' });
  const span = startSpan({ name: 'x', kind: 'server', parent: null });
  runInScope({ requestId: 'r1', span }, () => {
    const cause = Object.assign(new Error('invalid input syntax for type uuid: "ada@example.com"'), {
      code: '22P02',
    });
    logger.error({ err: new Error('not saved', { cause }), procedure: 'cart.addLine' }, 'a request failed');
    logger.warn({ err: new Error('redis is gone') }, 'redis is away');
    logger.info({ err: new Error('not worth it') }, 'something');
    logger.error('without an error');
  });
  const errors = await tracker.errorsWhen(({ length }) => length === 2);
  expect(errors.find(({ level }) => level === 'error')).toMatchObject({
    release: 'souk@1.2.3',
    environment: 'staging',
    transaction: 'cart.addLine',
    tags: { service: 'souk-test', requestId: 'r1', procedure: 'cart.addLine' },
    extra: { logged: 'a request failed' },
    contexts: { trace: { trace_id: span?.traceId, span_id: span?.spanId } },
    exception: {
      values: [{ value: 'invalid input syntax for type uuid: …' }, { type: 'Error', value: 'not saved' }],
    },
  });
  const frames = errors[0]?.exception.values.at(-1)?.stacktrace.frames ?? [];
  expect(frames.at(-1)?.filename).toBe('app:///telemetry/src/telemetry.unit.test.ts');
  expect(tracker.everything()).not.toContain('ada@');
  expect(errors.find(({ level }) => level === 'warning')?.exception.values[0]?.value).toBe('redis is gone');
});

test('a fault that everybody meets is reported a few times, and trackers that refuse are left alone', async () => {
  await turnOn({ SENTRY_DSN: tracker.dsn });
  for (let count = 0; count < 50; count += 1) logger.error({ err: new Error('same') }, 'failed');
  logger.error({ err: new TypeError('other') }, 'failed');
  const errors = await tracker.errorsWhen((all) =>
    all.some(({ exception }) => exception.values[0]?.value === 'other'),
  );
  expect(errors).toHaveLength(6);
  await tracker.close();
  logger.error({ err: new RangeError('nobody hears') }, 'failed');
  await telemetry?.stop();
  expect(lines.filter((line) => line.includes('error reports are not taken')).length).toBe(1);
  tracker = await startErrorTracker();
});
