import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { LoaderFunctionArgs, ServerBuild } from '@remix-run/node';
import superjson from 'superjson';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { bffFor } from '../app/lib/bff.server.ts';
import { createStorefront, type Storefront } from './app.ts';
import { readConfig } from './config.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createOperationsServer } from './operations-server.ts';

/** While it holds its answers, how to let go of them. */
let held: (() => void)[] | null = null;

/** A bff that knows the shop's info, and refuses the rest. */
const bff = createServer((request, response) => {
  const names = decodeURIComponent(request.url?.split('?')[0]?.replace('/trpc/', '') ?? '').split(',');
  const refusal = { message: 'no', code: -32_000, data: { code: 'not_found', httpStatus: 404 } };
  const answers = names.map((name) =>
    name === 'shop.info'
      ? { result: { data: superjson.serialize({ name: 'Souk' }) } }
      : { error: superjson.serialize(refusal) },
  );
  const send = () => response.setHeader('content-type', 'application/json').end(JSON.stringify(answers));
  if (held === null) send();
  else held.push(send);
});

async function productPage({ request, context, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop, catalog } = bffFor({ request, context });
  await Promise.allSettled([shop.info.query(), catalog.product.query({ slug: params.slug ?? '' })]);
  return new Response('a page');
}

/** The least that Remix takes for a build: pages without a view are answered by their loaders. */
const build: ServerBuild = {
  mode: 'production',
  entry: { module: { default: () => new Response('', { status: 500 }) } },
  routes: {
    root: { id: 'root', path: '', module: { default: undefined } },
    'routes/p.$slug': {
      id: 'routes/p.$slug',
      parentId: 'root',
      path: 'p/:slug',
      module: { default: undefined, loader: productPage },
    },
    'routes/$': {
      id: 'routes/$',
      parentId: 'root',
      path: '*',
      module: { default: undefined, loader: () => new Response('', { status: 404 }) },
    },
  },
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: 'v1' },
  publicPath: '/',
  assetsBuildDirectory: '',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
  isSpaMode: false,
};

let metrics: Metrics;
let storefront: Storefront;
let url: string;
beforeEach(async () => {
  held = null;
  bff.listen(0, '127.0.0.1');
  await once(bff, 'listening');
  metrics = createMetrics({ version: '1.2.3', commit: 'c0ffee' });
  await start(portOf(bff.address()));
});
afterEach(async () => {
  await storefront.app.close();
  bff.closeAllConnections();
  if (bff.listening) await once(bff.close(), 'close');
});

async function start(bffPort: number): Promise<void> {
  const config = readConfig({ BFF_URL: `http://127.0.0.1:${bffPort}`, LOG_LEVEL: 'silent' });
  storefront = await createStorefront(config, { build, clientDirectory: null }, metrics);
  url = await storefront.app.listen({ host: '127.0.0.1', port: 0 });
}

function portOf(address: ReturnType<typeof bff.address>): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const told = () => metrics.registry.metrics();
const countOf = (route: string, status: number, method = 'GET') =>
  `http_request_duration_seconds_count{service="storefront",method="${method}",route="${route}",status="${status}"}`;
const callOf = (procedure: string, outcome: string) =>
  `bff_request_duration_seconds_count{service="storefront",procedure="${procedure}",outcome="${outcome}"}`;

test('requests count by the route that answers them', async () => {
  await fetch(`${url}/p/robe`);
  await fetch(`${url}/p/gown?size=m`);
  await fetch(`${url}/p/gown.data`);
  await fetch(`${url}/nothing/here`);
  await fetch(`${url}/health/live`);
  await fetch(`${url}/media/x.webp`);
  await fetch(`${url}/__manifest?version=v1&p=/p/robe`);
  await fetch(`${url}/p/robe`, { method: 'POST', headers: { origin: 'https://evil.example' } });
  const text = await told();
  expect(text).toContain(`${countOf('routes/p.$slug', 200)} 3`);
  expect(text).toContain(`${countOf('routes/$', 404)} 1`);
  expect(text).toContain(`${countOf('none', 200)} 1`);
  expect(text).toContain(`${countOf('asset', 200)} 1`);
  expect(text).toContain(`${countOf('routes/p.$slug', 403, 'POST')} 1`);
  expect(text).toMatch(/route="media"/);
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds{service="storefront"}');
});

test('what pages ask of the bff counts by procedure and by what came of it', async () => {
  await fetch(`${url}/p/robe`);
  const text = await told();
  expect(text).toContain(`${callOf('shop.info', 'ok')} 1`);
  expect(text).toContain(`${callOf('catalog.product', 'not_found')} 1`);

  await storefront.app.close();
  metrics = createMetrics({ version: '1.2.3', commit: 'c0ffee' });
  await start(9);
  await fetch(`${url}/p/robe`);
  expect(await told()).toContain(`${callOf('shop.info', 'unreachable')} 1`);
});

const patiently = { timeout: 10_000 };

test('a request is in flight until it is answered; a shopper who leaves before counts as gone', async () => {
  held = [];
  const leaves = new AbortController();
  const left = fetch(`${url}/p/robe`, { signal: leaves.signal }).catch(() => 'left');
  const stays = fetch(`${url}/p/gown`);
  const inFlight = async () => /^http_requests_in_flight\S* (\d+)$/m.exec(await told())?.[1];
  await expect.poll(inFlight, patiently).toBe('2');
  await expect.poll(() => held?.length, patiently).toBe(2);
  leaves.abort();
  expect(await left).toBe('left');
  await expect.poll(inFlight, patiently).toBe('1');
  for (const send of held) send();
  expect((await stays).status).toBe(200);
  await expect.poll(inFlight, patiently).toBe('0');
  const text = await told();
  expect(text).toContain(`${countOf('routes/p.$slug', 499)} 1`);
  expect(text).toContain(`${countOf('routes/p.$slug', 200)} 1`);
  expect(text).toContain(`${callOf('shop.info', 'aborted')} 1`);
});

test('no label holds a path, an id or anything of a person', async () => {
  const secrets = [
    randomUUID(),
    'ada.lovelace@example.com',
    'SK-2026-004711',
    '203.0.113.77',
    's3cret-t0ken',
  ];
  for (const secret of secrets) {
    await fetch(`${url}/p/${secret}`);
    await fetch(`${url}/${secret}/${secret}?token=${secret}`);
    await fetch(`${url}/${secret}.php`);
    await fetch(`${url}/media/${secret}`);
    await fetch(`${url}/p/${secret}`, { method: 'PURGE' });
  }
  const text = await told();
  for (const secret of secrets) expect(text).not.toContain(secret);
  for (const [, name = '', value = ''] of text.matchAll(/(\w+)="([^"]*)"/g)) {
    expect(value, name).toMatch(
      name === 'route' ? /^(routes\/[\w.$]+|asset|media|none)$/ : /^[\w.+-]{1,64}$/,
    );
  }
});

const declared = z.object({ name: z.string(), type: z.string(), labelNames: z.array(z.string()) });

test('what the storefront tells is what docs/observability.md says', () => {
  const rows = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(
      ([, name = '', type = '', , , tellers = '']) =>
        type !== '' && /^[a-z_]+$/.test(name) && tellers.split(', ').includes('storefront'),
    )
    .map(([, name, type, labels]) => `${name} ${type} (${labels})`);
  const found = metrics.registry
    .getMetricsAsArray()
    .map((metric) => declared.parse(metric))
    .filter(({ name }) => !/^(process|nodejs)_/.test(name))
    .map(({ name, type, labelNames }) => `${name} ${type} (${labelNames.join(', ')})`);
  expect(found.toSorted()).toEqual(rows.toSorted());
});

test('the operations server tells them, and that the process lives', async () => {
  const operations = createOperationsServer(metrics.registry);
  const answer = await operations.inject('/metrics');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('text/plain');
  expect(answer.body).toContain('build_info{');
  expect((await operations.inject('/health/live')).json()).toEqual({ status: 'live' });
  expect((await operations.inject('/cart')).statusCode).toBe(404);
  await operations.close();
});
