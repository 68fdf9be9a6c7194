import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query, startTestServer, type TestServer } from './testing/test-server.ts';

/** Nothing listens there. */
const NOWHERE = '127.0.0.1:9';

describe('with everything up', () => {
  let bff: TestServer;
  beforeAll(async () => {
    bff = await startTestServer();
  });
  afterAll(() => bff?.close());

  test('is live and ready', async () => {
    expect((await fetch(`${bff.url}/health/live`)).status).toBe(200);
    await expect
      .poll(async () => (await fetch(`${bff.url}/health/ready`)).json())
      .toEqual({ status: 'ready', dependencies: { postgres: 'up', redis: 'up', meilisearch: 'up' } });
  });
});

describe('with the search engine and the cache away', () => {
  let bff: TestServer;
  beforeAll(async () => {
    bff = await startTestServer({ env: { MEILI_URL: `http://${NOWHERE}`, REDIS_URL: `redis://${NOWHERE}` } });
  });
  afterAll(() => bff?.close());

  test('is ready still, and tells', async () => {
    const response = await fetch(`${bff.url}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ready',
      dependencies: { postgres: 'up', redis: 'down', meilisearch: 'down' },
    });
  });

  test('searches from Postgres', async () => {
    const { status, data } = await query(bff.url, 'search.products', { q: 'shirt' });
    expect(status).toBe(200);
    expect(data).toMatchObject({ engine: 'postgres' });
  });
});

describe('with Postgres away', () => {
  let bff: TestServer;
  beforeAll(async () => {
    bff = await startTestServer({ env: { DATABASE_URL: `postgres://nobody@${NOWHERE}/nothing` } });
  });
  afterAll(() => bff?.close());

  test('is live, but not ready', async () => {
    expect((await fetch(`${bff.url}/health/live`)).status).toBe(200);
    const response = await fetch(`${bff.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'not_ready', dependencies: { postgres: 'down' } });
  });

  test('answers 503 and when to come back, over tRPC and REST', async () => {
    const { status, error, headers } = await query(bff.url, 'catalog.product', { slug: 'shirt-0' });
    expect(status).toBe(503);
    expect(error?.data.code).toBe('unavailable');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    const rest = await fetch(`${bff.url}/api/v1/products/shirt-0`);
    expect(rest.status).toBe(503);
    expect(Number(rest.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
