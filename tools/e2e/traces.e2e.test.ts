import { readFile } from 'node:fs/promises';
import { aCard } from '@souk/domain/testing';
import {
  type Collector,
  type ErrorTracker,
  type ReceivedSpan,
  startCollector,
  startErrorTracker,
} from '@souk/telemetry/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { addToCart, findProduct, orderNumber, pay, reachPayment } from './page-shopper.ts';

let collector: Collector;
let tracker: ErrorTracker;
let shop: Shop;
let browser: Browser;
let page: Page;
let number: string;
const card = aCard();
/** What a buyer tells of themselves, none of which may be in a trace. */
const planted = {
  email: 'planted.buyer@example.org',
  fullName: 'Wilhelmina Plantington',
  line1: '77 Plantagenet Row',
  city: 'Plantersville',
  postcode: '94602',
};
const looked = 'plantedquery';

beforeAll(async () => {
  [collector, tracker] = await Promise.all([startCollector(), startErrorTracker()]);
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER_ARG: '1',
    SENTRY_DSN: tracker.dsn,
    SENTRY_ENVIRONMENT: 'e2e',
    LOG_LEVEL: 'debug',
  };
  [shop, browser] = await Promise.all([startShop({ seedSize: 60, environment }), launchBrowser()]);
  const context = await newVisitor(browser);
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(new URL(`/search?q=${looked}`, shop.shopUrl).href);
  await findProduct(page, shop.shopUrl);
  await addToCart(page, shop.shopUrl);
  await reachPayment(page, { address: planted });
  await pay(page, card, { scripts: true });
  number = await orderNumber(page);
  await page.goto(shop.shopUrl);
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
  await collector?.close();
  await tracker?.close();
});

/** From a span to the first of its trace. */
function waysUp(span: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] {
  const parent = spans.find(
    ({ spanId, traceId }) => traceId === span.traceId && spanId === span.parentSpanId,
  );
  return parent === undefined ? [span.service] : [span.service, ...waysUp(parent, spans)];
}

const named = (name: string | RegExp) => (span: ReceivedSpan) =>
  typeof name === 'string' ? span.name === name : name.test(span.name);

test('what a browser shows, how it was made and what was asked of the database are one trace', async () => {
  const shown = named(/^browser navigation routes\/p\.\$slug$/);
  const spans = await collector.spansWhen((all) => all.some(shown));
  const inBrowser = spans.find(
    (span) => shown(span) && span.attributes['browser.navigation.kind'] === 'navigate',
  );
  const trace = spans.filter(({ traceId }) => traceId === inBrowser?.traceId);
  const made = trace.find(named('GET routes/p.$slug'));
  expect(made).toMatchObject({ service: 'souk-storefront', kind: 2, parentSpanId: '', isFailed: false });
  expect(inBrowser).toMatchObject({
    parentSpanId: made?.spanId,
    attributes: { 'http.route': 'routes/p.$slug', 'browser.lcp_ms': expect.any(Number) },
  });
  const statement = trace.find((span) => span.attributes['db.system.name'] === 'postgresql');
  expect(statement?.attributes['db.query.text']).toMatch(/\$1/);
  if (statement === undefined) throw new Error('no statement');
  expect(waysUp(statement, trace).filter((service, at, all) => service !== all[at - 1])).toEqual([
    'souk-bff',
    'souk-storefront',
  ]);
  expect(trace.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['catalog.product', 'GET /trpc/:path']),
  );
  // the browser began before the server did, and both clocks are the server's
  expect(inBrowser?.startedAt).toBeLessThan((made?.endedAt ?? 0) + 50);
});

test('an order is one trace from the form to the capture of the money by the worker', async () => {
  const placing = named(/^POST routes\/checkout\.review$/);
  const isCapture = named(/^stripe POST \/v1\/payment_intents\/:id\/capture$/);
  const spans = await collector.spansWhen((all) => all.some(placing) && all.some(isCapture));
  const placed = spans.find(placing);
  const trace = spans.filter(({ traceId }) => traceId === placed?.traceId);
  expect(new Set(trace.map(({ service }) => service))).toEqual(
    new Set(['souk-storefront', 'souk-bff', 'souk-worker']),
  );
  expect(trace.find(isCapture)?.service).toBe('souk-worker');
});

test('pages that scripts go to are told of too', async () => {
  const visits = (all: readonly ReceivedSpan[]) =>
    all.filter((span) => span.attributes['browser.navigation.kind'] === 'client');
  const spans = await collector.spansWhen((all) => visits(all).length > 0);
  for (const visit of visits(spans)) {
    expect(
      spans.some(({ spanId, traceId }) => traceId === visit.traceId && spanId === visit.parentSpanId),
    ).toBe(true);
  }
});

test('the logs name the traces that were sent', async () => {
  const [placed] = (
    await collector.spansWhen((all) => all.some(named(/^POST routes\/checkout\.review$/)))
  ).filter(named(/^POST routes\/checkout\.review$/));
  for (const program of ['storefront', 'bff']) {
    const log = await readFile(shop.stack.instance.logFile(program), 'utf8');
    const line = log.split('\n').find((text) => text.includes(`"traceId":"${placed?.traceId}"`));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      requestId: expect.any(String),
      spanId: expect.any(String),
    });
  }
});

test('pages survive a bff that is gone, and what broke is reported with its trace', async () => {
  await shop.killBff();
  const answer = await page.goto(new URL(`/search?q=${looked}`, shop.shopUrl).href);
  expect(answer?.status()).toBe(503);
  const isOfStorefront = ({ tags }: (typeof tracker.errors)[number]) => tags.service === 'souk-storefront';
  const errors = await tracker.errorsWhen((all) => all.some(isOfStorefront));
  const error = errors.find(isOfStorefront);
  expect(error).toMatchObject({ environment: 'e2e', tags: { requestId: expect.any(String) } });
  const traceId = error?.contexts.trace?.trace_id ?? '';
  await collector.spansWhen((all) => all.some((span) => span.traceId === traceId));
  await shop.startBff();
});

test('nothing personal is in what was sent', async () => {
  const cookies = await page.context().cookies();
  const secrets = cookies.map(({ value }) => value).filter(({ length }) => length >= 16);
  expect(secrets.length).toBeGreaterThan(0);
  const sent = `${collector.everything()}\n${tracker.everything()}`;
  expect(sent.length).toBeGreaterThan(100_000);
  for (const fact of [...Object.values(planted), ...secrets, card, looked, number, 'Chrome/']) {
    expect(sent.includes(fact), fact).toBe(false);
  }
});
