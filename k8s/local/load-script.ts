// Run by k6: looks at pages and fills carts at an even rate, and tells how many requests failed.
import { check } from 'k6';
import http from 'k6/http';
import { Counter } from 'k6/metrics';

declare const __ENV: Record<'SHOP_URL' | 'SECONDS' | 'RATE' | 'SUMMARY', string>;

const { SHOP_URL: shop, SUMMARY: summaryFile } = __ENV;
const failures = new Counter('failures');
const pages = ['/', '/c/kitchen', '/p/harbour-mug', '/search?q=mug', '/cart'];

export const options = {
  scenarios: {
    shoppers: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE),
      timeUnit: '1s',
      duration: `${__ENV.SECONDS}s`,
      preAllocatedVUs: 40,
      maxVUs: 200,
      gracefulStop: '30s',
    },
  },
  noVUConnectionReuse: false,
  summaryTrendStats: ['med', 'p(95)', 'max'],
};

export default function shopper(): void {
  const turn = Math.floor(Math.random() * (pages.length + 1));
  const page = pages[turn];
  if (page === undefined) addToCart();
  else expect(http.get(shop + page, { tags: { name: page } }), page, 200);
}

function addToCart(): void {
  const form = { colour: 'Clay', quantity: '1' };
  const answer = http.post(`${shop}/p/harbour-mug`, form, {
    headers: { origin: shop },
    redirects: 0,
    tags: { name: 'add to cart' },
  });
  expect(answer, 'add to cart', 303);
}

function expect(answer: { status: number; error: string }, page: string, status: number): void {
  if (check(answer, { [page]: (got) => got.status === status })) return;
  failures.add(1);
  console.error(`FAILED ${page}: ${answer.error || answer.status}`);
}

interface Summary {
  readonly metrics: Record<string, { readonly values: Record<string, number> } | undefined>;
}

export function handleSummary({ metrics }: Summary): Record<string, string> {
  const figures = {
    requests: metrics.http_reqs?.values.count ?? 0,
    failed: metrics.failures?.values.count ?? 0,
    p95Ms: Math.round(metrics.http_req_duration?.values['p(95)'] ?? 0),
  };
  return { [summaryFile]: JSON.stringify(figures) };
}
