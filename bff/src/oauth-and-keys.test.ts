import { createServer } from 'node:http';
import { createUser } from '@souk/domain/identity';
import { type Context, guest, withActor } from '@souk/domain/kernel';
import { authenticatorCode, createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

/** Providers, keys and tokens, call by call without caches: each keeps its budget, and none has room to hide in. */
const router: AnyTRPCRouter = appRouter;
let shop: TestDomain;
let visitor: Context;
const most = new Map<string, number>();
const onCall = (call: { path: string; statements: number }) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

/** GitHub, as much as a log-in needs; who comes is `account`. */
let account = { id: 1, email: '' };
const github = createServer((request, response) => {
  const answers: Record<string, unknown> = {
    '/login/oauth/access_token': { access_token: 'gho_x', token_type: 'bearer' },
    '/api/v3/user': { id: account.id, login: 'octocat' },
    '/api/v3/user/emails': [{ email: account.email, primary: true, verified: true }],
  };
  response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
  const address = github.address();
  const port = typeof address === 'object' ? address?.port : '';
  shop = await createTestDomain({
    env: {
      REDIS_URL: '',
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      GITHUB_ISSUER: `http://127.0.0.1:${port}`,
    },
  });
  visitor = withActor(shop.ctx, guest);
});
afterAll(async () => {
  await shop?.close();
  github.close();
});

async function dance(ctx: Context, intent: 'log-in' | 'connect') {
  const { oauth } = testCaller(ctx, { onCall });
  const { url, browserToken } = await oauth.start({ provider: 'github', intent, returnTo: '/account' });
  const state = new URL(url).searchParams.get('state') ?? '';
  return oauth.complete({ provider: 'github', browserToken, state, code: 'code', error: null });
}

async function connect(ctx: Context): Promise<string> {
  const outcome = await dance(ctx, 'connect');
  if (outcome.outcome !== 'to-confirm') throw new Error(`expected a question, not ${outcome.outcome}`);
  await testCaller(ctx, { onCall }).oauth.pendingLink({ linkToken: outcome.linkToken });
  await testCaller(ctx, { onCall }).oauth.confirmLink({ linkToken: outcome.linkToken });
  return outcome.linkToken;
}

test('providers', async () => {
  expect(await testCaller(visitor, { onCall }).oauth.providers()).toEqual([{ id: 'github', name: 'GitHub' }]);
  account = { id: 1, email: 'octocat@example.com' };
  expect(await dance(visitor, 'log-in')).toMatchObject({ outcome: 'done' });
  // logged in already, and known for a while: the session at hand ends, and the owner is told of the device
  const owner = await signUp(shop.ctx);
  account = { id: 2, email: 'other@example.com' };
  await connect(owner.ctx);
  await shop.ctx.db
    .updateTable('users')
    .set({ created_at: new Date(0), password_hash: 'x' })
    .execute();
  await testCaller(owner.ctx, { onCall }).oauth.connected();
  expect(await dance(owner.ctx, 'log-in')).toMatchObject({ outcome: 'done' });
  const again = await signUp(shop.ctx);
  account = { id: 3, email: 'third@example.com' };
  await connect(again.ctx);
  await shop.ctx.db.updateTable('users').set({ password_hash: 'x' }).execute();
  await testCaller(again.ctx, { onCall }).oauth.disconnect({ provider: 'github' });
});

test('keys, and the orders that they read', async () => {
  const admin = await signUp(shop.ctx, { role: 'admin' });
  const { apiKeys, orders } = testCaller(admin.ctx, { onCall });
  const { apiKey } = await apiKeys.create({ name: 'ERP', scopes: ['orders:read:all'], expiresInDays: 1 });
  expect(await apiKeys.list()).toMatchObject([{ id: apiKey.id, prefix: apiKey.prefix }]);
  await apiKeys.revoke({ keyId: apiKey.id });
  expect(await orders.list()).toEqual({ items: [], nextCursor: null });
  await expect(orders.find({ number: 'SK-0' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('tokens of an app', async () => {
  const email = 'app@example.com';
  const password = 'market square at noon';
  const { userId } = await createUser(shop.ctx, { email, name: 'Ada', password, role: null });
  await shop.ctx.db
    .updateTable('users')
    .set({ created_at: new Date(0) })
    .execute();
  const { tokens } = testCaller(visitor, { onCall });
  const first = await tokens.logIn({ email, password });
  if (first.outcome !== 'logged-in') throw new Error('expected tokens');
  const second = await tokens.refresh({ refreshToken: first.refreshToken });
  await expect(tokens.refresh({ refreshToken: first.refreshToken })).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
  await expect(tokens.refresh({ refreshToken: second.refreshToken })).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
  const third = await tokens.logIn({ email, password });
  if (third.outcome !== 'logged-in') throw new Error('expected tokens');
  await tokens.logOut({ refreshToken: third.refreshToken });

  const user = await signUp(shop.ctx, { email: 'two@example.com' });
  const { factors } = testCaller(user.ctx, { onCall: () => {} });
  const { secret } = await factors.startTotp();
  await factors.confirmTotp({ code: authenticatorCode(secret, new Date(Date.now() - 30_000)) });
  const hash = await shop.ctx.db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await shop.ctx.db
    .updateTable('users')
    .set({ password_hash: hash.password_hash, created_at: new Date(0) })
    .where('id', '=', user.userId)
    .execute();
  const asked = await tokens.logIn({ email: user.email, password });
  if (asked.outcome !== 'second-factor') throw new Error('expected to be asked');
  const code = authenticatorCode(secret, new Date());
  const done = await tokens.secondFactor({ challenge: asked.challenge, method: 'totp', code });
  expect(done).toMatchObject({ outcome: 'logged-in', accessToken: expect.stringContaining('.') });
});

test('none is left out, and none has room to hide in', () => {
  const declared = z.object({ statements: z.int() });
  const budgets = Object.entries<AnyTRPCProcedure>(router._def.procedures)
    .filter(([path]) => /^(oauth|apiKeys|tokens)\./.test(path))
    .map(([path, procedure]) => [path, declared.parse(procedure._def.meta).statements] as const);
  expect(budgets).toHaveLength(14);
  for (const [path, budget] of budgets) {
    const [sent, declaredFor] = [most.get(path), `${path} declares ${budget}`];
    if (forWorseDays.has(path)) expect(sent, declaredFor).toBeLessThanOrEqual(budget);
    else expect(sent, declaredFor).toBe(budget);
  }
  expect(most.get('orders.list')).toBe(1);
});

/** Declared for days worse than this test's: a session at hand, a password hashed anew, two answers at once. */
const forWorseDays = new Set(['oauth.complete', 'tokens.logIn', 'tokens.secondFactor']);
