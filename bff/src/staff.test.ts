import { createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcedureCall } from './request-context.ts';
import { testCaller } from './testing/caller.ts';

let shop: TestDomain;
const most = new Map<string, number>();
const onCall = (call: ProcedureCall) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(async () => {
  await shop.close();
});

test('sessions, users and the audit log keep their budgets', async () => {
  const owner = await signUp(shop.ctx, { role: 'super_admin' });
  const ada = await signUp(shop.ctx);
  await signUp(shop.ctx, { role: 'super_admin' });
  const staff = testCaller(owner.ctx, { onCall });
  const customer = testCaller(ada.ctx, { onCall });

  await customer.sessions.me();
  const [session] = await customer.sessions.list();
  await customer.sessions.end({ sessionId: session?.id ?? '' });
  const again = await signUp(shop.ctx);
  await testCaller(again.ctx, { onCall }).sessions.endOthers();

  const { userId } = ada;
  await staff.users.list({ email: ada.email });
  await staff.users.grantRole({ userId, role: 'support' });
  await staff.users.withdrawRole({ userId, role: 'support' });
  await staff.users.setStatus({ userId, status: 'disabled' });
  await staff.users.grantRole({ userId, role: 'super_admin' });
  await staff.users.withdrawRole({ userId, role: 'super_admin' });
  const { items } = await staff.audit.list({ targetId: userId });
  expect(items.map(({ action }) => action)).toContain('user.disabled');
  expect(Object.fromEntries(most)).toEqual({
    'sessions.me': 0,
    'sessions.list': 1,
    'sessions.end': 1,
    'sessions.endOthers': 1,
    'users.list': 1,
    'users.grantRole': 5,
    'users.withdrawRole': 6,
    'users.setStatus': 7,
    'audit.list': 1,
  });
});
