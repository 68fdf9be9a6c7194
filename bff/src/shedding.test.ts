import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { query, seedShirts, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
beforeAll(async () => {
  bff = await startTestServer({
    env: { DATABASE_POOL_SIZE: '2', MEILI_URL: '', SETTINGS_CACHE_SECONDS: '0' },
  });
  await seedShirts(bff.test, 1);
});
afterAll(() => bff?.close());

const ready = z.object({ status: z.string(), load: z.string(), dependencies: z.looseObject({}) });
/** Somebody waits for a connection for as long as makes the server turn others away. */
const untilFull = () =>
  expect.poll(() => bff.test.domain.pressure.waitedMs(), { timeout: 4_500 }).toBeGreaterThan(500);
const product = () => query(bff.url, 'catalog.product', { slug: 'shirt-0' });
const timed = async <T>(work: () => Promise<T>) => {
  const began = performance.now();
  return { answer: await work(), ms: performance.now() - began };
};

async function holdPool(): Promise<() => void> {
  const { pool } = bff.test.domain;
  const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  return () => {
    for (const client of held) client.release();
  };
}

test('while no database connection is free: those in line are served, more are told at once when to come back', async () => {
  const letGo = await holdPool();
  const inLine = product();
  await untilFull();

  const { answer: turnedAway, ms } = await timed(product);
  expect(ms).toBeLessThan(2_000);
  expect(turnedAway.status).toBe(503);
  expect(turnedAway.error?.data.code).toBe('overloaded');
  expect(Number(turnedAway.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);

  const rest = await fetch(`${bff.url}/api/v1/products/shirt-0`);
  expect(rest.status).toBe(503);
  expect(rest.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(rest.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
  expect(await rest.json()).toMatchObject({ code: 'overloaded', status: 503 });

  const health = await timed(() => fetch(`${bff.url}/health/ready`));
  expect(health.ms).toBeLessThan(2_000);
  expect(health.answer.status).toBe(200);
  expect(ready.parse(await health.answer.json())).toMatchObject({
    status: 'ready',
    load: 'shedding',
    dependencies: { postgres: 'up' },
  });
  expect((await fetch(`${bff.url}/health/live`)).status).toBe(200);

  letGo();
  expect((await inLine).status).toBe(200);
  expect((await product()).status).toBe(200);
  const figures = await bff.metrics.registry.metrics();
  expect(figures).toMatch(/http_requests_shed_total\{reason="database_queue",service="bff"\} 2/);
});

test('who is at the checkout is turned away last', async () => {
  const letGo = await holdPool();
  const looking = product();
  await untilFull();
  expect((await product()).status).toBe(503);
  const { error } = await query(bff.url, 'checkout.placementStatus');
  expect(error?.data.code).toBe('cart_empty');
  letGo();
  expect((await looking).status).toBe(200);
});
