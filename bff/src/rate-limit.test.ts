import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutate, query, startTestServer, type TestServer } from './testing/test-server.ts';

const limits = { RATE_LIMIT_READS: '5', RATE_LIMIT_MUTATIONS: '2' };

/** An address that no other run has used: counts in Redis outlive a test. */
function someAddress(): string {
  const part = () => Math.floor(Math.random() * 254) + 1;
  return `203.${part()}.${part()}.${part()}`;
}

describe.each([
  ['over Redis', {}],
  ['within the process', { REDIS_URL: 'redis://127.0.0.1:9' }],
])('limits %s', (_where, env) => {
  let bff: TestServer;
  beforeAll(async () => {
    bff = await startTestServer({ env: { ...limits, ...env } });
  });
  afterAll(() => bff?.close());

  test('stop an address that asks too often, and no other', async () => {
    const headers = { 'x-forwarded-for': someAddress() };
    const ask = () => fetch(`${bff.url}/api/v1/openapi.json`, { headers });
    for (let count = 0; count < 5; count += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', status: 429 });
    const other = await fetch(`${bff.url}/api/v1/openapi.json`, {
      headers: { 'x-forwarded-for': someAddress() },
    });
    expect(other.status).toBe(200);
  });

  test('are tighter for changes, in the envelope that clients read', async () => {
    const headers = { 'x-forwarded-for': someAddress() };
    const change = () => mutate(bff.url, 'cart.acceptChanges', {}, headers);
    expect((await change()).status).toBe(409);
    expect((await change()).status).toBe(409);
    const refused = await change();
    expect(refused.status).toBe(429);
    expect(refused.error?.data).toMatchObject({ code: 'rate_limited', httpStatus: 429 });
    expect((await query(bff.url, 'cart.summary', undefined, headers)).status).toBe(200);
  });

  test('count unknown routes, but neither probes nor this machine', async () => {
    const headers = { 'x-forwarded-for': someAddress() };
    for (let count = 0; count < 5; count += 1) await fetch(`${bff.url}/nothing`, { headers });
    expect((await fetch(`${bff.url}/nothing`, { headers })).status).toBe(429);
    expect((await fetch(`${bff.url}/health/live`, { headers })).status).toBe(200);
    for (let count = 0; count < 7; count += 1) {
      expect((await fetch(`${bff.url}/api/v1/openapi.json`)).status).toBe(200);
    }
  });
});

test('processes share their counts through Redis', async () => {
  const env = { ...limits, REDIS_PREFIX: 'souk-test-shared:' };
  const [one, two] = await Promise.all([startTestServer({ env }), startTestServer({ env })]);
  try {
    const headers = { 'x-forwarded-for': someAddress() };
    for (let count = 0; count < 5; count += 1) await fetch(`${one.url}/api/v1/openapi.json`, { headers });
    expect((await fetch(`${two.url}/api/v1/openapi.json`, { headers })).status).toBe(429);
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});
