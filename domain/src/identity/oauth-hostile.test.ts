import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, exportPKCS8, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Context, guest, withActor } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { completeOAuth, readUser, signedInBy, startOAuth } from './index.ts';
import { type Listening, listen } from './oauth-test-provider.ts';

/** Providers that answer what a test tells them to: those whose APIs are their own, and one that lies. */
const rs256 = await generateKeyPair('RS256');
const es256 = await generateKeyPair('ES256', { extractable: true });
let site: Listening;
let elsewhere: Listening;
let shop: TestDomain;
let visitor: Context;

type Answers = Record<string, (request: Asked, response: ServerResponse) => unknown>;
interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}
/** By path: what is answered; a test changes them. */
let answers: Answers = {};
let asked: string[] = [];

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  asked.push(path);
  const form = new URLSearchParams(await text(request));
  const body = await answers[path]?.({ headers: request.headers, form }, response);
  if (response.writableEnded || body === undefined) return;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

beforeAll(async () => {
  site = await listen(() => (request, response) => void serve(request, response));
  elsewhere = await listen(() => (_request, response) => {
    asked.push('elsewhere');
    response.end('{}');
  });
  const secret = (provider: string) => ({
    [`${provider}_CLIENT_ID`]: 'shop',
    [`${provider}_CLIENT_SECRET`]: 'secret',
  });
  shop = await createTestDomain({
    env: {
      ...secret('GOOGLE'),
      GOOGLE_ISSUER: `${site.url}/google`,
      ...secret('FACEBOOK'),
      FACEBOOK_ISSUER: site.url,
      ...secret('GITHUB'),
      GITHUB_ISSUER: site.url,
      ...secret('OIDC'),
      OIDC_ISSUER: `${site.url}/liar`,
      APPLE_CLIENT_ID: 'shop',
      APPLE_TEAM_ID: 'team',
      APPLE_KEY_ID: 'key',
      APPLE_PRIVATE_KEY: (await exportPKCS8(es256.privateKey)).replaceAll('\n', '\\n'),
      APPLE_ISSUER: `${site.url}/apple`,
    },
  });
  visitor = withActor(shop.ctx, guest);
});
afterAll(async () => {
  await shop?.close();
  await site?.close();
  await elsewhere?.close();
});

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
});

let email = '';
beforeEach(async () => {
  email = `${crypto.randomUUID().slice(0, 8)}@example.com`;
  asked = [];
  answers = {};
  const jwks = { keys: [{ ...(await exportJWK(rs256.publicKey)), alg: 'RS256' }] };
  for (const name of ['google', 'apple', 'liar']) {
    answers[`/${name}/.well-known/openid-configuration`] = () => metadata(`${site.url}/${name}`);
    answers[`/${name}/keys`] = () => jwks;
  }
});

/** From the button to the answer, with whatever code. @param begun told the query that the provider is sent */
async function dance(provider: string, begun: (query: URLSearchParams) => void = () => {}) {
  const { url, browserToken } = await startOAuth(visitor, { provider, intent: 'log-in', returnTo: '/' });
  const query = new URL(url).searchParams;
  begun(query);
  const state = query.get('state') ?? '';
  return () =>
    completeOAuth(visitor, {
      provider,
      browserToken,
      state,
      code: 'a-code',
      error: null,
      issuer: null,
      deviceToken: null,
    });
}

async function userOf(complete: () => ReturnType<typeof completeOAuth>) {
  const outcome = await complete();
  if (outcome.outcome !== 'done' || outcome.login.outcome !== 'logged-in') throw new Error('no log-in');
  const me = await signedInBy(shop.ctx, { token: outcome.login.sessionToken });
  return readUser(shop.ctx, me?.userId ?? '');
}

async function refused(complete: () => Promise<unknown>, code: string) {
  await expect(complete()).rejects.toMatchObject({ code });
  const users = await shop.ctx.db.selectFrom('users').select('id').where('email', '=', email).execute();
  expect(users).toEqual([]);
}

interface Claims {
  [name: string]: unknown;
}

/** An id token as `claims` say over good ones; undefined leaves one out. */
function idToken(
  issuer: string,
  nonce: string,
  claims: Claims = {},
  key: typeof rs256.privateKey = rs256.privateKey,
) {
  const now = Math.floor(Date.now() / 1000);
  const good = {
    iss: issuer,
    aud: 'shop',
    sub: email,
    nonce,
    iat: now,
    exp: now + 300,
    email,
    email_verified: true,
  };
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256' }).sign(key);
}

/** A dance whose token endpoint answers the id token that `make` makes. */
async function liar(make: (nonce: string) => Promise<string> | string, provider = 'liar') {
  let nonce = '';
  const complete = await dance(provider === 'liar' ? 'oidc' : provider, (query) => {
    nonce = query.get('nonce') ?? '';
  });
  answers[`/${provider}/token`] = async () => ({
    access_token: 'a',
    token_type: 'Bearer',
    id_token: await make(nonce),
  });
  return complete;
}

describe('an id token', () => {
  const issuer = () => `${site.url}/liar`;
  const past = Math.floor(Date.now() / 1000) - 120;

  test('that is right logs in', async () => {
    expect(await userOf(await liar((nonce) => idToken(issuer(), nonce)))).toMatchObject({ email });
  });

  test.each<[string, Claims]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'other' }],
    ['several audiences for another party', { aud: ['shop', 'other'], azp: 'other' }],
    ['another nonce', { nonce: 'other' }],
    ['no nonce', { nonce: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is past', { exp: past }],
    ['no subject', { sub: undefined }],
  ])('with %s is refused', async (_what, claims) => {
    await refused(await liar((nonce) => idToken(issuer(), nonce, claims)), 'oauth_failed');
  });

  test('that somebody else has signed is refused', async () => {
    const stranger = await generateKeyPair('RS256');
    await refused(await liar((nonce) => idToken(issuer(), nonce, {}, stranger.privateKey)), 'oauth_failed');
  });

  test('that our secret has signed, or nobody, is refused', async () => {
    const claims = (nonce: string) => ({
      iss: issuer(),
      aud: 'shop',
      sub: email,
      nonce,
      email,
      email_verified: true,
    });
    const signed = (nonce: string) =>
      new SignJWT(claims(nonce))
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode('secret'));
    await refused(await liar(signed), 'oauth_failed');
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = (nonce: string) =>
      `${part({ alg: 'none' })}.${part({ ...claims(nonce), exp: 9e9, iat: 1 })}.`;
    await refused(await liar(none), 'oauth_failed');
    await refused(await liar(() => 'nonsense'), 'oauth_failed');
  });

  test('of an address that is not verified, or says so oddly, makes no account', async () => {
    for (const claim of [false, undefined, 'false'])
      await refused(
        await liar((nonce) => idToken(issuer(), nonce, { email_verified: claim })),
        'oauth_email_unverified',
      );
    await refused(await liar((nonce) => idToken(issuer(), nonce, { email_verified: 1 })), 'oauth_failed');
  });
});

describe('a provider that misbehaves', () => {
  const endings: [string, Answers[string]][] = [
    ['is in trouble', (_asked, response) => void response.writeHead(500).end('<html>')],
    ['answers no JSON', (_asked, response) => void response.end('<html>')],
    ['refuses the code', (_asked, response) => void response.writeHead(400).end('{"error":"invalid_grant"}')],
    ['sends no tokens', () => ({})],
    ['talks without end', (_asked, response) => void response.end(`"${'x'.repeat(400_000)}"`)],
    ['hangs up', (_asked, response) => void response.destroy()],
    [
      'leads elsewhere',
      (_asked, response) => void response.writeHead(307, { location: elsewhere.url }).end(),
    ],
  ];
  test.each(endings)('and %s logs nobody in', async (_what, ending) => {
    const complete = await dance('oidc');
    answers['/liar/token'] = ending;
    await refused(complete, 'oauth_failed');
    expect(asked).not.toContain('elsewhere');
  });

  test('and keeps us waiting is given up after five seconds, while nothing is held', async () => {
    const complete = await dance('oidc');
    answers['/liar/token'] = () => undefined;
    const startedAt = performance.now();
    const waiting = refused(complete, 'oauth_failed');
    await expect.poll(() => asked).toContain('/liar/token');
    expect(shop.domain.pool.totalCount - shop.domain.pool.idleCount).toBe(0);
    await waiting;
    expect(performance.now() - startedAt).toBeLessThan(7_000);
  });
});

test('Google’s issuer may come without https://', async () => {
  const issuer = `${site.url}/google`;
  for (const iss of [issuer, new URL(issuer).host])
    expect(await userOf(await liar((nonce) => idToken(issuer, nonce, { iss }), 'google'))).toMatchObject({
      email,
    });
});

test('Apple is asked for an answer by form, and told who asks by a token that our key signs', async () => {
  const issuer = `${site.url}/apple`;
  let nonce = '';
  const complete = await dance('apple', (query) => {
    nonce = query.get('nonce') ?? '';
    expect(query.get('response_mode')).toBe('form_post');
    expect(query.get('scope')).toBe('name email');
  });
  answers['/apple/token'] = async ({ form }) => {
    const { payload, protectedHeader } = await jwtVerify(form.get('client_secret') ?? '', es256.publicKey);
    expect(payload).toMatchObject({ iss: 'team', sub: 'shop', aud: issuer });
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: 'key' });
    return { id_token: await idToken(issuer, nonce, { email_verified: 'true' }), access_token: 'a' };
  };
  expect(await userOf(complete)).toMatchObject({ email, name: email.split('@')[0] });
});

describe('GitHub', () => {
  const emails = (verified: boolean) => [
    { email: 'old@example.com', primary: false, verified: false },
    { email, primary: true, verified },
  ];

  test('tells who it is by its API, and takes PKCE', async () => {
    let challenge: string | null = null;
    const complete = await dance('github', (query) => {
      challenge = query.get('code_challenge');
    });
    expect(challenge).toMatch(/^[\w-]{43}$/);
    answers['/login/oauth/access_token'] = ({ form, headers }) => {
      expect(headers.accept).toBe('application/json');
      expect(Object.fromEntries(form)).toMatchObject({ code: 'a-code', client_secret: 'secret' });
      expect(form.get('code_verifier')).toMatch(/^[\w-]{43}$/);
      return { access_token: 'gho_x', token_type: 'bearer' };
    };
    answers['/api/v3/user'] = ({ headers }) => {
      expect(headers.authorization).toBe('Bearer gho_x');
      return { id: 583231, login: 'octocat', name: null };
    };
    answers['/api/v3/user/emails'] = () => emails(true);
    expect(await userOf(complete)).toMatchObject({ email, name: 'octocat' });
    answers['/api/v3/user/emails'] = () => [];
    expect(await userOf(await dance('github'))).toMatchObject({ email });
  });

  test('without a verified address makes no account; its refusals with status 200 are refusals', async () => {
    answers['/login/oauth/access_token'] = () => ({ access_token: 'gho_x', token_type: 'bearer' });
    answers['/api/v3/user'] = () => ({ id: 1, login: 'nobody' });
    answers['/api/v3/user/emails'] = () => emails(false);
    await refused(await dance('github'), 'oauth_email_unverified');
    answers['/login/oauth/access_token'] = () => ({ error: 'bad_verification_code' });
    await refused(await dance('github'), 'oauth_failed');
  });
});

describe('Facebook', () => {
  test('tells who it is by its graph', async () => {
    answers['/v23.0/oauth/access_token'] = () => ({ access_token: 'EAA', token_type: 'bearer' });
    answers['/v23.0/me'] = () => ({ id: '10', name: 'Mary Shelley', email });
    expect(await userOf(await dance('facebook'))).toMatchObject({ email, name: 'Mary Shelley' });
    answers['/v23.0/me'] = () => ({ id: '11', name: 'Mary Shelley' });
    email = 'nobody@example.com';
    await refused(await dance('facebook'), 'oauth_email_unverified');
  });
});
