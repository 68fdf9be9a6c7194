import { startTelemetry, type Telemetry, telemetryConfig } from '@souk/telemetry';
import { type Collector, startCollector } from '@souk/telemetry/testing';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { PAGES, traceForBrowser, tracePages } from './trace-pages.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
let collector: Collector;
let telemetry: Telemetry;
afterEach(async () => {
  await telemetry.stop();
  await collector.close();
});

/** What a browser is told of a page that a stranger asks for, who says that its trace is kept. */
async function told(ratio: number): Promise<string> {
  collector = await startCollector();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: ratio };
  const logger = pino({ level: 'silent' });
  telemetry = await startTelemetry(telemetryConfig(variables, { mode: 'test', version: '0' }), {
    service: 'souk-storefront',
    logger,
  });
  const app = fastify();
  tracePages(app);
  app.get('/health/live', () => 'ok');
  app.get(PAGES, async (request) => {
    request.pageRoute = 'routes/p.$slug';
    const { span } = request.scope;
    return span === null ? 'off' : traceForBrowser(span, request.pageRoute);
  });
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  await app.inject({ url: '/health/live', headers });
  const { body } = await app.inject({ url: '/p/mug?token=planted', headers });
  await app.close();
  await telemetry.stop();
  return body;
}

test('whether a page is traced is up to the ratio, and its trace is a new one', async () => {
  const timing = await told(1);
  expect(timing).toMatch(
    /^traceparent;desc="00-[0-9a-f]{32}-[0-9a-f]{16}-01", route;desc="routes\/p\.\$slug"$/,
  );
  expect(timing).not.toContain(traceId);
  expect(collector.spans).toMatchObject([{ name: 'GET routes/p.$slug', parentSpanId: '' }]);
  expect(collector.everything()).not.toContain('planted');
});

test('of a page whose trace is not kept nothing is sent, and browsers are not asked to tell of it', async () => {
  expect(await told(0)).toMatch(/^traceparent;desc="00-[0-9a-f]{32}-[0-9a-f]{16}-00"$/);
  expect(collector.spans).toEqual([]);
});
