import { metricNames, steps } from '../slo.ts';
import { pageNames } from '../web/addresses.ts';

/** What k6 hands over at the end of a run, as far as it is read here. */
export interface RunData {
  readonly metrics: Readonly<Record<string, MetricData | undefined>>;
  readonly state: { readonly testRunDurationMs: number };
  /** What the walk through the shop before the run gave. */
  readonly setup_data?: { readonly walkSeconds?: number };
}
interface MetricData {
  readonly type: string;
  readonly values: Readonly<Record<string, number | undefined>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

/** What was measured, and where. */
export interface RunFacts {
  readonly run: string;
  readonly shopUrl: string;
  readonly commit: string;
  readonly machine: string;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  /** Of a run that grows until an objective breaks: how many shoppers a minute came after so many seconds. */
  readonly rateAfter?: ((seconds: number) => number) | undefined;
}

/** An objective and whether it was kept. */
export interface Limit {
  readonly text: string;
  readonly isKept: boolean;
}

/** How long one kind of answer took, in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly limits: readonly Limit[];
}

/** How many of something were wrong. */
export interface Share {
  readonly name: string;
  readonly wrong: number;
  readonly of: number;
  readonly limits: readonly Limit[];
}

/** A run in figures: what report.json holds, and the texts are made of. */
export interface Report extends Omit<RunFacts, 'endedAt' | 'rateAfter'> {
  readonly startedAt: string;
  /** Shoppers a minute when the run ended, of one that grows until an objective breaks. */
  readonly rateAtEnd: number | null;
  /** Of the shoppers, without the walk through the shop before. */
  readonly seconds: number;
  readonly isPassed: boolean;
  readonly shoppers: number;
  readonly orders: number;
  readonly refusals: number;
  readonly requestsPerSecond: number;
  readonly pagesPerSecond: number;
  readonly pages: readonly Timing[];
  readonly steps: readonly Timing[];
  readonly errors: readonly Share[];
  /** All that is asked of something else than the figures above. */
  readonly other: readonly (Limit & { readonly name: string })[];
}

/** Asked only so that k6 tells the figure. */
const NO_LIMIT = 'max>=0';

/** The figures of a run. */
export function reportOf(data: RunData, facts: RunFacts): Report {
  const total = data.state.testRunDurationMs / 1_000;
  const seconds = Math.max(1, total - (data.setup_data?.walkSeconds ?? 0));
  const pages = pageNames.map((page) => timingOf(data, page, `http_req_duration{page:${page}}`));
  const files = ['asset', 'picture'].map((file) => timingOf(data, file, `http_req_duration{page:${file}}`));
  const ofSteps = steps.map((step) => timingOf(data, step, `http_req_duration{step:${step}}`));
  const placing = timingOf(data, 'from "Place order" to the order', metricNames.placeOrder);
  const errors = [
    shareOf(data, 'while looking around', metricNames.browsingErrors),
    shareOf(data, 'at the checkout', metricNames.checkoutErrors),
  ];
  const shown = new Set<string>([
    ...[...pageNames, 'asset', 'picture'].map((page) => `http_req_duration{page:${page}}`),
    ...steps.map((step) => `http_req_duration{step:${step}}`),
    metricNames.placeOrder,
    metricNames.browsingErrors,
    metricNames.checkoutErrors,
  ]);
  const counted = (timings: readonly Timing[]) => timings.reduce((sum, { count }) => sum + count, 0);
  const { endedAt, rateAfter, ...rest } = facts;
  return {
    ...rest,
    startedAt: new Date(endedAt - data.state.testRunDurationMs).toISOString(),
    rateAtEnd: rateAfter ? Math.round(rateAfter(seconds)) : null,
    seconds: Math.round(seconds),
    isPassed: Object.values(data.metrics).every((metric) => limitsOf(metric).every(({ isKept }) => isKept)),
    shoppers: figureOf(data, metricNames.sessions, 'count'),
    orders: figureOf(data, metricNames.orders, 'count'),
    refusals: figureOf(data, metricNames.refusals, 'count'),
    requestsPerSecond: (counted(pages) + counted(files)) / seconds,
    pagesPerSecond: counted(pages) / seconds,
    pages: [...pages, ...files].filter(({ count }) => count > 0),
    steps: [...ofSteps, placing].filter(({ count }) => count > 0),
    errors,
    other: Object.entries(data.metrics)
      .filter(([name]) => !shown.has(name))
      .flatMap(([name, metric]) => limitsOf(metric).map((limit) => ({ name, ...limit }))),
  };
}

function figureOf(data: RunData, metric: string, value: string): number {
  return data.metrics[metric]?.values[value] ?? 0;
}

function limitsOf(metric: MetricData | undefined): Limit[] {
  return Object.entries(metric?.thresholds ?? {})
    .filter(([text]) => text !== NO_LIMIT)
    .map(([text, { ok }]) => ({ text, isKept: ok }));
}

function timingOf(data: RunData, name: string, metric: string): Timing {
  const value = (key: string) => figureOf(data, metric, key);
  return {
    name,
    count: value('count'),
    median: value('med'),
    p95: value('p(95)'),
    p99: value('p(99)'),
    max: value('max'),
    limits: limitsOf(data.metrics[metric]),
  };
}

/** k6 counts what was true of a rate as passes: here, what was wrong. */
function shareOf(data: RunData, name: string, metric: string): Share {
  const wrong = figureOf(data, metric, 'passes');
  return { name, wrong, of: wrong + figureOf(data, metric, 'fails'), limits: limitsOf(data.metrics[metric]) };
}
