import { cartView } from '@souk/domain/cart';
import { productView } from '@souk/domain/catalog';
import { signValue } from '@souk/domain/kernel';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mutate, query, seedShirts, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
beforeAll(async () => {
  bff = await startTestServer();
  await seedShirts(bff.test, 3);
});
afterAll(() => bff?.close());

async function variantOf(handle: string): Promise<string> {
  const { data } = await query(bff.url, 'catalog.product', { slug: handle });
  return productView.parse(data).variants[0]?.id ?? '';
}

describe('request ids', () => {
  test('are made, and echoed when sane', async () => {
    const made = await fetch(`${bff.url}/health/live`);
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const given = await fetch(`${bff.url}/health/live`, { headers: { 'x-request-id': 'req_42.a-b' } });
    expect(given.headers.get('x-request-id')).toBe('req_42.a-b');
  });

  test.each(['has space', 'x'.repeat(129), '{"a":1}'])('are replaced when they are not: %s', async (id) => {
    const response = await fetch(`${bff.url}/health/live`, { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('stand in errors and in the log', async () => {
    const headers = { 'x-request-id': 'trace-me-1' };
    const { error } = await query(bff.url, 'catalog.product', { slug: 'nothing' }, headers);
    expect(error?.data.requestId).toBe('trace-me-1');
    expect(bff.logs()).toContain('"requestId":"trace-me-1"');
  });
});

describe('errors over tRPC', () => {
  test('carry the domain’s code and status, and no stack', async () => {
    const { status, error } = await query(bff.url, 'catalog.product', { slug: 'nothing' });
    expect(status).toBe(404);
    expect(error?.data).toMatchObject({ code: 'not_found', httpStatus: 404 });
    expect(JSON.stringify(error)).not.toContain('.ts');
  });

  test('name each wrong field', async () => {
    const { status, error } = await mutate(bff.url, 'cart.addLine', { variantId: 'x', quantity: 1000 });
    expect(status).toBe(400);
    expect(error?.data.code).toBe('invalid_input');
    expect(Object.keys(error?.data.fields ?? {})).toEqual(['variantId', 'quantity']);
  });

  test.each([
    ['catalog.nothing', 404, 'not_found'],
    ['cart.addLine', 405, 'method_not_allowed'],
  ])('of tRPC itself have codes of ours: %s', async (path, status, code) => {
    const called = await query(bff.url, path);
    expect(called.status).toBe(status);
    expect(called.error?.data.code).toBe(code);
  });

  test('answer a body that is no JSON', async () => {
    const response = await fetch(`${bff.url}/trpc/cart.addLine`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"json":',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('invalid_input');
  });

  test('answer a body that is too large, in the envelope that clients read', async () => {
    const called = await mutate(bff.url, 'cart.addLine', { variantId: 'x'.repeat(200_000) });
    expect(called.status).toBe(413);
    expect(called.error?.data.code).toBe('payload_too_large');
  });

  test('of unknown routes are problems', async () => {
    const response = await fetch(`${bff.url}/nothing?token=s3cret`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ status: 404, code: 'not_found' });
    expect(body).not.toContain('s3cret');
  });

  test('answer an address that cannot be read', async () => {
    const response = await fetch(`${bff.url}/media/%zz`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('batches', () => {
  const summaries = (count: number) => Array.from({ length: count }, () => 'cart.summary').join(',');

  test('of 20 calls answer 20 times', async () => {
    const response = await fetch(`${bff.url}/trpc/${summaries(20)}?batch=1&input={}`);
    expect(response.status).toBe(200);
    const answers = z
      .array(z.object({ result: z.object({ data: z.unknown() }) }))
      .parse(await response.json());
    expect(answers).toHaveLength(20);
  });

  test('of too many calls are refused', async () => {
    const response = await fetch(`${bff.url}/trpc/${summaries(33)}?batch=1&input={}`);
    expect(response.status).toBe(400);
  });

  test('keep the answers beside one that fails', async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: superjson.serialize({ slug: 'nothing' }) }));
    const response = await fetch(`${bff.url}/trpc/catalog.product,cart.summary?batch=1&input=${input}`);
    expect(response.status).toBe(207);
    expect(await response.json()).toMatchObject([{ error: {} }, { result: {} }]);
  });
});

describe('the cart token', () => {
  test('of a new cart opens it, and nobody else’s', async () => {
    const added = await mutate(bff.url, 'cart.addLine', {
      variantId: await variantOf('shirt-0'),
      quantity: 2,
    });
    const { token } = z.object({ token: z.string() }).parse(added.data);
    const mine = await query(bff.url, 'cart.get', undefined, { 'x-souk-cart': token });
    const cart = cartView.parse(mine.data);
    expect(cart.itemCount).toBe(2);

    const forged = [
      cart.id,
      `${cart.id}.`,
      `${cart.id}.${'A'.repeat(43)}`,
      signValue(['another-secret-of-the-same-length-at-all'], 'cart', cart.id),
      signValue(bff.test.config.secrets, 'order', cart.id),
      '',
      'x'.repeat(5_000),
    ];
    for (const header of forged) {
      const { data } = await query(bff.url, 'cart.get', undefined, { 'x-souk-cart': header });
      expect(data).toBeNull();
    }
    expect(bff.logs()).not.toContain(token);
  });

  test('is needed to change a cart', async () => {
    const { error } = await mutate(bff.url, 'cart.removeLine', { lineId: crypto.randomUUID() });
    expect(error?.data.code).toBe('cart_empty');
  });
});

describe('a shopper’s answers', () => {
  test('are kept by no cache', async () => {
    const { headers } = await query(bff.url, 'cart.summary');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
