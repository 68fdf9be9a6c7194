import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { createApiKey, createUser, revokeApiKey, setUserStatus, withdrawRole } from '@souk/domain/identity';
import { deriveKey, noCache } from '@souk/domain/kernel';
import { asUser, signUp, type TestUser } from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { seedShirts, startTestServer, type TestServer } from './testing/test-server.ts';

let bff: TestServer;
let admin: TestUser;
let superAdmin: TestUser;

beforeAll(async () => {
  bff = await startTestServer();
  await seedShirts(bff.test, 1);
  admin = await signUp(bff.test.ctx, { role: 'admin' });
  superAdmin = await signUp(bff.test.ctx, { role: 'super_admin' });
});
afterAll(() => bff?.close());

const jsonObject = z.record(z.string(), z.json());

async function call(method: 'GET' | 'POST', path: string, options: { bearer?: string; body?: unknown } = {}) {
  const response = await fetch(`${bff.url}/api/v1${path}`, {
    method,
    headers: {
      ...(options.bearer === undefined ? {} : { authorization: `Bearer ${options.bearer}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : jsonObject.parse(JSON.parse(text)),
  };
}

const tokens = z.object({ accessToken: z.string(), refreshToken: z.string() });
const PASSWORD = 'a long password of somebody';

async function account() {
  const email = `app-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const made = await createUser(bff.test.ctx, { email, name: 'Ada', password: PASSWORD, role: null });
  return { email, userId: made.userId };
}

async function logIn(email: string) {
  const { status, body } = await call('POST', '/auth/login', { body: { email, password: PASSWORD } });
  expect(status).toBe(200);
  return tokens.parse(body);
}

const refresh = (refreshToken: string) => call('POST', '/auth/refresh', { body: { refreshToken } });

describe('an app', () => {
  test('logs in, asks, refreshes and logs out', async () => {
    const { email } = await account();
    const first = await logIn(email);
    const me = await call('GET', '/me', { bearer: first.accessToken });
    expect(me.body).toMatchObject({
      kind: 'user',
      email,
      permissions: expect.arrayContaining(['account:own']),
    });
    expect(me.headers.get('cache-control')).toBe('no-store');
    expect(me.headers.get('access-control-allow-origin')).toBeNull();

    const second = tokens.parse((await refresh(first.refreshToken)).body);
    expect((await call('GET', '/me', { bearer: second.accessToken })).status).toBe(200);
    const left = await call('POST', '/auth/logout', { body: { refreshToken: second.refreshToken } });
    expect(left.status).toBe(204);
    expect((await call('GET', '/me', { bearer: second.accessToken })).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });

  test('is told no more than that address and password do not fit', async () => {
    const { email } = await account();
    const wrong = await call('POST', '/auth/login', {
      body: { email, password: 'another password of theirs' },
    });
    const unknown = await call('POST', '/auth/login', { body: { email: `x${email}`, password: PASSWORD } });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body.detail).toBe(unknown.body.detail);
    const broken = await call('POST', '/auth/login', { body: { email, password: PASSWORD, role: 'admin' } });
    expect(broken.status).toBe(400);
    expect(bff.logs()).not.toContain(PASSWORD);
  });

  test('loses its session when a refresh token comes twice', async () => {
    const { email, userId } = await account();
    const stolen = await logIn(email);
    const renewed = tokens.parse((await refresh(stolen.refreshToken)).body);
    expect((await call('GET', '/me', { bearer: renewed.accessToken })).status).toBe(200);
    expect((await refresh(stolen.refreshToken)).status).toBe(401);
    expect((await call('GET', '/me', { bearer: renewed.accessToken })).status).toBe(401);
    expect((await refresh(renewed.refreshToken)).status).toBe(401);
    const reused = await bff.test.ctx.db
      .selectFrom('audit_log')
      .select('action')
      .where('target_id', '=', userId)
      .where('action', '=', 'session.refresh-reused')
      .execute();
    expect(reused).toHaveLength(1);
  });

  test('gets tokens once of fifty refreshes at once', async () => {
    const { email } = await account();
    const { refreshToken } = await logIn(email);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
    const left = await bff.test.ctx.db
      .selectFrom('refresh_tokens')
      .innerJoin('sessions', 'sessions.id', 'session_id')
      .innerJoin('users', 'users.id', 'user_id')
      .select('used_at')
      .where('email', '=', email)
      .execute();
    expect(left).toEqual([]);
  });

  test('keeps no token that a copy of the database would tell', async () => {
    const { refreshToken } = await logIn((await account()).email);
    const rows = await bff.test.ctx.db.selectFrom('refresh_tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
    expect(bff.logs()).not.toContain(refreshToken);
  });
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

interface Forgery {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
}

/** A JWT as an attacker would make it of a good one. */
function forged(token: string, forgery: Forgery, key: KeyObject | null): string {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part) => jsonObject.parse(JSON.parse(Buffer.from(part, 'base64url').toString())));
  const signed = `${encoded({ ...header, ...forgery.header })}.${encoded({ ...claims, ...forgery.claims })}`;
  return `${signed}.${key ? createHmac('sha256', key).update(signed).digest('base64url') : ''}`;
}

describe('an access token is refused', () => {
  const secret = 'a-secret-for-tests-that-is-long-enough';
  const ours = deriveKey(secret, 'access-token');
  const seconds = () => Math.floor(Date.now() / 1000);

  test.each<[string, Forgery, KeyObject | null, number]>([
    ['as it is', {}, ours, 200],
    ['when it has expired', { claims: { exp: seconds() - 1 } }, ours, 401],
    ['when it never expires', { claims: { exp: undefined } }, ours, 401],
    ['of another shop', { claims: { iss: 'https://other.example' } }, ours, 401],
    ['for another audience', { claims: { aud: 'other' } }, ours, 401],
    ['of another user', { claims: { sub: crypto.randomUUID() } }, ours, 401],
    ['of no session', { claims: { sid: crypto.randomUUID() } }, ours, 401],
    ['of another type', { header: { typ: 'JWT' } }, ours, 401],
    ['signed by another key', {}, deriveKey('another secret of the same length', 'access-token'), 401],
    ['by our key for another purpose', {}, deriveKey(secret, 'cart'), 401],
    ['by an unknown key', { header: { kid: 'other' } }, ours, 401],
    ['with alg none', { header: { alg: 'none' } }, null, 401],
    ['with alg none and a signature', { header: { alg: 'none' } }, ours, 401],
    ['with another alg', { header: { alg: 'HS512' } }, ours, 401],
  ])('%s', async (_what, forgery, key, status) => {
    const { accessToken } = await logIn((await account()).email);
    const answer = await call('GET', '/me', { bearer: forged(accessToken, forgery, key) });
    expect(answer.status).toBe(status);
    if (status === 401) {
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="souk", error="invalid_token"');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({ code: 'unauthenticated' });
    }
  });

  test.each(['', 'x', 'a.b.c', 'souk_', `souk_abcdef12_${'x'.repeat(43)}`])(
    'when it is %j',
    async (bearer) => {
      expect((await call('GET', '/me', { bearer })).status).toBe(401);
      expect((await call('GET', '/products', { bearer })).status).toBe(401);
    },
  );

  test('when it is the session of a browser', async () => {
    expect((await call('GET', '/me', { bearer: admin.token })).status).toBe(401);
  });
});

describe('a program with a key', () => {
  const make = async (scopes: Parameters<typeof createApiKey>[1]['scopes'], by: TestUser = admin) =>
    createApiKey(by.ctx, { name: 'ERP', scopes, expiresInDays: 30 });

  test('does what its scopes say, and nothing else', async () => {
    const { key, apiKey } = await make(['audit:read']);
    expect((await call('GET', '/audit-events', { bearer: key })).status).toBe(200);
    const refused = await call('GET', '/orders', { bearer: key });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect((await call('GET', '/me', { bearer: key })).body).toEqual({
      kind: 'api-key',
      keyId: apiKey.id,
      permissions: ['audit:read'],
    });
    expect(bff.logs()).not.toContain(key);
  });

  test('is kept as a hash, and known by its first characters', async () => {
    const { key, apiKey } = await make(['catalog:read']);
    expect(key).toMatch(/^souk_[0-9a-f]{8}_[\w-]{43}$/);
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    const row = await bff.test.ctx.db
      .selectFrom('api_keys')
      .selectAll()
      .where('id', '=', apiKey.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(key.slice(-43));
    expect(row.key_hash).toBe(createHash('sha256').update(key).digest('base64url'));
    expect(row.last_used_at).toBeNull();
    expect((await call('GET', '/products', { bearer: key })).status).toBe(200);
    const used = await bff.test.ctx.db
      .selectFrom('api_keys')
      .select('last_used_at')
      .where('id', '=', apiKey.id)
      .executeTakeFirstOrThrow();
    expect(used.last_used_at).not.toBeNull();
  });

  test('is void at once when it is revoked, although it was cached', async () => {
    expect(bff.test.ctx.cache.state()).toBe('up');
    const { key, apiKey } = await make(['audit:read']);
    for (let times = 0; times < 3; times += 1)
      expect((await call('GET', '/audit-events', { bearer: key })).status).toBe(200);
    await revokeApiKey(admin.ctx, { keyId: apiKey.id });
    expect((await call('GET', '/audit-events', { bearer: key })).status).toBe(401);
  });

  test('falls with its creator’s role, and with the creator', async () => {
    const creator = await signUp(bff.test.ctx, { role: 'admin' });
    const { key } = await make(['orders:read:all', 'catalog:read'], creator);
    expect((await call('GET', '/orders', { bearer: key })).status).toBe(200);
    await withdrawRole(superAdmin.ctx, { userId: creator.userId, role: 'admin', sellerId: null });
    expect((await call('GET', '/orders', { bearer: key })).status).toBe(403);
    expect((await call('GET', '/products', { bearer: key })).status).toBe(200);
    await setUserStatus(superAdmin.ctx, { userId: creator.userId, status: 'disabled' });
    expect((await call('GET', '/products', { bearer: key })).status).toBe(401);
  });

  test('has no more power than who makes it, who has to be staff and fresh', async () => {
    const support = await signUp(bff.test.ctx, { role: 'support' });
    await expect(make(['orders:read:all'], support)).rejects.toMatchObject({ code: 'forbidden' });
    const customer = await signUp(bff.test.ctx);
    await expect(make(['catalog:read'], customer)).rejects.toMatchObject({ code: 'forbidden' });
    const stale = await signUp(bff.test.ctx, { role: 'admin' });
    await bff.test.ctx.db
      .updateTable('sessions')
      .set({ authenticated_at: new Date(Date.now() - 3_600_000) })
      .where('user_id', '=', stale.userId)
      .execute();
    const later = { ...stale, ctx: await asUser({ ...bff.test.ctx, cache: noCache }, stale.token) };
    await expect(make(['catalog:read'], later)).rejects.toMatchObject({ code: 'reauthentication_required' });
  });

  test('is void after its day', async () => {
    const { key, apiKey } = await make(['audit:read']);
    await bff.test.ctx.db
      .updateTable('api_keys')
      .set({ expires_at: new Date(Date.now() - 1_000) })
      .where('id', '=', apiKey.id)
      .execute();
    expect((await call('GET', '/audit-events', { bearer: key })).status).toBe(401);
  });
});

describe('guests', () => {
  test.each(['/me', '/orders', '/orders/SK-2026-000001', '/audit-events'])(
    'read nothing at %s',
    async (path) => {
      const answer = await call('GET', path);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="souk"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  test('read the catalogue', async () => {
    const answer = await call('GET', '/products');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('of other origins may not send a token', async () => {
    const response = await fetch(`${bff.url}/api/v1/me`, { method: 'OPTIONS' });
    expect(response.headers.get('access-control-allow-headers')).not.toContain('authorization');
    expect(response.headers.get('access-control-allow-methods')).not.toContain('POST');
  });
});

describe('the document', () => {
  test('tells of each endpoint what it needs', async () => {
    const { body } = await call('GET', '/openapi.json');
    expect(body).toMatchObject({
      components: { securitySchemes: { apiKey: { scheme: 'bearer' }, accessToken: { bearerFormat: 'JWT' } } },
      paths: {
        '/api/v1/me': { get: { security: [{ apiKey: [] }, { accessToken: [] }] } },
        '/api/v1/products': { get: { security: [{}, { apiKey: [] }, { accessToken: [] }] } },
        '/api/v1/auth/refresh': { post: { security: [] } },
      },
    });
  });
});
