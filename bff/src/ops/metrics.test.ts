import { randomUUID } from 'node:crypto';
import { readCartToken } from '@souk/domain/cart';
import { placementStatus } from '@souk/domain/checkout';
import {
  aCard,
  answerBank,
  chooseDelivery,
  enterInElement,
  type Line,
  openLine,
  sellProduct,
  testCards,
} from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { figureIn, growthOf, seriesIn } from '../testing/figures.ts';
import { holdCart, openCart } from '../testing/hold-cart.ts';
import { mutate, query, seedShirts, startTestServer, type TestServer } from '../testing/test-server.ts';

let bff: TestServer;
let engine: Line;
let cache: Line;
beforeAll(async () => {
  engine = await openLine(process.env.MEILI_URL ?? '');
  cache = await openLine(process.env.REDIS_URL ?? '');
  const redis = new URL(process.env.REDIS_URL ?? '');
  redis.host = new URL(cache.url).host;
  bff = await startTestServer({ env: { MEILI_URL: engine.url, REDIS_URL: redis.href } });
  await seedShirts(bff.test, 6);
});
afterAll(async () => {
  await engine?.restore();
  await cache?.restore();
  await bff?.close();
  await engine?.close();
  await cache?.close();
});

const growth = (...args: [Parameters<typeof growthOf>[1], Parameters<typeof growthOf>[2]]) =>
  growthOf(bff.metrics.registry, ...args);
const figure = async (...args: [name: string, labels?: Record<string, string>]) =>
  figureIn(await bff.metrics.registry.metrics(), ...args);

const tokened = z.object({ token: z.string() });
const chosen = z.object({
  totalsVersion: z.int(),
  totals: z.object({ total: z.object({ amount: z.int() }) }),
});

/** A guest who has chosen how to pay. */
async function guest(payment: { method: string; card?: string }) {
  const { variantId } = await sellProduct(bff.test.ctx, { stock: 3 });
  const { data } = await mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 });
  const { token } = tokened.parse(data);
  const cartId = readCartToken(bff.test.ctx, token) ?? '';
  await chooseDelivery(bff.test.ctx, cartId);
  const { method, card } = payment;
  const confirmationToken = card === undefined ? null : await enterInElement(bff.test.ctx, { card });
  const headers = { 'x-souk-cart': token };
  const input = { method, ...(confirmationToken === null ? {} : { confirmationToken }) };
  const { totalsVersion, totals } = chosen.parse(
    (await mutate(bff.url, 'checkout.choosePayment', input, headers)).data,
  );
  const place = () => mutate(bff.url, 'checkout.place', { totalsVersion, acceptsTerms: true }, headers);
  return { variantId, cartId, headers, total: totals.total.amount, place };
}

describe('sales', () => {
  test('an order counts once, with its total, however often it is posted', async () => {
    const { place, total } = await guest({ method: 'bank_transfer' });
    const grown = await growth(
      {
        orders: ['orders_placed_total', { currency: 'USD', method: 'bank_transfer' }],
        others: ['orders_placed_total', { method: 'card' }],
        revenue: ['order_revenue_minor_total', { currency: 'USD' }],
        payments: ['payments_total'],
      },
      async () => {
        const placed = await Promise.all(Array.from({ length: 8 }, place));
        expect(placed.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
        await place();
      },
    );
    expect(grown).toEqual({ orders: 1, others: 0, revenue: total, payments: 0 });
  });

  test('each try to pay by card counts by what became of it', async () => {
    const outcomes = ['authorized', 'declined', 'action_required', 'abandoned', 'failed', 'invalid'];
    const paid = Object.fromEntries(
      outcomes.map((outcome) => [outcome, ['payments_total', { outcome }] as const]),
    );
    const none = Object.fromEntries(outcomes.map((outcome) => [outcome, 0]));
    const orders = ['orders_placed_total', { method: 'card' }] as const;
    const good = await guest({ method: 'card', card: aCard() });
    expect(await growth({ ...paid, orders }, good.place)).toEqual({ ...none, authorized: 1, orders: 1 });
    const bad = await guest({ method: 'card', card: testCards.insufficientFunds });
    expect(await growth({ ...paid, orders }, bad.place)).toEqual({ ...none, declined: 1, orders: 0 });

    const asked = await guest({ method: 'card', card: testCards.threeDSecure });
    const first = await growth(paid, asked.place);
    expect(first).toEqual({ ...none, action_required: 1 });
    const { ctx } = bff.test;
    const refused = await growth(paid, async () => {
      const status = await placementStatus(ctx, { cartId: asked.cartId });
      if (status.outcome !== 'action_required')
        throw new Error(`expected the bank's page: ${status.outcome}`);
      await answerBank(status.redirectUrl, 'fail');
      await Promise.all([1, 2, 3].map(() => placementStatus(ctx, { cartId: asked.cartId })));
    });
    expect(refused).toEqual({ ...none, declined: 1 });
  });

  test('money that is taken counts in the worker, a webhook by what became of it', async () => {
    await bff.test.runJobs();
    const captured = await growth({ captured: ['payments_total', { outcome: 'captured' }] }, async () => {
      await (await guest({ method: 'card', card: aCard() })).place();
      await bff.test.runJobs();
      await bff.test.runJobs();
    });
    expect(captured).toEqual({ captured: 1 });

    const payload = JSON.stringify({
      id: `evt_${randomUUID()}`,
      object: 'event',
      type: 'ping',
      data: { object: {} },
    });
    const [secret = ''] = bff.test.config.stripe.webhookSecrets;
    const signature = bff.test.ctx.services.stripe.webhooks.generateTestHeaderString({ payload, secret });
    const post = (signed: string) =>
      fetch(`${bff.url}/webhooks/stripe`, {
        method: 'POST',
        headers: { 'stripe-signature': signed, 'content-type': 'application/json' },
        body: payload,
      });
    const outcomes = Object.fromEntries(
      ['new', 'repeated', 'refused'].map((outcome) => [outcome, ['webhooks_total', { outcome }] as const]),
    );
    const sent = await growth(outcomes, async () => {
      await post(signature);
      await post(signature);
      await post('t=1,v1=forged');
    });
    expect(sent).toEqual({ new: 1, repeated: 1, refused: 1 });
  });

  test('a shopper who asks for more than there is counts as refused', async () => {
    const { variantId } = await sellProduct(bff.test.ctx, { stock: 2 });
    const grown = await growth({ refusals: ['stock_refusals_total'] }, async () => {
      const { error } = await mutate(bff.url, 'cart.addLine', { variantId, quantity: 3 });
      expect(error?.data.code).toBe('out_of_stock');
      await mutate(bff.url, 'cart.addLine', { variantId, quantity: 2 });
    });
    expect(grown).toEqual({ refusals: 1 });
  });
});

describe('what the shop leans on', () => {
  test('searches count by who answered, and the fallback shows until the engine is back', async () => {
    const by = (engine: string) => ['search_requests_total', { engine }] as const;
    const engines = { meilisearch: by('meilisearch'), postgres: by('postgres') };
    const search = () => query(bff.url, 'search.products', { q: 'shirt' });
    await expect
      .poll(async () => (await search()).data, { timeout: 15_000 })
      .toMatchObject({ engine: 'meilisearch' });
    expect(await growth(engines, search)).toEqual({ meilisearch: 1, postgres: 0 });
    expect(await figure('search_fallback_active')).toBe(0);

    await engine.kill();
    expect(await growth(engines, search)).toEqual({ meilisearch: 0, postgres: 1 });
    expect(await figure('search_fallback_active')).toBe(1);

    await engine.restore();
    await expect
      .poll(async () => [(await search()).status, await figure('search_fallback_active')], {
        timeout: 20_000,
        interval: 500,
      })
      .toEqual([200, 0]);
  });

  test('reads of the cache count as hits and misses, and as errors once it is gone', async () => {
    const reads = Object.fromEntries(
      ['hit', 'miss', 'error'].map((outcome) => [outcome, ['cache_requests_total', { outcome }] as const]),
    );
    const tree = () => query(bff.url, 'catalog.categoryTree');
    await bff.test.ctx.cache.delete('catalog:category-tree');
    await tree();
    const warm = await growth(reads, tree);
    expect(warm.hit).toBeGreaterThan(0);
    expect(warm.error).toBe(0);
    await cache.kill();
    const cold = await growth(reads, async () => expect((await tree()).status).toBe(200));
    expect(cold).toMatchObject({ hit: 0, miss: 0 });
    expect(cold.error).toBeGreaterThan(0);
    await cache.restore();
  });

  test('statements count by kind with the time they take, and so do waits for a connection', async () => {
    const kinds = ['select', 'insert', 'update', 'delete'];
    const counts = Object.fromEntries(
      kinds.map((kind) => [kind, ['database_statement_duration_seconds_count', { kind }] as const]),
    );
    const { place } = await guest({ method: 'card', card: aCard() });
    const grown = await growth(
      {
        ...counts,
        waits: ['database_pool_wait_seconds_count'],
        seconds: ['database_statement_duration_seconds_sum'],
        statements: ['trpc_procedure_statements_sum', { procedure: 'checkout.place' }],
      },
      place,
    );
    // the budget of an order counts the same statements
    expect(kinds.reduce((sum, kind) => sum + (grown[kind] ?? 0), 0)).toBeGreaterThanOrEqual(
      grown.statements ?? 0,
    );
    expect(grown.statements).toBeGreaterThan(0);
    expect((grown.insert ?? 0) + (grown.update ?? 0)).toBeGreaterThan(0);
    expect(grown.waits).toBeGreaterThan(0);
    expect(grown.seconds).toBeGreaterThan(0);
    expect(await figure('database_pool_connections', { state: 'waiting' })).toBe(0);
  });
});

describe('requests', () => {
  test('are in flight until they are answered, or nobody waits for them', async () => {
    const { cartId, variantId, headers } = await openCart(bff, 'shirt-0');
    const letGo = await holdCart(bff, cartId);
    const answered = mutate(bff.url, 'cart.addLine', { variantId, quantity: 1 }, headers);
    const leaves = new AbortController();
    const left = fetch(`${bff.url}/trpc/cart.addLine`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ json: { variantId, quantity: 1 } }),
      signal: leaves.signal,
    }).catch(() => 'left');
    await expect.poll(() => figure('http_requests_in_flight'), { timeout: 10_000 }).toBe(2);
    leaves.abort();
    expect(await left).toBe('left');
    await expect.poll(() => figure('http_requests_in_flight'), { timeout: 10_000 }).toBe(1);
    await letGo();
    await answered;
    await expect.poll(() => figure('http_requests_in_flight'), { timeout: 10_000 }).toBe(0);
  });

  test('say what runs, and which program it is', async () => {
    const series = seriesIn(await bff.metrics.registry.metrics());
    expect(series.filter(({ labels }) => labels.service !== 'bff')).toEqual([]);
    expect(await figure('build_info', { version: '1.2.3', commit: 'c0ffee' })).toBe(1);
    expect(await figure('nodejs_eventloop_lag_p99_seconds')).not.toBeNull();
  });

  test('leave no path, no id and nothing of a person in any label', async () => {
    const secrets = [
      randomUUID(),
      'ada.lovelace@example.com',
      '203.0.113.77',
      'SK-2026-004711',
      'shirt-0',
      's3cret-t0ken',
    ];
    const { place, variantId, cartId } = await guest({ method: 'bank_transfer' });
    const { data } = await place();
    const { orderNumber, token } = z.object({ orderNumber: z.string(), token: z.string() }).parse(data);
    for (const secret of secrets) {
      await fetch(`${bff.url}/api/v1/products/${secret}?q=${secret}`);
      await fetch(`${bff.url}/${secret}/${secret}`, { headers: { 'x-forwarded-for': '203.0.113.77' } });
      await fetch(`${bff.url}/media/${secret}`);
      await fetch(`${bff.url}/trpc/${secret}?input=${secret}`);
      await fetch(`${bff.url}/trpc/orders.get,${secret}?batch=1`);
      await query(bff.url, 'orders.get', { number: secret, token: secret }, { 'x-souk-session': secret });
      await query(bff.url, 'search.products', { q: secret });
      await fetch(`${bff.url}/api/v1/orders`, {
        method: 'REPORT',
        headers: { authorization: `Bearer ${secret}` },
      });
    }
    await query(bff.url, 'orders.get', { number: orderNumber, token });
    const series = seriesIn(await bff.metrics.registry.metrics());
    expect(series.length).toBeGreaterThan(200);
    const routes = new Set(series.flatMap(({ labels }) => labels.route ?? []));
    expect(routes).toContain('/api/v1/products/:handle');
    for (const { labels } of series) {
      for (const [name, value] of Object.entries(labels)) {
        const shape = name === 'route' ? /^(none|(\/[a-z0-9.*-]*(:\w+)?)+)$/i : /^[\w.+-]{1,64}$/;
        expect(value, name).toMatch(shape);
        for (const secret of [...secrets, variantId, cartId, orderNumber, token]) {
          expect(value.toLowerCase()).not.toContain(secret.toLowerCase());
        }
      }
    }
  });
});

describe('what is turned away', () => {
  let strict: TestServer;
  beforeAll(async () => {
    strict = await startTestServer({
      env: { RATE_LIMIT_READS: '2', HANDLER_TIMEOUT_MS: '300', REDIS_URL: 'redis://127.0.0.1:9' },
    });
    await seedShirts(strict.test, 1);
  });
  afterAll(() => strict?.close());

  const reasons = Object.fromEntries(
    ['rate_limited', 'timeout', 'no_connection'].map((reason) => [
      reason,
      ['http_requests_shed_total', { reason }] as const,
    ]),
  );

  test('counts by reason', async () => {
    const { registry } = strict.metrics;
    const { cartId, variantId, headers } = await openCart(strict, 'shirt-0');
    const letGo = await holdCart(strict, cartId);
    const late = await growthOf(registry, reasons, async () => {
      expect((await mutate(strict.url, 'cart.addLine', { variantId, quantity: 1 }, headers)).status).toBe(
        503,
      );
    });
    await letGo();
    expect(late).toEqual({ rate_limited: 0, timeout: 1, no_connection: 0 });
    const often = await growthOf(registry, reasons, async () => {
      for (const _ of [1, 2, 3]) {
        await fetch(`${strict.url}/api/v1/openapi.json`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
      }
    });
    expect(often).toEqual({ rate_limited: 1, timeout: 0, no_connection: 0 });
  });

  test('counts where all connections are busy', async () => {
    const busy = await startTestServer({ env: { DATABASE_POOL_SIZE: '1' } });
    const client = await busy.test.domain.pool.connect();
    const grown = await growthOf(
      busy.metrics.registry,
      { ...reasons, waits: ['database_pool_wait_seconds_count'], waited: ['database_pool_wait_seconds_sum'] },
      async () => {
        const [rpc, rest] = await Promise.all([
          query(busy.url, 'catalog.product', { slug: 'shirt-0' }),
          fetch(`${busy.url}/api/v1/products/shirt-0`),
        ]);
        expect([rpc.status, rest.status]).toEqual([503, 503]);
      },
    );
    client.release();
    expect(grown).toMatchObject({ rate_limited: 0, timeout: 0, no_connection: 2 });
    expect(grown.waits).toBeGreaterThanOrEqual(2);
    expect(grown.waited).toBeGreaterThan(9);
    await busy.close();
  });
});
