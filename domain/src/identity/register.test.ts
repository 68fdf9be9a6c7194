import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Context, countStatements, guest, nowhere } from '../kernel/index.ts';
import {
  createTestClock,
  createTestDomain,
  mailsTo,
  signUp,
  type TestDomain,
  tokenMailed,
} from '../testing/index.ts';
import { confirmRegistration, findUserByEmail, peekRegistration, register, signedInBy } from './index.ts';

const PASSWORD = 'correct horse battery';
const clock = createTestClock();
let shop: TestDomain;
let serial = 0;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(() => shop.close());
beforeEach(() => clock.advance(48 * 3600));

function from(address: string): Context {
  return shop.domain.context({ actor: guest, origin: { ...nowhere, address } });
}

const newEmail = () => {
  serial += 1;
  return `new-${serial}@example.com`;
};

function ask(email: string, password = PASSWORD, name = 'Grace Hopper') {
  const wish = { email, name, password, returnTo: '/cart', locale: 'en-US' };
  return register(from('203.0.113.1'), wish);
}

describe('a registration', () => {
  test('makes an account once the link and the password are there, and logs in', async () => {
    const email = newEmail();
    await ask(email);
    await shop.runJobs();
    expect(await findUserByEmail(shop.ctx, email)).toBeUndefined();
    const token = await tokenMailed(shop.ctx, email, 'register-confirm');
    expect(await peekRegistration(shop.ctx, { token })).toEqual({ email, name: 'Grace Hopper' });
    const { login, returnTo } = await confirmRegistration(from('203.0.113.2'), { token, password: PASSWORD });
    expect(returnTo).toBe('/cart');
    if (login.outcome !== 'logged-in') throw new Error('expected a session');
    expect(await signedInBy(shop.ctx, { token: login.sessionToken })).toMatchObject({ email });
  });

  test('of an address that has an account looks the same, and is told to its owner only', async () => {
    const { email } = await signUp(shop.ctx);
    const answers = [];
    for (const address of [newEmail(), email]) {
      answers.push(await countStatements(() => ask(address)));
    }
    expect(answers[1]).toEqual(answers[0]);
    await shop.runJobs();
    expect(await mailsTo(shop.ctx, email)).toMatchObject([
      {
        template: 'register-existing',
        data: {
          loginUrl: 'http://shop.test/login',
          resetUrl: expect.stringMatching(/^http:\/\/shop\.test\/reset-password\/[\w-]{43}$/),
        },
      },
    ]);
  });

  test('of somebody else’s address gains nothing when its owner presses the button', async () => {
    const email = newEmail();
    await ask(email, 'what the stranger chose');
    await shop.runJobs();
    const token = await tokenMailed(shop.ctx, email, 'register-confirm');
    await expect(confirmRegistration(shop.ctx, { token, password: PASSWORD })).rejects.toMatchObject({
      code: 'credentials_invalid',
    });
    expect(await findUserByEmail(shop.ctx, email)).toBeUndefined();
  });

  test('is confirmed once, however often the link is used at a time', async () => {
    const email = newEmail();
    await ask(email);
    await shop.runJobs();
    const token = await tokenMailed(shop.ctx, email, 'register-confirm');
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => confirmRegistration(shop.ctx, { token, password: PASSWORD })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(confirmRegistration(shop.ctx, { token, password: PASSWORD })).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });

  test('cannot have its password guessed by the link', async () => {
    const email = newEmail();
    await ask(email);
    await shop.runJobs();
    const token = await tokenMailed(shop.ctx, email, 'register-confirm');
    for (let index = 0; index < 10; index += 1) {
      await expect(confirmRegistration(shop.ctx, { token, password: 'wrong' })).rejects.toMatchObject({
        code: 'credentials_invalid',
      });
    }
    await expect(confirmRegistration(shop.ctx, { token, password: PASSWORD })).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });

  test('lapses after a day', async () => {
    const email = newEmail();
    await ask(email);
    await shop.runJobs();
    const token = await tokenMailed(shop.ctx, email, 'register-confirm');
    clock.advance(24 * 3600);
    await expect(confirmRegistration(shop.ctx, { token, password: PASSWORD })).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });

  test('that comes second to one of the same address is told so', async () => {
    const email = newEmail();
    await ask(email);
    await shop.runJobs();
    const first = await tokenMailed(shop.ctx, email, 'register-confirm');
    await ask(email);
    await shop.runJobs();
    const second = await tokenMailed(shop.ctx, email, 'register-confirm');
    await confirmRegistration(shop.ctx, { token: second, password: PASSWORD });
    await expect(confirmRegistration(shop.ctx, { token: first, password: PASSWORD })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('keeps neither address nor hash readable, neither in the queue nor with the token', async () => {
    const email = 'unreadable@example.com';
    await ask(email);
    const { rows } = await shop.domain.pool.query(
      'select payload::text as text from graphile_worker._private_jobs',
    );
    await shop.runJobs();
    const kept = await shop.ctx.db.selectFrom('one_time_tokens').selectAll().execute();
    const mails = await shop.ctx.db.selectFrom('mails').selectAll().execute();
    const throttles = await shop.ctx.db.selectFrom('login_throttles').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify([rows, kept, mails, throttles])).not.toMatch(/unreadable|argon2|203\.0/);
  });

  test('refuses a bad password in words', async () => {
    await expect(ask(newEmail(), 'password1')).rejects.toMatchObject({
      code: 'password_refused',
      data: { reason: 'too_common' },
    });
  });
});

describe('mail bombing', () => {
  test('an address gets three mails, and whoever asks learns nothing of it', async () => {
    const email = newEmail();
    for (let index = 0; index < 8; index += 1) await ask(email);
    await shop.runJobs();
    expect(await mailsTo(shop.ctx, email)).toHaveLength(3);
    clock.advance(20 * 60);
    await ask(email);
    await shop.runJobs();
    expect(await mailsTo(shop.ctx, email)).toHaveLength(4);
  });

  test('one network asks for twenty at a time', async () => {
    const results = await Promise.allSettled(Array.from({ length: 25 }, () => ask(newEmail())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });
});
