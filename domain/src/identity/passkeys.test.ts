import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guest, withActor } from '../kernel/index.ts';
import {
  asUser,
  createAuthenticator,
  createTestClock,
  createTestDomain,
  signUp,
  type TestDomain,
  type TestUser,
} from '../testing/index.ts';
import {
  finishLogin,
  finishPasskeyLogin,
  finishPasskeyRegistration,
  finishPasskeyStep,
  listPasskeys,
  readFactors,
  removePasskey,
  renamePasskey,
  secondFactorsOf,
  signedInBy,
  startPasskeyLogin,
  startPasskeyRegistration,
  startPasskeyStep,
  startSession,
} from './index.ts';

const clock = createTestClock();
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(async () => {
  await shop.close();
});

type Authenticator = ReturnType<typeof createAuthenticator>;
type Deviation = Parameters<Authenticator['get']>[1];

const stranger = () => withActor(shop.ctx, guest);

async function register(user: TestUser, deviation: Deviation = {}) {
  const authenticator = createAuthenticator(shop.config.shop.url);
  const { options, token } = await startPasskeyRegistration(user.ctx);
  const response = authenticator.create(options, deviation);
  const registered = await finishPasskeyRegistration(user.ctx, { token, response, name: 'My phone' });
  const ctx = await asUser(shop.ctx, registered.session.token);
  return { ...user, ...registered, ctx, authenticator };
}

const withPasskey = async () => register(await signUp(shop.ctx));

async function logInBy(authenticator: Authenticator, deviation: Deviation = {}) {
  const { options, token } = await startPasskeyLogin(stranger());
  const response = authenticator.get(options, deviation);
  return finishPasskeyLogin(stranger(), { token, response, kind: 'web' });
}

async function challengeOf(userId: string): Promise<string> {
  const outcome = await finishLogin(stranger(), {
    userId,
    method: 'password',
    kind: 'web',
    isSecondFactorDone: false,
  });
  if (outcome.outcome !== 'second-factor') throw new Error('expected to be asked for a second factor');
  return outcome.challenge;
}

async function actionsOn(userId: string): Promise<string[]> {
  const rows = await shop.ctx.db
    .selectFrom('audit_log')
    .select('action')
    .where('target_id', '=', userId)
    .execute();
  return rows.map(({ action }) => action);
}

const refused = { code: 'credentials_invalid' };
const used = { code: 'token_invalid' };

describe('registering a passkey', () => {
  test('asks for one that finds its owner by itself and verifies them', async () => {
    const { ctx, authenticator } = await withPasskey();
    const { options } = await startPasskeyRegistration(ctx);
    expect(options.rp).toEqual({ id: 'shop.test', name: 'Souk' });
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    });
    expect(options.excludeCredentials).toMatchObject([{ id: authenticator.id }]);
  });

  test('makes it a second factor, with recovery codes, and ends other sessions', async () => {
    const user = await signUp(shop.ctx);
    const elsewhere = await startSession(shop.ctx, { userId: user.userId, kind: 'mobile' });
    const ada = await register(user);
    expect(ada.recoveryCodes).toHaveLength(10);
    expect(await secondFactorsOf(shop.ctx, ada.userId)).toEqual(['passkey', 'recovery-code']);
    expect(await listPasskeys(ada.ctx)).toMatchObject([{ name: 'My phone', lastUsedAt: null }]);
    expect(await signedInBy(shop.ctx, { token: elsewhere.token })).toBeNull();
    expect(await signedInBy(shop.ctx, { token: user.token })).toBeNull();
    expect(await actionsOn(ada.userId)).toContain('user.passkey-added');

    const again = await register(ada);
    expect(again.recoveryCodes).toBeNull();
  });

  test.each<[string, Deviation]>([
    ['another origin', { origin: 'http://sh0p.test' }],
    ['another port', { origin: 'http://shop.test:8080' }],
    ['another host', { rpId: 'evil.test' }],
    ['an owner who was not verified', { isVerified: false }],
  ])('refuses %s', async (_what, deviation) => {
    await expect(register(await signUp(shop.ctx), deviation)).rejects.toMatchObject(refused);
  });

  test('takes each challenge once, from whom it was given to', async () => {
    const ada = await signUp(shop.ctx);
    const grace = await signUp(shop.ctx);
    const authenticator = createAuthenticator(shop.config.shop.url);
    const name = 'Key';
    const first = await startPasskeyRegistration(ada.ctx);
    const stolen = { token: first.token, response: authenticator.create(first.options), name };
    await expect(finishPasskeyRegistration(grace.ctx, stolen)).rejects.toMatchObject(used);

    const second = await startPasskeyRegistration(ada.ctx);
    const mismatched = { token: second.token, response: authenticator.create(first.options), name };
    await expect(finishPasskeyRegistration(ada.ctx, mismatched)).rejects.toMatchObject(refused);

    const third = await startPasskeyRegistration(ada.ctx);
    const answer = { token: third.token, response: authenticator.create(third.options), name };
    const { session } = await finishPasskeyRegistration(ada.ctx, answer);
    const after = await asUser(shop.ctx, session.token);
    await expect(finishPasskeyRegistration(after, answer)).rejects.toMatchObject(used);
  });

  test('refuses a passkey that is registered, and the twenty-first', async () => {
    let ada = await withPasskey();
    const { options, token } = await startPasskeyRegistration(ada.ctx);
    const response = ada.authenticator.create(options);
    await expect(finishPasskeyRegistration(ada.ctx, { token, response, name: 'Twin' })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    for (let count = 1; count < 20; count += 1) ada = await register(ada);
    await expect(startPasskeyRegistration(ada.ctx)).rejects.toMatchObject({
      code: 'limit_reached',
      data: { limit: 20 },
    });
  });

  test('wants a recent log-in', async () => {
    const ada = await signUp(shop.ctx);
    clock.advance(16 * 60);
    await expect(startPasskeyRegistration(ada.ctx)).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
    await expect(startPasskeyRegistration(stranger())).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a log-in by passkey', () => {
  test('needs no name and no second step', async () => {
    const ada = await withPasskey();
    const outcome = await logInBy(ada.authenticator);
    if (outcome.outcome !== 'logged-in') throw new Error(`expected a session, not ${outcome.outcome}`);
    expect(await signedInBy(shop.ctx, { token: outcome.sessionToken })).toMatchObject({ userId: ada.userId });
    expect(await readFactors(ada.ctx)).toMatchObject({ passkeys: [{ lastUsedAt: clock.now() }] });
  });

  test('tells strangers of no account which passkeys there are', async () => {
    const { options } = await startPasskeyLogin(stranger());
    expect(options.allowCredentials).toBeUndefined();
    expect(options.userVerification).toBe('required');
  });

  test.each<[string, Deviation]>([
    ['another origin', { origin: 'https://shop.test' }],
    ['another host', { rpId: 'evil.test' }],
    ['an owner who was not verified', { isVerified: false }],
    ["somebody else's name", { userHandle: Buffer.from(crypto.randomUUID()).toString('base64url') }],
    ['no name', { userHandle: '' }],
  ])('refuses %s', async (_what, deviation) => {
    const ada = await withPasskey();
    await expect(logInBy(ada.authenticator, deviation)).rejects.toMatchObject(refused);
  });

  test('refuses a passkey that nobody has, and a signature by another', async () => {
    const ada = await withPasskey();
    const other = createAuthenticator(shop.config.shop.url);
    await expect(logInBy(other)).rejects.toMatchObject(refused);
    const forged = {
      id: ada.authenticator.id,
      create: other.create,
      get: forgedBy(other, ada.authenticator),
    };
    await expect(logInBy(forged)).rejects.toMatchObject(refused);
  });

  test('refuses an answer to another challenge, and takes each challenge once', async () => {
    const { authenticator } = await withPasskey();
    const first = await startPasskeyLogin(stranger());
    const second = await startPasskeyLogin(stranger());
    const answer = authenticator.get(first.options);
    const finish = (token: string) =>
      finishPasskeyLogin(stranger(), { token, response: answer, kind: 'web' });
    await expect(finish(second.token)).rejects.toMatchObject(refused);
    await expect(finish(second.token)).rejects.toMatchObject(used);
    expect((await finish(first.token)).outcome).toBe('logged-in');
    await expect(finish(first.token)).rejects.toMatchObject(used);
    await expect(finish('made-up')).rejects.toMatchObject(used);

    const late = await startPasskeyLogin(stranger());
    clock.advance(11 * 60);
    await expect(
      finishPasskeyLogin(stranger(), {
        token: late.token,
        response: authenticator.get(late.options),
        kind: 'web',
      }),
    ).rejects.toMatchObject(used);
  });

  test('takes one of many answers at once', async () => {
    const { authenticator } = await withPasskey();
    const { options, token } = await startPasskeyLogin(stranger());
    const response = authenticator.get(options);
    const uses = await Promise.allSettled(
      Array.from({ length: 50 }, () => finishPasskeyLogin(stranger(), { token, response, kind: 'web' })),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('refuses a counter that goes back or stands still, and writes it down', async () => {
    const ada = await withPasskey();
    await logInBy(ada.authenticator, { signCount: 7 });
    await expect(logInBy(ada.authenticator, { signCount: 6 })).rejects.toMatchObject(refused);
    await expect(logInBy(ada.authenticator, { signCount: 7 })).rejects.toMatchObject(refused);
    await expect(logInBy(ada.authenticator, { signCount: 0 })).rejects.toMatchObject(refused);
    const actions = await actionsOn(ada.userId);
    expect(actions.filter((action) => action === 'user.passkey-counter-went-back')).toHaveLength(3);
    expect((await logInBy(ada.authenticator, { signCount: 8 })).outcome).toBe('logged-in');
  });

  test('does without a counter where there is none', async () => {
    const ada = await withPasskey();
    for (let times = 0; times < 3; times += 1) {
      expect((await logInBy(ada.authenticator, { signCount: 0 })).outcome).toBe('logged-in');
    }
  });

  test('of a disabled account leads nowhere', async () => {
    const ada = await withPasskey();
    await shop.ctx.db.updateTable('users').set({ status: 'disabled' }).where('id', '=', ada.userId).execute();
    await expect(logInBy(ada.authenticator)).rejects.toMatchObject(refused);
  });

  test('proves again who is logged in, by a passkey of theirs only', async () => {
    const ada = await withPasskey();
    const grace = await withPasskey();
    const { options, token } = await startPasskeyLogin(ada.ctx);
    expect(options.allowCredentials).toMatchObject([{ id: ada.authenticator.id }]);
    await expect(
      finishPasskeyLogin(ada.ctx, { token, response: grace.authenticator.get(options), kind: 'web' }),
    ).rejects.toMatchObject(refused);

    clock.advance(16 * 60);
    const again = await startPasskeyLogin(ada.ctx);
    const response = ada.authenticator.get(again.options);
    const outcome = await finishPasskeyLogin(ada.ctx, { token: again.token, response, kind: 'web' });
    if (outcome.outcome !== 'logged-in') throw new Error(`expected a session, not ${outcome.outcome}`);
    const proven = await asUser(shop.ctx, outcome.sessionToken);
    expect((await startPasskeyRegistration(proven)).token).not.toBe('');
    await expect(asUser(shop.ctx, ada.session.token)).rejects.toThrow();
  });
});

describe('a passkey as the second factor', () => {
  test('ends the log-in that asked for it', async () => {
    const ada = await withPasskey();
    const challenge = await challengeOf(ada.userId);
    const { options, token } = await startPasskeyStep(stranger(), { challenge });
    expect(options.allowCredentials).toMatchObject([{ id: ada.authenticator.id }]);
    const response = ada.authenticator.get(options);
    const outcome = await finishPasskeyStep(stranger(), { challenge, token, response });
    expect(outcome.outcome).toBe('logged-in');
    await expect(startPasskeyStep(stranger(), { challenge })).rejects.toMatchObject(used);
  });

  test("is the account's own, and asked for this very log-in", async () => {
    const ada = await withPasskey();
    const grace = await withPasskey();
    const challenge = await challengeOf(ada.userId);
    const asked = await startPasskeyStep(stranger(), { challenge });
    await expect(
      finishPasskeyStep(stranger(), {
        challenge,
        token: asked.token,
        response: grace.authenticator.get(asked.options),
      }),
    ).rejects.toMatchObject(refused);

    const other = await startPasskeyStep(stranger(), { challenge: await challengeOf(grace.userId) });
    const fromOther = { token: other.token, response: grace.authenticator.get(other.options) };
    await expect(finishPasskeyStep(stranger(), { challenge, ...fromOther })).rejects.toMatchObject(used);

    const whole = await startPasskeyLogin(stranger());
    const fromWhole = { token: whole.token, response: ada.authenticator.get(whole.options) };
    await expect(finishPasskeyStep(stranger(), { challenge, ...fromWhole })).rejects.toMatchObject(used);

    const step = await startPasskeyStep(stranger(), { challenge });
    const fromStep = { token: step.token, response: ada.authenticator.get(step.options) };
    await expect(finishPasskeyLogin(stranger(), { ...fromStep, kind: 'web' })).rejects.toMatchObject(used);
  });
});

describe('a list of passkeys', () => {
  test('can be put in order: names changed, passkeys removed, the recovery codes with the last', async () => {
    const ada = await withPasskey();
    const [passkey] = await listPasskeys(ada.ctx);
    const passkeyId = passkey?.id ?? '';
    await renamePasskey(ada.ctx, { passkeyId, name: 'Desk' });
    expect(await listPasskeys(ada.ctx)).toMatchObject([{ name: 'Desk' }]);
    const { session } = await removePasskey(ada.ctx, { passkeyId });
    const after = await asUser(shop.ctx, session.token);
    expect(await readFactors(after)).toEqual({ totpSince: null, passkeys: [], recoveryCodesLeft: 0 });
    await expect(logInBy(ada.authenticator)).rejects.toMatchObject(refused);
    expect(await actionsOn(ada.userId)).toEqual(
      expect.arrayContaining(['user.passkey-added', 'user.passkey-renamed', 'user.passkey-removed']),
    );
    const mails = await shop.ctx.db
      .selectFrom('mails')
      .select('template')
      .where('user_id', '=', ada.userId)
      .where('template', '=', 'second-factor-changed')
      .execute();
    expect(mails).toHaveLength(2);
  });

  test("is nobody else's", async () => {
    const ada = await withPasskey();
    const mallory = await withPasskey();
    const [passkey] = await listPasskeys(ada.ctx);
    const passkeyId = passkey?.id ?? '';
    await expect(renamePasskey(mallory.ctx, { passkeyId, name: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(removePasskey(mallory.ctx, { passkeyId })).rejects.toMatchObject({ code: 'not_found' });
    expect(await listPasskeys(ada.ctx)).toMatchObject([{ name: 'My phone' }]);
  });
});

/** What `forger` signs in the name of another's passkey. */
function forgedBy(forger: Authenticator, victim: Authenticator): Authenticator['get'] {
  return (options, deviation) => {
    const { response } = forger.get(options, deviation);
    const { userHandle } = victim.get(options).response;
    return { id: victim.id, rawId: victim.id, type: 'public-key', response: { ...response, userHandle } };
  };
}
