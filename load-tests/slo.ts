import { pageNames } from './web/addresses.ts';

/** What a submetric must keep to, by its name, as k6 takes it. */
export type Thresholds = Record<string, Limit[]>;
type Limit =
  | string
  | { readonly threshold: string; readonly abortOnFail: true; readonly delayAbortEval: string };

/** Milliseconds that 95 (and 99) of 100 answers take at most; docs/slo.md says why. */
const pageLimits: Record<string, readonly string[]> = {
  listing: ['p(95)<250', 'p(99)<600'],
  product: ['p(95)<250', 'p(99)<600'],
  search: ['p(95)<150'],
  cart: ['p(95)<250'],
};

/** The names of our own metrics. */
export const metricNames = {
  placeOrder: 'place_order_duration',
  browsingErrors: 'browsing_errors',
  checkoutErrors: 'checkout_errors',
  orders: 'orders_paid',
  refusals: 'refusals',
  sessions: 'shoppers',
} as const;

/** The steps that figures are told by, beside the pages. */
export const steps = [
  'add-to-cart',
  'change-cart',
  'address',
  'shipping',
  'payment',
  'place-order',
  'pay',
  'return',
] as const;
export type Step = 'view' | (typeof steps)[number];

/**
 * The objectives of the shop as thresholds of k6.
 *
 * @param tag of a part of the run that they are to hold in, such as `phase:recovery`; in all of it without
 */
export function objectives(tag?: string): Thresholds {
  const within = tag === undefined ? '' : `,${tag}`;
  const pages: Thresholds = {};
  for (const [page, limits] of Object.entries(pageLimits)) {
    pages[`http_req_duration{page:${page}${within}}`] = [...limits];
  }
  const own = tag === undefined ? '' : `{${tag}}`;
  return {
    ...pages,
    [`${metricNames.placeOrder}${own}`]: ['p(95)<800', 'p(99)<2000'],
    ...errorObjectives(),
  };
}

/** Of a thousand answers to who looks around, and of two thousand to who pays, less than one may be wrong. */
export function errorObjectives(): Thresholds {
  return {
    [metricNames.browsingErrors]: ['rate<0.001'],
    [metricNames.checkoutErrors]: ['rate<0.0005'],
  };
}

/** The same, where the first that breaks ends the run; not before there is enough to judge by. */
export function aborting(thresholds: Thresholds): Thresholds {
  const limits = Object.entries(thresholds).map(
    ([name, all]) =>
      [
        name,
        all.map((limit) =>
          typeof limit === 'string'
            ? ({ threshold: limit, abortOnFail: true, delayAbortEval: '30s' } as const)
            : limit,
        ),
      ] as const,
  );
  return Object.fromEntries(limits);
}

/** k6 tells the figures of a tag only where something is asked of it: this asks what always holds, for the report. */
export function toldInReport(): Thresholds {
  const always = ['max>=0'];
  const shown = [
    ...pageNames.map((page) => `http_req_duration{page:${page}}`),
    ...steps.map((step) => `http_req_duration{step:${step}}`),
    'http_req_duration{page:asset}',
    'http_req_duration{page:picture}',
  ];
  return Object.fromEntries(shown.map((name) => [name, always]));
}

/** Joins what several ask of the same figures. */
export function joined(...all: readonly Thresholds[]): Thresholds {
  const thresholds: Thresholds = {};
  for (const part of all) {
    for (const [name, limits] of Object.entries(part)) {
      thresholds[name] = [...new Set([...(thresholds[name] ?? []), ...limits])];
    }
  }
  return thresholds;
}
