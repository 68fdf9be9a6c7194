import { setTimeout as delay } from 'node:timers/promises';
import { createDomain, type Domain } from '@souk/domain/app';
import { createLogger } from '@souk/domain/kernel';
import { type Line, openLine } from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBffConfig } from './config.ts';
import { createMetrics } from './ops/metrics.ts';
import { createServer } from './server.ts';
import { query, seedShirts, startTestServer, type TestServer } from './testing/test-server.ts';

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
      .toEqual({
        status: 'ready',
        load: 'normal',
        dependencies: { postgres: 'up', redis: 'up', meilisearch: 'up' },
      });
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
      load: 'normal',
      dependencies: { postgres: 'up', redis: 'down', meilisearch: 'down' },
    });
  });

  test('searches from Postgres', async () => {
    const { status, data } = await query(bff.url, 'search.products', { q: 'shirt' });
    expect(status).toBe(200);
    expect(data).toMatchObject({ engine: 'postgres' });
  });
});

describe('when Postgres drops every connection under load', () => {
  let bff: TestServer;
  beforeAll(async () => {
    bff = await startTestServer();
    await seedShirts(bff.test, 1);
  });
  afterAll(() => bff?.close());

  test('answers or says when to come back, and is well again at once', async () => {
    const { pool } = bff.test.domain;
    const seen = new Map<number, number>();
    let isDone = false;
    const shopper = async () => {
      while (!isDone) {
        const response = await fetch(`${bff.url}/api/v1/products/shirt-0`);
        await response.arrayBuffer();
        if (response.status === 503) expect(response.headers.get('retry-after')).not.toBeNull();
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
      }
    };
    const shoppers = Array.from({ length: 8 }, shopper);
    const admin = await pool.connect();
    for (let round = 0; round < 5; round += 1) {
      await delay(50);
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    await expect.poll(() => seen.get(200) ?? 0, { timeout: 10_000 }).toBeGreaterThan(10);
    isDone = true;
    await Promise.all(shoppers);
    admin.release();
    expect([...seen.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect((await fetch(`${bff.url}/api/v1/products/shirt-0`)).status).toBe(200);
  });
});

describe('when Postgres goes away under a server that is in service', () => {
  let line: Line;
  let bff: TestServer;
  let through: Domain;
  beforeAll(async () => {
    bff = await startTestServer();
    const { databaseUrl, config } = bff.test;
    line = await openLine(databaseUrl);
    const address = new URL(databaseUrl);
    address.port = new URL(line.url).port;
    through = createDomain(
      { ...config, databaseUrl: address.href },
      { logger: createLogger({ name: 'test', level: 'silent' }) },
    );
  });
  afterAll(async () => {
    await through?.close();
    await line?.close();
    await bff?.close();
  });

  test('stays in service for a while and tells the truth about Postgres, and is live', async () => {
    const config = loadBffConfig(bff.test.env);
    const server = await createServer({
      config,
      domain: through,
      metrics: createMetrics(config.build),
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    const ready = async () => {
      const { statusCode, body } = await server.app.inject('/health/ready');
      return { statusCode, postgres: JSON.parse(body).dependencies.postgres };
    };
    expect(await ready()).toEqual({ statusCode: 200, postgres: 'up' });
    await line.kill();
    await expect.poll(ready).toEqual({ statusCode: 200, postgres: 'down' });
    line.hang();
    const began = performance.now();
    expect(await ready()).toEqual({ statusCode: 200, postgres: 'down' });
    expect(performance.now() - began).toBeLessThan(1_500);
    expect((await server.app.inject('/health/live')).statusCode).toBe(200);
    await line.restore();
    await expect.poll(ready, { timeout: 10_000 }).toEqual({ statusCode: 200, postgres: 'up' });
    await server.app.close();
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
