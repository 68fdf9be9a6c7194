import { guest, nowhere } from '@souk/domain/kernel';
import {
  asUser,
  createTestDomain,
  mailsTo,
  plainDraft,
  someWares,
  type TestDomain,
  tokenMailed,
  writeOrder,
} from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

/** From a registration to the undoing of all that was changed, call by call, each held to its budget of SQL statements. */
let shop: TestDomain;
const most = new Map<string, number>();
const EMAIL = 'grace@example.com';
const PASSWORD = 'correct horse battery';
/** Of the same, with fewer rounds than today's. */
const HASH_OF_OLD =
  '$argon2id$v=19$m=4096,t=1,p=1$XQj4ZIvZUdHaMOm/2Jpw+w$1FCqt0X1cGUxrZxnH0WsBvDlXq9PNXVUjxc1GG/2adY';

beforeAll(async () => {
  shop = await createTestDomain({ env: { REDIS_URL: '' } });
});
afterAll(() => shop.close());

const onCall = (call: { path: string; statements: number }) =>
  most.set(call.path, Math.max(most.get(call.path) ?? 0, call.statements));

let visitors = 0;

/** A guest from an address of their own. */
function visitor(deviceToken: string | null = null) {
  visitors += 1;
  const origin = { ...nowhere, address: `203.0.113.${visitors}` };
  return testCaller(shop.domain.context({ actor: guest, origin }), { onCall, deviceToken });
}

/** Somebody with a session, from an address. */
async function owner(token: string) {
  const origin = { ...nowhere, address: '198.51.100.1' };
  return testCaller(await asUser(shop.domain.context({ origin }), token), { onCall });
}

/** The token of a link in the newest mail of a template. */
async function mailed(to: string, template: string): Promise<string> {
  await shop.runJobs();
  return tokenMailed(shop.ctx, to, template);
}

async function sessionOf(email: string, password: string): Promise<string> {
  const outcome = await visitor().identity.logIn({ email, password });
  if (outcome.outcome !== 'logged-in') throw new Error('expected a session');
  return outcome.sessionToken;
}

describe('each procedure keeps its budget of SQL statements', () => {
  test('registration', async () => {
    await visitor().identity.register({ email: EMAIL, name: 'Grace Hopper', password: PASSWORD });
    const token = await mailed(EMAIL, 'register-confirm');
    expect(await visitor().identity.pendingRegistration({ token })).toEqual({
      email: EMAIL,
      name: 'Grace Hopper',
    });
    const { login } = await visitor().identity.confirmRegistration({ token, password: PASSWORD });
    // in a browser where somebody else is logged in
    if (login.outcome !== 'logged-in') throw new Error('expected a session');
    const other = 'ada@example.com';
    await visitor().identity.register({ email: other, name: 'Ada Lovelace', password: PASSWORD });
    const shared = await owner(login.sessionToken);
    const link = await mailed(other, 'register-confirm');
    await shared.identity.confirmRegistration({ token: link, password: PASSWORD });
  });

  test('log-in, log-out', async () => {
    // the log-in that costs most: on a new device, in a browser with a session, with a hash to renew
    await shop.ctx.db
      .updateTable('users')
      .set({ created_at: new Date(0) })
      .execute();
    const token = await sessionOf(EMAIL, PASSWORD);
    expect((await mailsTo(shop.ctx, EMAIL)).at(-1)?.template).toBe('new-device');
    await shop.ctx.db
      .updateTable('users')
      .set({ password_hash: HASH_OF_OLD })
      .where('email', '=', EMAIL)
      .execute();
    await (await owner(token)).identity.logIn({ email: EMAIL, password: PASSWORD });
    await (await owner(await sessionOf(EMAIL, PASSWORD))).identity.logOut();
    await visitor().identity.logOut();
    await (await owner(await sessionOf(EMAIL, PASSWORD))).identity.logOutEverywhere();
  });

  test('a forgotten password', async () => {
    await visitor().identity.forgotPassword({ email: EMAIL });
    const token = await mailed(EMAIL, 'reset-password');
    expect(await visitor().identity.pendingReset({ token })).toEqual({ email: EMAIL });
    await visitor().identity.resetPassword({ token, password: `${PASSWORD} staple` });
    await visitor().identity.forgotPassword({ email: EMAIL });
    await visitor().identity.resetPassword({
      token: await mailed(EMAIL, 'reset-password'),
      password: PASSWORD,
    });
  });

  test('a change of the password, and its undoing', async () => {
    const me = await owner(await sessionOf(EMAIL, PASSWORD));
    expect(await me.identity.hasPassword()).toBe(true);
    const again = await me.identity.reauthenticate({ password: PASSWORD });
    const fresh = await owner(again.sessionToken);
    await fresh.identity.changePassword({ currentPassword: PASSWORD, newPassword: `${PASSWORD} staple` });
    const token = await mailed(EMAIL, 'password-changed');
    expect(await visitor().identity.pendingUndo({ token })).toEqual({ what: 'password' });
    await visitor().identity.undo({ token });
    const reset = await mailed(EMAIL, 'reset-password');
    await visitor().identity.resetPassword({ token: reset, password: PASSWORD });
  });

  test('a change of the address, and its undoing', async () => {
    const me = await owner(await sessionOf(EMAIL, PASSWORD));
    const to = 'admiral@example.com';
    await me.identity.changeEmail({ email: to });
    const verify = await mailed(to, 'email-change-verify');
    expect(await visitor().identity.pendingEmailChange({ token: verify })).toMatchObject({ from: EMAIL, to });
    await visitor().identity.confirmEmailChange({ token: await mailed(EMAIL, 'email-change-approve') });
    await visitor().identity.confirmEmailChange({ token: verify });
    const token = await mailed(EMAIL, 'email-changed');
    expect(await visitor().identity.pendingUndo({ token })).toEqual({ what: 'email' });
    await visitor().identity.undo({ token });
  });

  test('none is left out, and none has room to hide in', () => {
    const router: AnyTRPCRouter = appRouter;
    const slack = Object.entries<AnyTRPCProcedure>(router._def.procedures).flatMap(([path, procedure]) => {
      if (!path.startsWith('identity.')) return [];
      const { statements: budget } = z.object({ statements: z.int() }).parse(procedure._def.meta);
      const sent = most.get(path);
      if (sent === undefined) return [`${path} was not called`];
      // who has more orders to take along costs more
      if (path === 'identity.confirmRegistration' && sent < budget) return [];
      return sent === budget ? [] : [`${path} sends ${sent}, declares ${budget}`];
    });
    expect(slack).toEqual([]);
  });
});

test('what somebody bought as a guest is in their new account before any worker comes by', async () => {
  const email = 'late@example.com';
  const wares = await someWares(shop.ctx);
  const { number } = await writeOrder(shop.ctx, plainDraft(wares, { email }));
  await writeOrder(shop.ctx, plainDraft(wares, { email: 'another@example.com' }));
  await visitor().identity.register({ email, name: 'Grace Hopper', password: PASSWORD });
  const token = await mailed(email, 'register-confirm');
  const { login } = await visitor().identity.confirmRegistration({ token, password: PASSWORD });
  if (login.outcome !== 'logged-in') throw new Error('expected a session');
  const mine = await (await owner(login.sessionToken)).orders.mine({});
  expect(mine.items.map((order) => order.number)).toEqual([number]);
});

test('fields that no form has are refused: nobody gives themselves a role', async () => {
  const forged = {
    email: 'mallory@example.com',
    name: 'Mallory',
    password: PASSWORD,
    roles: ['super_admin'],
  };
  await expect(visitor().identity.register(forged)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('links lead to the configured host, whatever host was asked', async () => {
  const mails = await mailsTo(shop.ctx, EMAIL);
  const links = mails
    .flatMap(({ data }) => Object.values(data))
    .filter((value) => /^https?:/.test(String(value)));
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !String(link).startsWith('http://shop.test/'))).toEqual([]);
});
