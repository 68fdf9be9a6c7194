import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Context, countStatements, guest, nowhere, userActor, withActor } from '../kernel/index.ts';
import { asUser, createTestClock, createTestDomain, mailsTo, type TestDomain } from '../testing/index.ts';
import {
  endSessions,
  finishLogin,
  insertUser,
  lockUser,
  logIn,
  logOut,
  logOutEverywhere,
  readUser,
  reauthenticate,
  signedInBy,
} from './index.ts';
import { hashPassword, needsRehash } from './passwords.ts';
import { setPassword } from './set-password.ts';

const PASSWORD = 'correct horse battery';
const clock = createTestClock();
let shop: TestDomain;
let serial = 0;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(() => shop.close());
// what other tests' addresses have failed at is forgotten
beforeEach(() => clock.advance(48 * 3600));

/** A guest's request from an address. */
function from(address: string): Context {
  return shop.domain.context({ actor: guest, origin: { ...nowhere, address, userAgent: 'Souk/1.0' } });
}

async function account(password = PASSWORD) {
  serial += 1;
  const email = `owner-${serial}@example.com`;
  const passwordHash = await hashPassword(password);
  const { id } = await shop.ctx.transaction((tx) =>
    insertUser(tx, { email, name: 'Ada', passwordHash, locale: 'en' }),
  );
  return { email, id };
}

async function logInFrom(address: string, email: string, password = PASSWORD, deviceToken?: string) {
  const outcome = await logIn(from(address), { email, password, kind: 'web', deviceToken });
  if (outcome.outcome !== 'logged-in') throw new Error('expected a session');
  return outcome;
}

/** How a log-in fails: by its code. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

describe('a log-in', () => {
  test('that runs while the password is replaced begins no session', async () => {
    const { email, id } = await account();
    const user = await readUser(shop.ctx, id);
    // checked with the old password, and then the new one came
    const late = finishLogin(from('203.0.113.1'), {
      userId: id,
      method: 'password',
      kind: 'web',
      isSecondFactorDone: false,
      password: { changedAt: user.passwordChangedAt },
    });
    await shop.ctx.transaction(async (tx) => {
      const locked = await lockUser(tx, id);
      clock.advance(1);
      await setPassword(tx, locked, await hashPassword('another good password'));
      await endSessions(tx, { userId: id });
    });
    const outcome = await codeOf(late);
    // whichever came first: either it was refused, or its session was ended
    expect(['ok', 'credentials_invalid']).toContain(outcome);
    const left = await shop.ctx.db.selectFrom('sessions').select('id').where('user_id', '=', id).execute();
    expect(left).toEqual([]);
    expect(await codeOf(logIn(from('203.0.113.1'), { email, password: PASSWORD, kind: 'web' }))).toBe(
      'credentials_invalid',
    );
  });

  test('that was checked before the password was replaced is refused after', async () => {
    const { id } = await account();
    const { passwordChangedAt } = await readUser(shop.ctx, id);
    await shop.ctx.transaction(async (tx) => {
      clock.advance(1);
      await setPassword(tx, await lockUser(tx, id), await hashPassword('another good password'));
    });
    const late = finishLogin(from('203.0.113.1'), {
      userId: id,
      method: 'password',
      kind: 'web',
      isSecondFactorDone: false,
      password: { changedAt: passwordChangedAt },
    });
    expect(await codeOf(late)).toBe('credentials_invalid');
  });

  test('gives a session of whoever knows the password', async () => {
    const { email, id } = await account();
    const { sessionToken } = await logInFrom('203.0.113.1', email);
    expect(await signedInBy(shop.ctx, { token: sessionToken })).toMatchObject({ userId: id, email });
  });

  test('ends the session at hand: nobody plants one', async () => {
    const [mine, planted] = [await account(), await account()];
    const { sessionToken } = await logInFrom('203.0.113.1', planted.email);
    const ctx = await asUser(from('203.0.113.1'), sessionToken);
    const outcome = await logIn(ctx, { email: mine.email, password: PASSWORD, kind: 'web' });
    expect(outcome.outcome === 'logged-in' && outcome.sessionToken).not.toBe(sessionToken);
    expect(await signedInBy(shop.ctx, { token: sessionToken })).toBeNull();
  });

  test('hashes a password anew whose parameters are older', async () => {
    const { email, id } = await account();
    const weak = await hash(PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
    await shop.ctx.db.updateTable('users').set({ password_hash: weak }).where('id', '=', id).execute();
    await logInFrom('203.0.113.1', email);
    const { password_hash: kept } = await shop.ctx.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(needsRehash(weak)).toBe(true);
    expect(needsRehash(kept ?? '')).toBe(false);
    await logInFrom('203.0.113.1', email);
  });

  test('is not for disabled accounts, and does not say so', async () => {
    const { email, id } = await account();
    await shop.ctx.db.updateTable('users').set({ status: 'disabled' }).where('id', '=', id).execute();
    expect(await codeOf(logInFrom('203.0.113.1', email))).toBe('credentials_invalid');
  });

  test('from a new device is told to the owner, from a known one not', async () => {
    const { email } = await account();
    const first = await logInFrom('203.0.113.1', email);
    expect(await mailsTo(shop.ctx, email)).toEqual([]);
    clock.advance(2 * 3600);
    await logInFrom('203.0.113.1', email, PASSWORD, first.deviceToken);
    expect(await mailsTo(shop.ctx, email)).toEqual([]);
    await logInFrom('198.51.100.7', email);
    const mails = await mailsTo(shop.ctx, email);
    expect(mails).toMatchObject([{ template: 'new-device', data: { network: '198.51.100.0/24' } }]);
  });
});

describe('who guesses', () => {
  test('learns nothing from the answer, the statements or the time', async () => {
    const { email } = await account();
    const known = { address: email, answers: new Set(), times: [] as number[], statements: 0 };
    const unknown = { ...known, address: 'nobody@example.com', answers: new Set(), times: [] };
    for (let index = 0; index < 15; index += 1) {
      clock.advance(3600);
      // in turns: a busy moment of this machine meets both
      for (const tried of [known, unknown]) {
        const ctx = from(`198.51.100.${index}`);
        const startedAt = performance.now();
        const { result, statements } = await countStatements(() =>
          codeOf(logIn(ctx, { email: tried.address, password: 'a wrong guess', kind: 'web' })),
        );
        tried.times.push(performance.now() - startedAt);
        tried.answers.add(result);
        tried.statements += statements;
      }
    }
    expect(known.answers).toEqual(new Set(['credentials_invalid']));
    expect(unknown.answers).toEqual(known.answers);
    expect(unknown.statements).toBe(known.statements);
    const ratio = median(unknown.times) / median(known.times);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  test('waits after the fifth failure, longer each time, whether there is an account or not', async () => {
    const { email } = await account();
    for (const address of [email, 'nobody-at-all@example.com']) {
      for (let index = 0; index < 5; index += 1)
        expect(await codeOf(logInFrom('203.0.113.9', address, 'wrong'))).toBe('credentials_invalid');
      await expect(logInFrom('203.0.113.9', address, 'wrong')).rejects.toMatchObject({
        code: 'rate_limited',
        data: { retryAfterSeconds: 1 },
      });
      clock.advance(1);
      expect(await codeOf(logInFrom('203.0.113.9', address, 'wrong'))).toBe('credentials_invalid');
      await expect(logInFrom('203.0.113.9', address, 'wrong')).rejects.toMatchObject({
        data: { retryAfterSeconds: 2 },
      });
    }
  });

  test('gains nothing by guessing forty times at once', async () => {
    const { email } = await account();
    const codes = await Promise.all(
      Array.from({ length: 40 }, () => codeOf(logInFrom('203.0.113.10', email, 'wrong'))),
    );
    expect(codes.filter((code) => code === 'credentials_invalid')).toHaveLength(5);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(35);
  });

  test('is slowed down at one account from many places, and at many accounts from one', async () => {
    const { email } = await account();
    const everywhere = await Promise.all(
      Array.from({ length: 30 }, (_, index) => codeOf(logInFrom(`192.0.2.${index}`, email, 'wrong'))),
    );
    expect(everywhere.filter((code) => code === 'credentials_invalid')).toHaveLength(20);
    const atEverybody = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        codeOf(logInFrom('192.0.2.77', `victim-${index}@example.com`, 'wrong')),
      ),
    );
    expect(atEverybody.filter((code) => code === 'credentials_invalid')).toHaveLength(30);
  });

  test('does not lock the owner out: known devices do not wait, new ones a minute', async () => {
    const { email } = await account();
    const { deviceToken } = await logInFrom('203.0.113.1', email);
    for (let index = 0; index < 60; index += 1) {
      await codeOf(logInFrom(`192.0.2.${index}`, email, 'wrong'));
      clock.advance(61);
    }
    await codeOf(logInFrom('192.0.2.200', email, 'wrong'));
    expect(await codeOf(logInFrom('203.0.113.1', email))).toBe('rate_limited');
    expect(await codeOf(logInFrom('203.0.113.1', email, PASSWORD, deviceToken))).toBe('ok');
    await codeOf(logInFrom('192.0.2.201', email, 'wrong'));
    clock.advance(60);
    expect(await codeOf(logInFrom('203.0.113.55', email))).toBe('ok');
  });

  test('gains nothing by a device token that is made up, or of another account', async () => {
    const [victim, attacker] = [await account(), await account()];
    const { deviceToken } = await logInFrom('203.0.113.1', attacker.email);
    const forged = deviceToken.replace(attacker.id, victim.id);
    for (const token of [deviceToken, forged, 'nonsense']) {
      const codes = await Promise.all(
        Array.from({ length: 8 }, () => codeOf(logInFrom('203.0.113.11', victim.email, 'wrong', token))),
      );
      expect(codes.filter((code) => code === 'credentials_invalid')).toHaveLength(5);
      clock.advance(48 * 3600);
    }
  });

  test('cannot hide behind log-ins to an account of their own', async () => {
    const own = await account();
    let guesses = 0;
    for (let index = 0; index < 60; index += 1) {
      const code = await codeOf(logInFrom('203.0.113.12', `target-${index}@example.com`, 'wrong'));
      if (code === 'credentials_invalid') guesses += 1;
      await codeOf(logInFrom('203.0.113.12', own.email));
    }
    expect(guesses).toBeLessThanOrEqual(30);
  });

  test('is written down', async () => {
    const { email, id } = await account();
    await codeOf(logInFrom('203.0.113.13', email, 'wrong'));
    const entries = await shop.ctx.db
      .selectFrom('audit_log')
      .select(['action', 'network'])
      .where('target_id', '=', id)
      .execute();
    expect(entries).toEqual([{ action: 'user.login-failed', network: '203.0.113.0/24' }]);
  });
});

test('more log-ins than can be served soon are refused, and none is lost', async () => {
  const { email } = await account();
  const { deviceToken } = await logInFrom('203.0.113.1', email);
  expect(deviceToken).toBeTruthy();
  const codes = await Promise.all(Array.from({ length: 260 }, () => codeOf(hashPassword('x'.repeat(8)))));
  expect(codes.filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(200);
  expect(codes.filter((code) => code === 'unavailable').length).toBeGreaterThan(0);
  expect(await codeOf(hashPassword('afterwards'))).toBe('ok');
});

describe('who is logged in', () => {
  test('logs out here, or everywhere', async () => {
    const { email } = await account();
    const tokens: string[] = [];
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3'])
      tokens.push((await logInFrom(address, email)).sessionToken);
    const live = async () => {
      const found = await Promise.all(tokens.map((token) => signedInBy(shop.ctx, { token })));
      return found.map((signedIn) => signedIn !== null);
    };
    await logOut(await asUser(shop.ctx, tokens[0] ?? ''));
    expect(await live()).toEqual([false, true, true]);
    await logOut(from('203.0.113.1'));
    await logOutEverywhere(await asUser(shop.ctx, tokens[1] ?? ''));
    expect(await live()).toEqual([false, false, false]);
  });

  test('proves again who they are by the password, and gets a new token', async () => {
    const { email } = await account();
    const { sessionToken } = await logInFrom('203.0.113.1', email);
    clock.advance(3600);
    const ctx = await asUser(shop.ctx, sessionToken);
    expect(await codeOf(reauthenticate(ctx, { password: 'wrong' }))).toBe('credentials_invalid');
    const renewed = await reauthenticate(ctx, { password: PASSWORD });
    expect(await signedInBy(shop.ctx, { token: sessionToken })).toBeNull();
    expect(await signedInBy(shop.ctx, { token: renewed.sessionToken })).toMatchObject({
      authenticatedAt: clock.now(),
    });
  });

  test('is asked for a log-in when the session is none', async () => {
    const session = { id: crypto.randomUUID(), authenticatedAt: clock.now() };
    const nobody = userActor({ userId: crypto.randomUUID(), roles: [], session });
    expect(await codeOf(reauthenticate(withActor(shop.ctx, nobody), { password: PASSWORD }))).toBe(
      'not_found',
    );
    expect(await codeOf(reauthenticate(from('203.0.113.1'), { password: PASSWORD }))).toBe('unauthenticated');
  });
});
