import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Context, countStatements, guest, nowhere } from '../kernel/index.ts';
import {
  asUser,
  createTestClock,
  createTestDomain,
  mailsTo,
  type TestDomain,
  tokenMailed,
} from '../testing/index.ts';
import {
  changePassword,
  confirmEmailChange,
  confirmRegistration,
  forgotPassword,
  hasPassword,
  insertUser,
  logIn,
  peekReset,
  peekUndo,
  resetPassword,
  secondFactorsOf,
  signedInBy,
  startSession,
  undoChange,
} from './index.ts';
import { hashPassword } from './passwords.ts';

const OLD = 'correct horse battery';
const NEW = 'a different sentence';
const clock = createTestClock();
let shop: TestDomain;
let serial = 0;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(() => shop.close());
beforeEach(() => clock.advance(48 * 3600));

const visitor = (): Context =>
  shop.domain.context({ actor: guest, origin: { ...nowhere, address: '203.0.113.1' } });

/** An account with two sessions; `ctx` acts by the first. */
async function account(password: string | null = OLD) {
  serial += 1;
  const email = `owner-${serial}@example.com`;
  const passwordHash = password === null ? null : await hashPassword(password);
  const { id: userId } = await shop.ctx.transaction((tx) =>
    insertUser(tx, { email, name: 'Grace Hopper', passwordHash, locale: 'en' }),
  );
  const { token } = await startSession(shop.ctx, { userId, kind: 'web' });
  const other = await startSession(shop.ctx, { userId, kind: 'mobile' });
  return { userId, email, token, otherToken: other.token, ctx: await asUser(shop.ctx, token) };
}

const canLogIn = async (email: string, password: string) => {
  clock.advance(3600);
  return logIn(visitor(), { email, password, kind: 'web' }).then(
    () => true,
    () => false,
  );
};
const isLive = async (token: string) => (await signedInBy(shop.ctx, { token })) !== null;

async function resetLink(email: string): Promise<string> {
  await forgotPassword(visitor(), { email, locale: 'en' });
  await shop.runJobs();
  return tokenMailed(shop.ctx, email, 'reset-password');
}

describe('a forgotten password', () => {
  test('is set anew by a mailed link; all sessions end, nobody is logged in, second factors stay', async () => {
    const { email, token: session, otherToken, userId } = await account();
    await shop.ctx.db
      .insertInto('totp_credentials')
      .values({ user_id: userId, secret: 'sealed', confirmed_at: clock.now(), created_at: clock.now() })
      .execute();
    const token = await resetLink(email);
    expect(await peekReset(visitor(), { token })).toEqual({ email });
    const { deviceToken, ...rest } = await resetPassword(visitor(), { token, password: NEW });
    expect(rest).toEqual({ email });
    expect([await isLive(session), await isLive(otherToken)]).toEqual([false, false]);
    expect([await canLogIn(email, OLD), await canLogIn(email, NEW)]).toEqual([false, true]);
    expect(await secondFactorsOf(shop.ctx, userId)).toEqual(['totp']);
    expect(await mailsTo(shop.ctx, email)).toMatchObject([
      { template: 'reset-password' },
      { template: 'password-changed' },
    ]);
  });

  test('is asked for alike with and without an account: a mail goes out either way', async () => {
    const { email } = await account();
    const asked = (address: string) =>
      countStatements(() => forgotPassword(visitor(), { email: address, locale: 'en' }));
    expect(await asked('nobody@example.com')).toEqual(await asked(email));
    await shop.runJobs();
    expect(await mailsTo(shop.ctx, 'nobody@example.com')).toMatchObject([{ template: 'reset-unknown' }]);
    expect(await mailsTo(shop.ctx, email)).toMatchObject([{ template: 'reset-password' }]);
  });

  test('has links that work once, for half an hour, for this only', async () => {
    const { email } = await account();
    const token = await resetLink(email);
    for (const other of [
      () => confirmRegistration(visitor(), { token, password: NEW }),
      () => confirmEmailChange(visitor(), { token }),
      () => undoChange(visitor(), { token }),
    ]) {
      await expect(other()).rejects.toMatchObject({ code: 'token_invalid' });
    }
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => resetPassword(visitor(), { token, password: NEW })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const late = await resetLink(email);
    clock.advance(30 * 60);
    await expect(resetPassword(visitor(), { token: late, password: NEW })).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });

  test('makes older links void, and keeps the link when the new password is refused', async () => {
    const { email } = await account();
    const [first, second] = [await resetLink(email), await resetLink(email)];
    await expect(
      resetPassword(visitor(), { token: second, password: 'GraceHopper1906' }),
    ).rejects.toMatchObject({
      code: 'password_refused',
      data: { reason: 'too_common' },
    });
    await resetPassword(visitor(), { token: second, password: NEW });
    await expect(resetPassword(visitor(), { token: first, password: OLD })).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });

  test('lets the owner in at once by the browser that set it, while strangers guess', async () => {
    const { email } = await account();
    const token = await resetLink(email);
    const { deviceToken } = await resetPassword(visitor(), { token, password: NEW });
    await Promise.allSettled(
      Array.from({ length: 30 }, () => logIn(visitor(), { email, password: 'guess', kind: 'web' })),
    );
    const outcome = await logIn(visitor(), { email, password: NEW, kind: 'web', deviceToken });
    expect(outcome.outcome).toBe('logged-in');
  });
});

describe('who changes the password', () => {
  test('stays logged in by a new token; all else ends', async () => {
    const { ctx, email, token, otherToken } = await account();
    const renewed = await changePassword(ctx, { currentPassword: OLD, newPassword: NEW });
    expect([await isLive(token), await isLive(otherToken), await isLive(renewed.sessionToken)]).toEqual([
      false,
      false,
      true,
    ]);
    expect([await canLogIn(email, OLD), await canLogIn(email, NEW)]).toEqual([false, true]);
  });

  test('needs the current one, and has few tries', async () => {
    const { ctx } = await account();
    const wrong = () => changePassword(ctx, { currentPassword: 'wrong', newPassword: NEW });
    for (let index = 0; index < 5; index += 1)
      await expect(wrong()).rejects.toMatchObject({ code: 'credentials_invalid' });
    await expect(wrong()).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('must have logged in lately to set a first one', async () => {
    const { ctx } = await account(null);
    clock.advance(16 * 60);
    await expect(changePassword(ctx, { currentPassword: '', newPassword: NEW })).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
  });

  test('may set a first one without another', async () => {
    const { ctx, email } = await account(null);
    expect(await hasPassword(ctx)).toBe(false);
    expect(await canLogIn(email, '')).toBe(false);
    clock.advance(-3600);
    await changePassword(ctx, { currentPassword: '', newPassword: NEW });
    expect(await canLogIn(email, NEW)).toBe(true);
  });

  test('is told by mail, with a link that shuts everybody out for a week', async () => {
    const { ctx, email, userId } = await account();
    const renewed = await changePassword(ctx, { currentPassword: OLD, newPassword: NEW });
    await shop.ctx.db
      .insertInto('passkeys')
      .values({
        id: crypto.randomUUID(),
        user_id: userId,
        credential_id: `thief-${userId}`,
        public_key: Buffer.from('key'),
        sign_count: 0,
        is_backed_up: false,
        name: 'Thief',
        created_at: clock.now(),
      })
      .execute();
    const token = await tokenMailed(shop.ctx, email, 'password-changed');
    clock.advance(6 * 24 * 3600);
    expect(await peekUndo(visitor(), { token })).toEqual({ what: 'password' });
    await undoChange(visitor(), { token });
    expect(await isLive(renewed.sessionToken)).toBe(false);
    expect(await canLogIn(email, NEW)).toBe(false);
    expect(await secondFactorsOf(shop.ctx, userId)).toEqual([]);
    const reset = await tokenMailed(shop.ctx, email, 'reset-password');
    clock.advance(-3600);
    await resetPassword(visitor(), { token: reset, password: OLD });
    expect(await canLogIn(email, OLD)).toBe(true);
    await expect(undoChange(visitor(), { token })).rejects.toMatchObject({ code: 'token_invalid' });
  });
});
