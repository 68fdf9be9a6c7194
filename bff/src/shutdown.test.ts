import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { holdCart, openCart } from './testing/hold-cart.ts';
import { mutate, query, seedShirts, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
afterEach(() => bff.close());

test('a stop flips readiness at once, serves what is under way, then takes no more', async () => {
  bff = await startTestServer({ env: { SHUTDOWN_DELAY_MS: '500' } });
  await seedShirts(bff.test, 1);
  const { cartId, variantId, headers } = await openCart(bff, 'shirt-0');
  const letGo = await holdCart(bff, cartId);
  const underWay = mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 }, headers);
  await delay(100);

  const drained = bff.server.drain();
  const ready = await fetch(`${bff.url}/health/ready`);
  expect(ready.status).toBe(503);
  expect(ready.headers.get('connection')).toBe('close');
  expect((await query(bff.url, 'cart.summary', undefined, headers)).status).toBe(200);

  await expect.poll(() => fetch(`${bff.url}/health/live`).catch(() => 'refused')).toBe('refused');
  await letGo();
  const { status, data } = await underWay;
  expect(status).toBe(200);
  expect(data).toMatchObject({ itemCount: 2 });
  await Promise.race([drained, delay(2_000).then(() => Promise.reject(new Error('still draining')))]);
});

test('a request that takes too long is told so, in the envelope that clients read', async () => {
  bff = await startTestServer({ env: { HANDLER_TIMEOUT_MS: '300' } });
  await seedShirts(bff.test, 1);
  const { cartId, variantId, headers } = await openCart(bff, 'shirt-0');
  const letGo = await holdCart(bff, cartId);
  const startedAt = performance.now();
  const {
    status,
    error,
    headers: answered,
  } = await mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 }, headers);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(status).toBe(503);
  expect(error?.data.code).toBe('unavailable');
  expect(Number(answered.get('retry-after'))).toBeGreaterThan(0);
  await letGo();
});

test('an answer that was under way when the server closed ends its connection: nothing waits for its keep-alive', async () => {
  bff = await startTestServer();
  await seedShirts(bff.test, 1);
  const { cartId, variantId, headers } = await openCart(bff, 'shirt-0');
  const letGo = await holdCart(bff, cartId);
  const underWay = mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 }, headers);
  await delay(100);
  const drained = bff.server.drain();
  await delay(100);
  await letGo();
  expect((await underWay).headers.get('connection')).toBe('close');
  expect(await Promise.race([drained.then(() => 'closed'), delay(2_000, 'open')])).toBe('closed');
});
