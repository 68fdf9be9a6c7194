import { exportPKCS8, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Context, guest, withActor } from '../kernel/index.ts';
import { createTestClock, createTestDomain, mailsTo, signUp, type TestDomain } from '../testing/index.ts';
import {
  completeOAuth,
  confirmOAuthLink,
  disconnectOAuth,
  listConnectedAccounts,
  type OAuthOutcome,
  oauthProviders,
  pendingOAuthLink,
  signedInBy,
  startOAuth,
} from './index.ts';
import { danceAt, type Listening, startOpenIdProvider, type TestAccount } from './oauth-test-provider.ts';

/** The whole dance with a real OpenID provider. */
const accounts = new Map<string, TestAccount>();
const clock = createTestClock(new Date());
let provider: Listening;
let shop: TestDomain;
let visitor: Context;

beforeAll(async () => {
  provider = await startOpenIdProvider({
    clientId: 'shop',
    clientSecret: 'a secret: with % and +',
    redirectUri: 'http://shop.test/oauth/oidc/callback',
    accounts,
  });
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  shop = await createTestDomain({
    parts: { clock },
    env: {
      OIDC_ISSUER: provider.url,
      OIDC_CLIENT_ID: 'shop',
      OIDC_CLIENT_SECRET: 'a secret: with % and +',
      OIDC_NAME: 'Example ID',
      APPLE_CLIENT_ID: 'shop',
      APPLE_TEAM_ID: 'team',
      APPLE_KEY_ID: 'key',
      APPLE_PRIVATE_KEY: await exportPKCS8(privateKey),
      APPLE_ISSUER: 'http://127.0.0.1:9',
    },
  });
  visitor = withActor(shop.ctx, guest);
});
afterAll(async () => {
  await shop?.close();
  await provider?.close();
});

let login = '';
let email = '';
beforeEach(() => {
  login = `person-${crypto.randomUUID().slice(0, 8)}`;
  email = `${login}@example.com`;
  accounts.set(login, { email, email_verified: true, name: 'Grace Hopper' });
});

interface Danced {
  readonly answer: Parameters<typeof completeOAuth>[1];
}

/** From the button to where the provider sends the browser back. */
async function dance(ctx: Context, options: { intent?: 'log-in' | 'connect'; isWilling?: boolean } = {}) {
  const begun = await startOAuth(ctx, {
    provider: 'oidc',
    intent: options.intent ?? 'log-in',
    returnTo: '/account/addresses',
  });
  const back = await danceAt(begun.url, login, { isWilling: options.isWilling ?? true });
  expect(back.origin + back.pathname).toBe('http://shop.test/oauth/oidc/callback');
  const query = back.searchParams;
  const answer = {
    provider: 'oidc',
    browserToken: begun.browserToken,
    state: query.get('state') ?? '',
    code: query.get('code'),
    error: query.get('error'),
    issuer: query.get('iss'),
    deviceToken: null,
  };
  return { answer } satisfies Danced;
}

async function userOf(outcome: OAuthOutcome) {
  if (outcome.outcome !== 'done' || outcome.login.outcome !== 'logged-in')
    throw new Error(`expected a log-in, not ${JSON.stringify(outcome)}`);
  return signedInBy(shop.ctx, { token: outcome.login.sessionToken });
}

function linkTokenOf(outcome: OAuthOutcome): string {
  if (outcome.outcome !== 'to-confirm') throw new Error(`expected a question, not ${outcome.outcome}`);
  return outcome.linkToken;
}

async function traces() {
  const count = async (table: 'users' | 'oauth_accounts' | 'sessions') =>
    Number(
      (
        await shop.ctx.db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return {
    users: await count('users'),
    links: await count('oauth_accounts'),
    sessions: await count('sessions'),
  };
}

/** Refused with this code, and nothing half done. */
async function expectRefusal(work: () => Promise<unknown>, code: string) {
  const before = await traces();
  await expect(work()).rejects.toMatchObject({ code });
  expect(await traces()).toEqual(before);
}

const audited = async (action: string, targetId: string) =>
  shop.ctx.db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', action)
    .where('target_id', '=', targetId)
    .execute();

describe('logging in by a provider', () => {
  test('offers those that are set', () => {
    expect(oauthProviders(visitor)).toEqual([
      { id: 'apple', name: 'Apple' },
      { id: 'oidc', name: 'Example ID' },
    ]);
  });

  test('makes an account of a verified address, and knows it the next time', async () => {
    const first = await completeOAuth(visitor, (await dance(visitor)).answer);
    expect(first).toMatchObject({ outcome: 'done', returnTo: '/account/addresses' });
    const me = await userOf(first);
    expect(me).toMatchObject({ email, name: 'Grace Hopper' });
    expect(await audited('user.registered', me?.userId ?? '')).toMatchObject([
      { after: { provider: 'oidc' } },
    ]);
    accounts.set(login, { email: 'moved@example.com', email_verified: false });
    const again = await userOf(await completeOAuth(visitor, (await dance(visitor)).answer));
    expect(again?.userId).toBe(me?.userId);
  });

  test('asks for PKCE by S256, a nonce and a state, and comes back to the configured address only', async () => {
    const { url, browserToken } = await startOAuth(visitor, {
      provider: 'oidc',
      intent: 'log-in',
      returnTo: '/',
    });
    const query = new URL(url).searchParams;
    expect(query.get('redirect_uri')).toBe('http://shop.test/oauth/oidc/callback');
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(query.get('nonce')).toMatch(/^[\w-]{43}$/);
    expect(query.get('state')).toMatch(/^[\w-]{40,}$/);
    expect(url).not.toContain(browserToken);
  });

  test('makes one account of two answers at once', async () => {
    const danced = [await dance(visitor), await dance(visitor)];
    const outcomes = await Promise.all(danced.map(({ answer }) => completeOAuth(visitor, answer)));
    const users = await Promise.all(outcomes.map(userOf));
    expect(users[0]?.userId).toBe(users[1]?.userId);
  });

  test('makes no account of an address that is not verified, or of none', async () => {
    accounts.set(login, { email, email_verified: false });
    const unverified = await dance(visitor);
    await expectRefusal(() => completeOAuth(visitor, unverified.answer), 'oauth_email_unverified');
    accounts.set(login, { name: 'Nobody' });
    const none = await dance(visitor);
    await expectRefusal(() => completeOAuth(visitor, none.answer), 'oauth_email_unverified');
  });

  test('lets nobody in whose account is disabled', async () => {
    const me = await userOf(await completeOAuth(visitor, (await dance(visitor)).answer));
    await shop.ctx.db
      .updateTable('users')
      .set({ status: 'disabled' })
      .where('id', '=', me?.userId ?? '')
      .execute();
    const again = await dance(visitor);
    await expectRefusal(() => completeOAuth(visitor, again.answer), 'credentials_invalid');
  });

  test('asks for the second factor', async () => {
    const me = await userOf(await completeOAuth(visitor, (await dance(visitor)).answer));
    const now = shop.ctx.clock.now();
    await shop.ctx.db
      .insertInto('totp_credentials')
      .values({ user_id: me?.userId ?? '', secret: 'sealed', confirmed_at: now, created_at: now })
      .execute();
    const outcome = await completeOAuth(visitor, (await dance(visitor)).answer);
    expect(outcome).toMatchObject({
      outcome: 'done',
      login: { outcome: 'second-factor', methods: ['totp'] },
    });
  });
});

describe('an answer is refused', () => {
  test('that another browser has asked for (log-in CSRF)', async () => {
    const attacker = await dance(visitor);
    const victim = await startOAuth(visitor, { provider: 'oidc', intent: 'log-in', returnTo: '/' });
    const planted = { ...attacker.answer, browserToken: victim.browserToken };
    await expectRefusal(() => completeOAuth(visitor, planted), 'token_invalid');
    await expectRefusal(() => completeOAuth(visitor, { ...planted, browserToken: '' }), 'token_invalid');
  });

  test('with a wrong state, which leaves the right one good', async () => {
    const { answer } = await dance(visitor);
    await expectRefusal(() => completeOAuth(visitor, { ...answer, state: 'x' }), 'token_invalid');
    await expectRefusal(() => completeOAuth(visitor, { ...answer, provider: 'apple' }), 'token_invalid');
    expect((await completeOAuth(visitor, answer)).outcome).toBe('done');
  });

  test('that is used, of a hundred at once all but one', async () => {
    const { answer } = await dance(visitor);
    const tries = await Promise.allSettled(Array.from({ length: 100 }, () => completeOAuth(visitor, answer)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectRefusal(() => completeOAuth(visitor, answer), 'token_invalid');
  });

  test('with a code that is used already, or is none', async () => {
    const used = await dance(visitor);
    await completeOAuth(visitor, used.answer);
    const fresh = await dance(visitor);
    const mixed = { ...fresh.answer, code: used.answer.code };
    await expectRefusal(() => completeOAuth(visitor, mixed), 'oauth_failed');
    const none = await dance(visitor);
    await expectRefusal(() => completeOAuth(visitor, { ...none.answer, code: null }), 'oauth_failed');
  });

  test('that comes from another issuer', async () => {
    const { answer } = await dance(visitor);
    const other = { ...answer, issuer: 'https://evil.example' };
    await expectRefusal(() => completeOAuth(visitor, other), 'oauth_failed');
  });

  test('after ten minutes', async () => {
    const { answer } = await dance(visitor);
    clock.advance(601);
    await expectRefusal(() => completeOAuth(visitor, answer), 'token_invalid');
  });

  test('when consent is denied', async () => {
    const { answer } = await dance(visitor, { isWilling: false });
    expect(answer.error).toBe('access_denied');
    await expectRefusal(() => completeOAuth(visitor, answer), 'oauth_denied');
  });

  test('of a provider that is off, or away', async () => {
    const start = (id: string) => startOAuth(visitor, { provider: id, intent: 'log-in', returnTo: '/' });
    await expectRefusal(() => start('google'), 'not_found');
    await expectRefusal(() => start('../x'), 'not_found');
    await expectRefusal(() => start('apple'), 'oauth_failed');
  });
});

describe('an address that has an account', () => {
  test('is not taken for proof: its owner logs in and confirms', async () => {
    const owner = await signUp(shop.ctx, { email });
    const outcome = await completeOAuth(visitor, (await dance(visitor)).answer);
    const linkToken = linkTokenOf(outcome);
    expect(outcome).toMatchObject({ isLoggedIn: false });
    expect((await listConnectedAccounts(owner.ctx)).every(({ connection }) => connection === null)).toBe(
      true,
    );

    expect(await pendingOAuthLink(owner.ctx, { linkToken })).toEqual({
      provider: { id: 'oidc', name: 'Example ID' },
      email,
      isTheirs: true,
    });
    await confirmOAuthLink(owner.ctx, { linkToken });
    await expectRefusal(() => confirmOAuthLink(owner.ctx, { linkToken }), 'token_invalid');
    expect(await audited('user.oauth-linked', owner.userId)).toHaveLength(1);
    const mails = await shop.ctx.db
      .selectFrom('mails')
      .select('template')
      .where('user_id', '=', owner.userId)
      .execute();
    expect(mails).toEqual([{ template: 'oauth-linked' }]);
    const me = await userOf(await completeOAuth(visitor, (await dance(visitor)).answer));
    expect(me?.userId).toBe(owner.userId);
  });

  test('is connected by nobody else', async () => {
    await signUp(shop.ctx, { email });
    const stranger = await signUp(shop.ctx);
    const linkToken = linkTokenOf(await completeOAuth(visitor, (await dance(visitor)).answer));
    expect(await pendingOAuthLink(stranger.ctx, { linkToken })).toMatchObject({ isTheirs: false });
    await expectRefusal(() => confirmOAuthLink(stranger.ctx, { linkToken }), 'oauth_link_mismatch');
    await expectRefusal(() => confirmOAuthLink(visitor, { linkToken }), 'unauthenticated');
    expect(await pendingOAuthLink(stranger.ctx, { linkToken: 'x' })).toBeNull();
  });

  test('needs a fresh log-in to be connected', async () => {
    const owner = await signUp(shop.ctx, { email });
    const linkToken = linkTokenOf(await completeOAuth(visitor, (await dance(visitor)).answer));
    clock.advance(16 * 60);
    await expectRefusal(() => confirmOAuthLink(owner.ctx, { linkToken }), 'reauthentication_required');
    await expectRefusal(() => disconnectOAuth(owner.ctx, { provider: 'oidc' }), 'reauthentication_required');
    await expectRefusal(() => dance(owner.ctx, { intent: 'connect' }), 'reauthentication_required');
  });
});

describe('somebody who is logged in', () => {
  test('connects a provider whatever its address, confirms, and takes it off again', async () => {
    const owner = await signUp(shop.ctx);
    const { answer } = await dance(owner.ctx, { intent: 'connect' });
    const linkToken = linkTokenOf(await completeOAuth(owner.ctx, answer));
    await confirmOAuthLink(owner.ctx, { linkToken });
    const listed = await listConnectedAccounts(owner.ctx);
    expect(listed).toMatchObject([
      { provider: { id: 'apple' }, connection: null },
      { provider: { id: 'oidc' }, connection: { email }, canDisconnect: false },
    ]);
    await expectRefusal(() => disconnectOAuth(owner.ctx, { provider: 'oidc' }), 'last_login_method');
    await shop.ctx.db
      .updateTable('users')
      .set({ password_hash: 'x' })
      .where('id', '=', owner.userId)
      .execute();
    await disconnectOAuth(owner.ctx, { provider: 'oidc' });
    await disconnectOAuth(owner.ctx, { provider: 'oidc' });
    expect(await audited('user.oauth-unlinked', owner.userId)).toHaveLength(1);
    const mails = await mailsTo(shop.ctx, owner.email);
    expect(mails.filter(({ template }) => template === 'oauth-unlinked')).toHaveLength(1);
  });

  test('does not finish what somebody else has begun', async () => {
    const [one, other] = [await signUp(shop.ctx), await signUp(shop.ctx)];
    const { answer } = await dance(one.ctx, { intent: 'connect' });
    await expectRefusal(() => completeOAuth(other.ctx, answer), 'token_invalid');
    const linkToken = linkTokenOf(await completeOAuth(one.ctx, answer));
    await expectRefusal(() => confirmOAuthLink(other.ctx, { linkToken }), 'oauth_link_mismatch');
  });

  test('cannot take an account at the provider that is another’s', async () => {
    const [one, other] = [await signUp(shop.ctx), await signUp(shop.ctx)];
    const pending = await Promise.all(
      [one, other].map(async ({ ctx }) =>
        linkTokenOf(await completeOAuth(ctx, (await dance(ctx, { intent: 'connect' })).answer)),
      ),
    );
    await confirmOAuthLink(one.ctx, { linkToken: pending[0] ?? '' });
    await expectRefusal(
      () => confirmOAuthLink(other.ctx, { linkToken: pending[1] ?? '' }),
      'oauth_account_taken',
    );
    const third = await dance(other.ctx, { intent: 'connect' });
    await expectRefusal(() => completeOAuth(other.ctx, third.answer), 'oauth_account_taken');
    const own = await dance(one.ctx, { intent: 'connect' });
    expect((await completeOAuth(one.ctx, own.answer)).outcome).toBe('connected-already');
  });
});
