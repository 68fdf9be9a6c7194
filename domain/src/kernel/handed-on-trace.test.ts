import { inSpanOfItsOwn, startTelemetry, type Telemetry, telemetryConfig } from '@souk/telemetry';
import { type Collector, type ReceivedSpan, startCollector } from '@souk/telemetry/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { defineEvent, type StoredEvent, type Subscription } from './events.ts';
import { enqueue, eventJobs } from './jobs.ts';
import { createLogger } from './logger.ts';

const noted = defineEvent('test.noted', z.strictObject({ words: z.string() }));
const secret = 'planted words';

let collector: Collector;
let telemetry: Telemetry | undefined;
let shop: TestDomain;
const heard: StoredEvent[] = [];
beforeEach(async () => {
  heard.length = 0;
  collector = await startCollector();
});
afterEach(async () => {
  await telemetry?.stop();
  await collector.close();
  await shop.close();
});

async function open(ratio: string, mode: Subscription['mode'] = 'aggregate'): Promise<void> {
  shop = await createTestDomain({
    parts: {
      subscriptions: [
        {
          name: 'test.listener',
          on: [noted],
          mode,
          async handle(ctx, events) {
            heard.push(...events);
            await sql`select ${secret}::text as told`.execute(ctx.db);
          },
        },
      ],
    },
  });
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: Number(ratio) };
  const logger = createLogger({ name: 'test', level: 'silent' });
  telemetry = await startTelemetry(telemetryConfig(variables, { mode: 'test', version: '0' }), {
    service: 'souk-test',
    logger,
  });
}

const tell = (name: string) =>
  inSpanOfItsOwn({ name, kind: 'server', parent: null }, () =>
    shop.ctx.transaction((tx) => tx.emit(noted(tx.ids.next(), { words: secret }))),
  );

async function sent(): Promise<readonly ReceivedSpan[]> {
  await telemetry?.stop();
  return collector.spans;
}

const traceOf = (spans: readonly ReceivedSpan[], name: string) =>
  spans.find((span) => span.name === name)?.traceId;

test('what hears of an event is part of the trace that it was written in, its statements too', async () => {
  await open('1');
  await tell('request');
  await shop.runJobs();
  const spans = await sent();
  const traceId = traceOf(spans, 'request');
  expect(traceOf(spans, 'deliver test.listener')).toBe(traceId);
  const statements = spans.filter((span) => span.traceId === traceId && 'db.query.text' in span.attributes);
  expect(statements.map(({ attributes }) => attributes['db.query.text'])).toEqual(
    expect.arrayContaining(['select $1::text as told', expect.stringContaining('insert into events')]),
  );
  expect(collector.everything()).not.toContain(secret);
  // handlers see what was told, and nothing else
  expect(heard.map(({ payload }) => payload)).toEqual([{ words: secret }]);
});

test('events of several traces that are heard of at once are a trace of their own that names them', async () => {
  await open('1', 'batch');
  await tell('one');
  await tell('two');
  await shop.runJobs();
  const spans = await sent();
  const heardAt = spans.find(({ name }) => name === 'deliver test.listener');
  expect(heardAt?.links).toEqual([traceOf(spans, 'one'), traceOf(spans, 'two')]);
  expect(heardAt?.parentSpanId).toBe('');
});

test('a job is part of the trace that wanted it, unless it is put off until a moment', async () => {
  await open('1');
  const [job] = eventJobs.jobs ?? [];
  if (job === undefined) throw new Error('no job');
  const payload = { subscriber: 'test.listener', aggregateId: null };
  await inSpanOfItsOwn({ name: 'request', kind: 'server', parent: null }, async () => {
    await enqueue(shop.ctx, job, payload);
    await enqueue(shop.ctx, job, payload, { runAt: new Date() });
  });
  await shop.runJobs();
  const spans = await sent();
  const jobs = spans.filter(({ name }) => name === 'job events.deliver');
  expect(jobs.map(({ traceId }) => traceId === traceOf(spans, 'request')).sort()).toEqual([false, true]);
});

test('where a trace is not kept nothing of it is stored or sent', async () => {
  await open('0');
  await tell('request');
  const { rows } = await sql<{ payload: unknown }>`select payload from events`.execute(shop.ctx.db);
  expect(rows).toEqual([{ payload: { words: secret } }]);
  await shop.runJobs();
  expect(heard).toHaveLength(1);
  expect(await sent()).toEqual([]);
});
