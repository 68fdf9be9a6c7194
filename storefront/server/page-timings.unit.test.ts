import { startTelemetry, type Telemetry, telemetryConfig } from '@souk/telemetry';
import { type Collector, startCollector } from '@souk/telemetry/testing';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { addPageTimings } from './page-timings.ts';
import { addSecurity } from './security.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const page = {
  traceparent: `00-${traceId}-${spanId}-01`,
  route: 'routes/p.$slug',
  kind: 'navigate',
  ageMs: 5_000,
  durationMs: 800,
  firstByteMs: 120,
  lcpMs: 700,
  cls: 0.02,
};
const ours = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

let collector: Collector;
let telemetry: Telemetry;
let app: ReturnType<typeof fastify>;
beforeEach(async () => {
  collector = await startCollector();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: 1 };
  const logger = pino({ level: 'silent' });
  telemetry = await startTelemetry(telemetryConfig(variables, { mode: 'test', version: '0' }), {
    service: 'souk-storefront',
    logger,
  });
  app = fastify();
  addSecurity(app, readConfig({ SHOP_URL: 'https://shop.test' }));
  addPageTimings(app, { of: async () => 'none', isKnown: async (route) => route === page.route });
});
afterEach(async () => {
  await app.close();
  await telemetry.stop();
  await collector.close();
});

async function tell(body: unknown, headers: Record<string, string> = ours): Promise<number> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  return (await app.inject({ method: 'POST', url: '/page-timings', headers, payload })).statusCode;
}

async function sent() {
  await telemetry.stop();
  return collector.spans;
}

test('what a browser tells becomes a span of its trace, by the clock of the server', async () => {
  expect(await tell({ pages: [page] })).toBe(204);
  const [span] = await sent();
  expect(span).toMatchObject({
    traceId,
    parentSpanId: spanId,
    name: 'browser navigation routes/p.$slug',
    attributes: {
      'http.route': 'routes/p.$slug',
      'browser.navigation.kind': 'navigate',
      'browser.first_byte_ms': 120,
      'browser.lcp_ms': 700,
      'browser.cls': 0.02,
    },
  });
  expect(Math.round((span?.endedAt ?? 0) - (span?.startedAt ?? 0))).toBe(800);
  expect(Math.abs(Date.now() - 5_000 - (span?.startedAt ?? 0))).toBeLessThan(2_000);
});

test.each([
  ['another site', { pages: [page] }, { ...ours, 'sec-fetch-site': 'cross-site' }, 403],
  ['no browser', { pages: [page] }, { 'content-type': 'application/json' }, 403],
  ['a form', 'pages=1', { ...ours, 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['no JSON', '{', ours, 400],
  ['more than a page has to tell', { pages: [{ ...page, name: 'Ada' }] }, ours, 400],
  ['a number that is none', { pages: [{ ...page, lcpMs: 'ada@example.com' }] }, ours, 400],
  ['what comes before its beginning', { pages: [{ ...page, ageMs: -1 }] }, ours, 400],
  ['too many pages', { pages: Array.from({ length: 21 }, () => page) }, ours, 400],
  ['a long text', `{"pages":["${'x'.repeat(9_000)}"]}`, ours, 413],
  ['a route that there is not', { pages: [{ ...page, route: 'ada@example.com' }] }, ours, 204],
  [
    'a trace that is not kept',
    { pages: [{ ...page, traceparent: `00-${traceId}-${spanId}-00` }] },
    ours,
    204,
  ],
])('%s adds nothing', async (_what, body, headers, status) => {
  expect(await tell(body, headers)).toBe(status);
  expect(await sent()).toEqual([]);
});

test('one address tells so much in a minute, and no more', async () => {
  const answers: number[] = [];
  for (let count = 0; count < 65; count += 1) answers.push(await tell({ pages: [page] }));
  expect(answers.filter((status) => status === 204)).toHaveLength(60);
  expect(answers.at(-1)).toBe(429);
  expect(await sent()).toHaveLength(60);
});
