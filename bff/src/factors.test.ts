import { finishLogin, startSession } from '@souk/domain/identity';
import { guest, withActor } from '@souk/domain/kernel';
import {
  asUser,
  authenticatorCode,
  createAuthenticator,
  createTestDomain,
  signUp,
  type TestDomain,
} from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

/** Second factors, call by call without caches: each keeps its budget, and none has room to hide in. */
const router: AnyTRPCRouter = appRouter;
let shop: TestDomain;
const most = new Map<string, number>();
const onCall = (call: { path: string; statements: number }) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(() => shop?.close());

const codeOf = (secret: string, seconds: number) =>
  authenticatorCode(secret, new Date(Date.now() + seconds * 1000));

test('somebody sets up an app and a passkey, logs in by each, and takes them down again', async () => {
  const user = await signUp(shop.ctx);
  const { userId } = user;
  // who has had the account for a while is told of new devices
  await shop.ctx.db
    .updateTable('users')
    .set({ created_at: new Date(0) })
    .where('id', '=', userId)
    .execute();
  const callerOf = async (session: { token: string }) =>
    testCaller(await asUser(shop.ctx, session.token), { onCall });
  const challenge = async () => {
    const outcome = await finishLogin(withActor(shop.ctx, guest), {
      userId,
      method: 'password',
      kind: 'web',
      isSecondFactorDone: false,
    });
    if (outcome.outcome !== 'second-factor') throw new Error('expected to be asked for a second factor');
    return outcome.challenge;
  };
  const visitor = testCaller(withActor(shop.ctx, guest), { onCall });

  let ada = testCaller(user.ctx, { onCall });
  const { secret } = await ada.factors.startTotp();
  expect(await ada.factors.pendingTotp()).toMatchObject({ secret });
  const added = await ada.factors.confirmTotp({ code: codeOf(secret, -30) });
  ada = await callerOf(added.session);
  const authenticator = createAuthenticator(shop.config.shop.url);
  const creation = await ada.factors.startPasskeyRegistration();
  const registered = await ada.factors.finishPasskeyRegistration({
    token: creation.token,
    response: authenticator.create(creation.options),
    name: 'Phone',
  });
  ada = await callerOf(registered.session);
  const { passkeys } = await ada.factors.mine();
  const passkeyId = passkeys[0]?.id ?? '';
  await ada.factors.renamePasskey({ passkeyId, name: 'My phone' });
  ada = await callerOf((await ada.factors.renewRecoveryCodes()).session);

  const first = await challenge();
  expect(await visitor.factors.stepMethods({ challenge: first })).toEqual([
    'totp',
    'passkey',
    'recovery-code',
  ]);
  await expect(
    visitor.factors.completeStep({ challenge: first, method: 'totp', code: 'wrong' }),
  ).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await ada.factors.completeStep({ challenge: first, method: 'totp', code: codeOf(secret, 0) });
  const fresh = await callerOf(await startSession(shop.ctx, { userId, kind: 'web' }));
  const { recoveryCodes, session } = await fresh.factors.renewRecoveryCodes();
  const code = recoveryCodes[0] ?? '';
  ada = await callerOf(session);
  await ada.factors.completeStep({ challenge: await challenge(), method: 'recovery-code', code });

  ada = await callerOf(await startSession(shop.ctx, { userId, kind: 'web' }));
  const second = await challenge();
  const question = await ada.factors.startPasskeyStep({ challenge: second });
  await ada.factors.finishPasskeyStep({
    challenge: second,
    token: question.token,
    response: authenticator.get(question.options),
  });
  ada = await callerOf(await startSession(shop.ctx, { userId, kind: 'web' }));
  const asked = await ada.factors.startPasskeyLogin();
  const response = authenticator.get(asked.options);
  await ada.factors.finishPasskeyLogin({ token: asked.token, response });

  ada = await callerOf(await startSession(shop.ctx, { userId, kind: 'web' }));
  ada = await callerOf((await ada.factors.turnOffTotp()).session);
  await ada.factors.removePasskey({ passkeyId });

  const lone = await signUp(shop.ctx);
  const grace = testCaller(lone.ctx, { onCall });
  const alone = await grace.factors.startTotp();
  const only = await callerOf((await grace.factors.confirmTotp({ code: codeOf(alone.secret, 0) })).session);
  await only.factors.turnOffTotp();
  const lonely = await signUp(shop.ctx);
  const key = createAuthenticator(shop.config.shop.url);
  const edith = testCaller(lonely.ctx, { onCall });
  const made = await edith.factors.startPasskeyRegistration();
  await edith.factors.finishPasskeyRegistration({
    token: made.token,
    response: key.create(made.options),
    name: 'Key',
  });

  const declared = z.object({ statements: z.int() });
  const budgets = Object.entries<AnyTRPCProcedure>(router._def.procedures)
    .filter(([path]) => path.startsWith('factors.'))
    .map(([path, procedure]) => [path, declared.parse(procedure._def.meta).statements]);
  expect(Object.fromEntries(most)).toEqual(Object.fromEntries(budgets));
});
