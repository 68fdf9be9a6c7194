import { describe, expect, it } from 'vitest';
import { type RunData, reportOf } from './figures.ts';
import { htmlOf } from './html.ts';
import { briefTextOf, textOf } from './text.ts';

const times = (count: number, p95: number) => ({
  count,
  med: p95 / 2,
  'p(95)': p95,
  'p(99)': 2 * p95,
  max: 3 * p95,
});

const data: RunData = {
  state: { testRunDurationMs: 70_000 },
  setup_data: { walkSeconds: 10 },
  metrics: {
    'http_req_duration{page:listing}': {
      type: 'trend',
      values: times(120, 240),
      thresholds: { 'p(95)<250': { ok: true }, 'p(99)<600': { ok: true }, 'max>=0': { ok: true } },
    },
    'http_req_duration{page:search}': {
      type: 'trend',
      values: times(60, 160.4),
      thresholds: { 'p(95)<150': { ok: false } },
    },
    'http_req_duration{page:asset}': { type: 'trend', values: times(420, 5) },
    'http_req_duration{page:home}': { type: 'trend', values: times(0, 0) },
    'http_req_duration{step:address}': { type: 'trend', values: times(3, 1_200) },
    place_order_duration: { type: 'trend', values: times(3, 400), thresholds: { 'p(95)<800': { ok: true } } },
    browsing_errors: {
      type: 'rate',
      values: { passes: 2, fails: 998 },
      thresholds: { 'rate<0.001': { ok: false } },
    },
    checkout_errors: {
      type: 'rate',
      values: { passes: 0, fails: 40 },
      thresholds: { 'rate<0.0005': { ok: true } },
    },
    orders_paid: { type: 'counter', values: { count: 3 }, thresholds: { 'count>=1': { ok: true } } },
    shoppers: { type: 'counter', values: { count: 60 } },
  },
};
const facts = {
  run: 'load',
  shopUrl: 'http://shop.test',
  commit: 'abc1234',
  machine: '2 × <fast> cores',
  endedAt: Date.UTC(2026, 10, 22, 8),
};
const report = reportOf(data, facts);

describe('the figures of a run', () => {
  it('are of the shoppers’ time, without the walk before', () => {
    expect(report).toMatchObject({
      seconds: 60,
      shoppers: 60,
      orders: 3,
      startedAt: '2026-11-22T07:58:50.000Z',
    });
    expect(report.requestsPerSecond).toBe(10);
    expect(report.pagesPerSecond).toBe(3);
  });

  it('leave out what never came, and limits that only make k6 tell', () => {
    expect(report.pages.map(({ name }) => name)).toEqual(['listing', 'search', 'asset']);
    expect(report.pages[0]?.limits.map(({ text }) => text)).toEqual(['p(95)<250', 'p(99)<600']);
  });

  it('count what was wrong, and are passed only when every limit was kept', () => {
    expect(report.errors.map(({ wrong, of }) => [wrong, of])).toEqual([
      [2, 1_000],
      [0, 40],
    ]);
    expect(report.isPassed).toBe(false);
    const { 'http_req_duration{page:search}': _search, browsing_errors: _errors, ...kept } = data.metrics;
    expect(reportOf({ ...data, metrics: kept }, facts).isPassed).toBe(true);
  });
});

describe('a run that grows', () => {
  const grown = (metrics: RunData['metrics']) =>
    reportOf({ ...data, metrics }, { ...facts, rateAfter: (seconds) => seconds * 5 });

  it('tells where the first objective broke', () => {
    expect(textOf(grown(data.metrics))).toContain('The first objective broke at 300 shoppers a minute.');
    expect(htmlOf(grown({}))).toContain('Every objective was kept, up to 300 shoppers a minute.');
  });
});

describe('a run as text', () => {
  it('says of each limit whether it was kept', () => {
    const text = textOf(report);
    expect(text).toMatch(
      /listing +120 +120 ms +240 ms +480 ms +720 ms {3}p95 under 250 ms: kept; p99 under 600 ms: kept/,
    );
    expect(text).toMatch(/search .* p95 under 150 ms: NOT KEPT/);
    expect(text).toMatch(/looking around +2 of 1000 \(0\.20 %\) {3}under 0\.1 %: NOT KEPT/);
    expect(text).toMatch(/address +3 +600 ms +1\.20 s/);
    expect(text).toContain('NOT every objective was kept.');
  });

  it('may be the limits alone', () => {
    const text = briefTextOf(report);
    expect(text).toMatch(/^load: NOT every objective was kept/);
    expect(text).toContain('orders_paid');
    expect(text).not.toContain('address');
  });
});

describe('a run as a page', () => {
  const html = htmlOf(report);

  it('needs no other file', () => {
    expect(html).not.toMatch(/<(?:script|link|img|iframe)\b|url\(|@import/);
  });

  it('can be read without eyes: a title, a language, one heading, tables with captions and heads', () => {
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>Load run: load, not passed</title>');
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/<caption>/g)).toHaveLength(html.match(/<table>/g)?.length ?? 0);
    expect(html).toContain('<th scope="row">listing</th>');
    expect(html).toContain('<li class="broken">p95 under 150 ms: NOT KEPT</li>');
  });

  it('shows what came from outside as text', () => {
    expect(html).toContain('2 × &lt;fast&gt; cores');
    expect(html).not.toContain('<fast>');
  });
});
