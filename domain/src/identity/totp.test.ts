import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guest, nowhere, withActor } from '../kernel/index.ts';
import {
  asUser,
  authenticatorCode,
  createTestClock,
  createTestDomain,
  signUp,
  type TestDomain,
  type TestUser,
} from '../testing/index.ts';
import {
  completeSecondFactor,
  confirmTotp,
  finishLogin,
  pendingTotp,
  readFactors,
  renewRecoveryCodes,
  secondFactorsOf,
  signedInBy,
  startSession,
  startTotp,
  turnOffTotp,
} from './index.ts';
import { takeRecoveryCode } from './recovery-codes.ts';
import { openTotpSecret, takeTotpCode } from './totp.ts';

const clock = createTestClock();
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(async () => {
  await shop.close();
});

/** What the app shows, so many half minutes from now. */
function codeOf(secret: string, steps = 0): string {
  return authenticatorCode(secret, new Date(clock.now().getTime() + steps * 30_000));
}

const wrongCodeOf = (secret: string) => (codeOf(secret) === '000000' ? '000001' : '000000');

/** Somebody with an authenticator app. */
async function withTotp() {
  const user = await signUp(shop.ctx);
  const { secret } = await startTotp(user.ctx);
  const { recoveryCodes, session } = await confirmTotp(user.ctx, { code: codeOf(secret) });
  clock.advance(90);
  return { ...user, secret, recoveryCodes: recoveryCodes ?? [], ctx: await asUser(shop.ctx, session.token) };
}

const stranger = () => withActor(shop.ctx, guest);

/** The second step of a log-in, the password given. */
async function challengeOf(user: Pick<TestUser, 'userId'>): Promise<string> {
  const outcome = await finishLogin(stranger(), {
    userId: user.userId,
    method: 'password',
    kind: 'web',
    isSecondFactorDone: false,
  });
  if (outcome.outcome !== 'second-factor') throw new Error('expected to be asked for a second factor');
  return outcome.challenge;
}

function auditOf(userId: string) {
  return shop.ctx.db
    .selectFrom('audit_log')
    .select(['action', 'after'])
    .where('target_id', '=', userId)
    .orderBy('id')
    .execute();
}

function mailsOf(userId: string) {
  return shop.ctx.db
    .selectFrom('mails')
    .select('template')
    .where('user_id', '=', userId)
    .where('template', '=', 'second-factor-changed')
    .execute();
}

const outcomesOf = (settled: PromiseSettledResult<unknown>[]) =>
  Object.groupBy(settled, ({ status }) => status);

describe('setting up an authenticator app', () => {
  test('counts from the first code on, and shows ten recovery codes', async () => {
    const ada = await signUp(shop.ctx);
    const { uri, secret } = await startTotp(ada.ctx);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Souk:.*secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/);
    expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(await pendingTotp(ada.ctx)).toEqual({ uri, secret });
    expect(await secondFactorsOf(shop.ctx, ada.userId)).toEqual([]);

    await expect(confirmTotp(ada.ctx, { code: wrongCodeOf(secret) })).rejects.toMatchObject({
      code: 'credentials_invalid',
    });
    const code = codeOf(secret);
    const { recoveryCodes } = await confirmTotp(ada.ctx, { code: `${code.slice(0, 3)} ${code.slice(3)}` });

    expect(new Set(recoveryCodes).size).toBe(10);
    for (const recoveryCode of recoveryCodes ?? [])
      expect(recoveryCode).toMatch(/^([\dA-HJKMNP-TV-Z]{4}-?){4}$/);
    expect(await secondFactorsOf(shop.ctx, ada.userId)).toEqual(['totp', 'recovery-code']);
    expect(await mailsOf(ada.userId)).toHaveLength(1);
    expect((await auditOf(ada.userId)).map(({ action }) => action)).toContain('user.totp-added');
  });

  test('ends other sessions, and gives the one at hand a new token', async () => {
    const ada = await signUp(shop.ctx);
    const elsewhere = await startSession(shop.ctx, { userId: ada.userId, kind: 'web' });
    const { secret } = await startTotp(ada.ctx);
    const { session } = await confirmTotp(ada.ctx, { code: codeOf(secret) });
    expect(await signedInBy(shop.ctx, { token: elsewhere.token })).toBeNull();
    expect(await signedInBy(shop.ctx, { token: ada.token })).toBeNull();
    expect(await signedInBy(shop.ctx, { token: session.token })).toMatchObject({ userId: ada.userId });
  });

  test('keeps nothing that a reader of the database could make codes of', async () => {
    const { userId, secret, recoveryCodes } = await withTotp();
    const rows = {
      totp: await shop.ctx.db
        .selectFrom('totp_credentials')
        .selectAll()
        .where('user_id', '=', userId)
        .execute(),
      codes: await shop.ctx.db
        .selectFrom('recovery_codes')
        .selectAll()
        .where('user_id', '=', userId)
        .execute(),
      audit: await auditOf(userId),
    };
    const dump = JSON.stringify(rows);
    expect(dump).not.toContain(secret.replaceAll(' ', ''));
    for (const code of recoveryCodes) {
      expect(dump).not.toContain(code);
      expect(dump).not.toContain(code.replaceAll('-', ''));
    }
    const stolen = rows.totp[0]?.secret ?? '';
    expect(openTotpSecret(shop.ctx, userId, stolen)).toBe(secret.replaceAll(' ', ''));
    const other = await signUp(shop.ctx);
    expect(() => openTotpSecret(shop.ctx, other.userId, stolen)).toThrow();
  });

  test('wants a recent log-in, a secret that is not old, and no app set up before', async () => {
    const ada = await withTotp();
    await expect(startTotp(ada.ctx)).rejects.toMatchObject({ code: 'conflict' });
    await expect(confirmTotp(ada.ctx, { code: codeOf(ada.secret) })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await pendingTotp(ada.ctx)).toBeNull();

    const grace = await signUp(shop.ctx);
    const { secret } = await startTotp(grace.ctx);
    clock.advance(16 * 60);
    await expect(startTotp(grace.ctx)).rejects.toMatchObject({ code: 'reauthentication_required' });
    await expect(pendingTotp(grace.ctx)).rejects.toMatchObject({ code: 'reauthentication_required' });
    await expect(turnOffTotp(grace.ctx)).rejects.toMatchObject({ code: 'reauthentication_required' });
    await expect(renewRecoveryCodes(grace.ctx)).rejects.toMatchObject({ code: 'reauthentication_required' });
    clock.advance(16 * 60);
    const { token } = await startSession(shop.ctx, { userId: grace.userId, kind: 'web' });
    const back = await asUser(shop.ctx, token);
    await expect(confirmTotp(back, { code: codeOf(secret) })).rejects.toMatchObject({
      code: 'token_invalid',
    });
    await expect(startTotp(stranger())).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('can be undone: its recovery codes go with it', async () => {
    const ada = await withTotp();
    const { session } = await turnOffTotp(ada.ctx);
    const after = await asUser(shop.ctx, session.token);
    expect(await secondFactorsOf(shop.ctx, ada.userId)).toEqual([]);
    expect(await readFactors(after)).toEqual({ totpSince: null, passkeys: [], recoveryCodesLeft: 0 });
    await expect(turnOffTotp(after)).rejects.toMatchObject({ code: 'not_found' });
    await expect(renewRecoveryCodes(after)).rejects.toMatchObject({ code: 'not_found' });
    expect(await mailsOf(ada.userId)).toHaveLength(2);
  });
});

describe('the second step of a log-in by a code', () => {
  test('starts a session', async () => {
    const ada = await withTotp();
    const challenge = await challengeOf(ada);
    const outcome = await completeSecondFactor(stranger(), {
      challenge,
      method: 'totp',
      code: codeOf(ada.secret),
    });
    if (outcome.outcome !== 'logged-in') throw new Error('expected a session');
    expect(await signedInBy(shop.ctx, { token: outcome.sessionToken })).toMatchObject({ userId: ada.userId });
    clock.advance(30);
    await expect(
      completeSecondFactor(stranger(), { challenge, method: 'totp', code: codeOf(ada.secret) }),
    ).rejects.toMatchObject({ code: 'token_invalid' });
  });

  test('takes the codes just before and just after, and no code twice, nor an older one', async () => {
    const ada = await withTotp();
    const tryCode = async (code: string) =>
      completeSecondFactor(stranger(), { challenge: await challengeOf(ada), method: 'totp', code });
    await expect(tryCode(codeOf(ada.secret, -2))).rejects.toMatchObject({ code: 'credentials_invalid' });
    await expect(tryCode(codeOf(ada.secret, 2))).rejects.toMatchObject({ code: 'credentials_invalid' });
    await tryCode(codeOf(ada.secret, -1));
    await expect(tryCode(codeOf(ada.secret, -1))).rejects.toMatchObject({ code: 'credentials_invalid' });
    await tryCode(codeOf(ada.secret, 1));
    await expect(tryCode(codeOf(ada.secret))).rejects.toMatchObject({ code: 'credentials_invalid' });
    for (const code of ['', '12345', '1234567', 'abcdef']) {
      await expect(tryCode(code)).rejects.toMatchObject({ code: 'credentials_invalid' });
    }
  });

  test('takes a code once, however many log-ins use it at once', async () => {
    const ada = await withTotp();
    const code = codeOf(ada.secret);
    const challenges = await Promise.all(Array.from({ length: 50 }, () => challengeOf(ada)));
    const uses = await Promise.allSettled(
      challenges.map((challenge) => completeSecondFactor(stranger(), { challenge, method: 'totp', code })),
    );
    expect(outcomesOf(uses).fulfilled).toHaveLength(1);
    const { sessions } = await shop.ctx.db
      .selectFrom('sessions')
      .select((eb) => eb.fn.countAll<number>().as('sessions'))
      .where('user_id', '=', ada.userId)
      .executeTakeFirstOrThrow();
    expect(Number(sessions)).toBe(2);
  });

  test('looks at a code once, also without the throttle before it', async () => {
    const ada = await withTotp();
    const code = codeOf(ada.secret);
    const uses = await Promise.all(
      Array.from({ length: 50 }, () => takeTotpCode(shop.ctx, ada.userId, code)),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
  });

  test('is over after five wrong codes', async () => {
    const ada = await withTotp();
    const challenge = await challengeOf(ada);
    const tryCode = (code: string) => completeSecondFactor(stranger(), { challenge, method: 'totp', code });
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(tryCode(wrongCodeOf(ada.secret))).rejects.toMatchObject({ code: 'credentials_invalid' });
    }
    await expect(tryCode(codeOf(ada.secret))).rejects.toMatchObject({ code: 'token_invalid' });
    expect(
      (await auditOf(ada.userId)).filter(({ action }) => action === 'user.second-factor-failed'),
    ).toHaveLength(5);
  });

  test('cannot be guessed by starting over: the account waits longer and longer', async () => {
    const ada = await withTotp();
    let looked = 0;
    let refused = 0;
    // an hour of 1,200 guesses, each in a log-in of its own
    for (let guess = 0; guess < 1_200; guess += 1) {
      const challenge = await challengeOf(ada);
      const code = wrongCodeOf(ada.secret);
      const problem = await completeSecondFactor(stranger(), { challenge, method: 'totp', code }).catch(
        (error: unknown) => error,
      );
      if (problem instanceof Error && 'code' in problem && problem.code === 'rate_limited') refused += 1;
      else looked += 1;
      clock.advance(3);
    }
    expect(looked + refused).toBe(1_200);
    expect(looked).toBeLessThan(30);
    // and is not locked out for good
    clock.advance(15 * 60);
    const outcome = await completeSecondFactor(stranger(), {
      challenge: await challengeOf(ada),
      method: 'totp',
      code: codeOf(ada.secret),
    });
    expect(outcome.outcome).toBe('logged-in');
  }, 60_000);

  test('of a disabled account leads nowhere', async () => {
    const ada = await withTotp();
    const challenge = await challengeOf(ada);
    await shop.ctx.db.updateTable('users').set({ status: 'disabled' }).where('id', '=', ada.userId).execute();
    await expect(
      completeSecondFactor(stranger(), { challenge, method: 'totp', code: codeOf(ada.secret) }),
    ).rejects.toMatchObject({ code: 'credentials_invalid' });
  });

  test('knows no step that was never begun', async () => {
    await expect(
      completeSecondFactor(stranger(), { challenge: 'made-up', method: 'totp', code: '123456' }),
    ).rejects.toMatchObject({ code: 'token_invalid' });
  });
});

describe('a recovery code', () => {
  test('works once, however it is typed, and its owner is told', async () => {
    const ada = await withTotp();
    const [first = ''] = ada.recoveryCodes;
    const use = async (code: string) =>
      completeSecondFactor(
        { ...stranger(), origin: nowhere },
        { challenge: await challengeOf(ada), method: 'recovery-code', code },
      );
    const typed = first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await use(typed)).outcome).toBe('logged-in');
    await expect(use(first)).rejects.toMatchObject({ code: 'credentials_invalid' });
    expect(await readFactors(ada.ctx)).toMatchObject({ recoveryCodesLeft: 9 });
    expect(await mailsOf(ada.userId)).toHaveLength(2);
    expect(await auditOf(ada.userId)).toContainEqual({
      action: 'user.recovery-code-used',
      after: { left: 9 },
    });
  });

  test('works once when fifty use it at once', async () => {
    const ada = await withTotp();
    const [code = ''] = ada.recoveryCodes;
    const uses = await Promise.all(
      Array.from({ length: 50 }, () => takeRecoveryCode(shop.ctx, ada.userId, code)),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await readFactors(ada.ctx)).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test("is nobody else's", async () => {
    const ada = await withTotp();
    const grace = await withTotp();
    await expect(
      completeSecondFactor(stranger(), {
        challenge: await challengeOf(grace),
        method: 'recovery-code',
        code: ada.recoveryCodes[0] ?? '',
      }),
    ).rejects.toMatchObject({ code: 'credentials_invalid' });
  });

  test('is void once new ones are made', async () => {
    const ada = await withTotp();
    const { recoveryCodes } = await renewRecoveryCodes(ada.ctx);
    const use = async (code: string) =>
      completeSecondFactor(stranger(), { challenge: await challengeOf(ada), method: 'recovery-code', code });
    await expect(use(ada.recoveryCodes[1] ?? '')).rejects.toMatchObject({ code: 'credentials_invalid' });
    expect((await use(recoveryCodes[1] ?? '')).outcome).toBe('logged-in');
  });
});
